"""Letters as people really send them."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.connectors.contract import Outgoing, Ref
from pupitre.connectors.networks.mailbox.letters import WIRE, fresh, from_html, message_id, read, write

HEAD = "From: Camille Roussin <Camille@Courrier.example>\nMessage-ID: <a1@courrier.example>\n"
WHEN = datetime(2026, 11, 22, 8, 5, tzinfo=UTC)


def letter(headers: str = "", body: str = "Bonjour.\n") -> bytes:
    return (HEAD + headers + "\n" + body).encode()


def test_a_first_letter_shows_its_subject_then_its_words() -> None:
    found = read(letter("Subject: =?utf-8?q?G=C3=A2teau?=\n", "Peut-on commander ?\n"))
    mine = "camille@courrier.example"
    assert (found.name, found.address, found.reply_to) == ("Camille Roussin", mine, mine)
    assert (found.words, found.root) == ("Gâteau\n\nPeut-on commander ?", "a1@courrier.example")


def test_a_subject_that_only_repeats_the_first_words_is_not_shown_twice() -> None:
    assert read(letter("Subject: Bonjour, un pain\n", "Bonjour,\nun pain de seigle.\n")).words == (
        "Bonjour,\nun pain de seigle."
    )


def test_an_answer_shows_only_what_is_new_and_knows_its_thread() -> None:
    body = "Oui, samedi.\n\n-- \nCamille\n\nLe 20 nov. 2026 à 9:00, Levain a écrit :\n> Samedi ?\n> Oui\n"
    found = read(
        letter("Subject: Re: Four\nReferences: <r0@x.example> <r1@x.example>\nIn-Reply-To: <r1@x.example>\n", body)
    )
    assert (found.words, found.root) == ("Oui, samedi.", "r0@x.example")
    assert found.references == ("r0@x.example", "r1@x.example")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oui.\n\nOn Sat, Paul wrote:\n> un\n> deux", "Oui."),
        ("Oui.\n\nLe samedi 22 novembre 2026 à 9:00, Paul Ersan\na écrit :\n\n> un\n>\n> deux", "Oui."),
        ("> rien que du cité", "> rien que du cité"),
        ("Voici :\n- pain\n- sel", "Voici :\n- pain\n- sel"),
        ("D'accord.\n-- \nPaul", "D'accord."),
        ("-- \nPaul", "-- \nPaul"),
    ],
)
def test_quotes_and_signatures_leave_unless_nothing_else_is_there(text: str, expected: str) -> None:
    assert fresh(text) == expected


def test_html_becomes_words_and_runs_nothing() -> None:
    html = (
        "<html><head><title>T</title><style>p{color:red}</style></head><body><p>Bonjour <b>à tous</b></p>"
        '<img src="https://pisteur.example/p.gif" onerror="x()"><script>alert(1)</script><p>À samedi<br>Paul</p></body>'
    )
    assert from_html(html) == "Bonjour à tous\n\nÀ samedi\nPaul"
    found = read(letter("Content-Type: text/html; charset=utf-8\n", html))
    assert found.words == "Bonjour à tous\n\nÀ samedi\nPaul"


def test_plain_words_are_preferred_and_files_leave_their_names_alone() -> None:
    body = (
        '--b\nContent-Type: multipart/alternative; boundary="c"\n\n--c\nContent-Type: text/plain\n\nLe devis.\n'
        "--c\nContent-Type: text/html\n\n<p>Autre</p>\n--c--\n--b\nContent-Type: application/pdf\n"
        'Content-Disposition: attachment; filename="devis pain.pdf"\nContent-Transfer-Encoding: base64\n\nAAAA\n--b--\n'
    )
    found = read(letter('Content-Type: multipart/mixed; boundary="b"\n', body))
    assert (found.words, found.files) == ("Le devis.\n\n\N{PAPERCLIP} devis pain.pdf", ("devis pain.pdf",))


@pytest.mark.parametrize(
    ("headers", "automatic"),
    [
        ("", False),
        ("Auto-Submitted: no\n", False),
        ("Auto-Submitted: auto-replied\n", True),
        ("List-Id: <pain.liste.example>\n", True),
        ("List-Unsubscribe: <mailto:x@liste.example>\n", True),
        ('Auto-Submitted: auto-replied\nContent-Type: multipart/report; boundary="b"\n', False),
    ],
)
def test_machines_and_lists_are_told_from_people(headers: str, automatic: bool) -> None:
    assert read(letter(headers)).automatic is automatic


@given(st.binary(max_size=400))
def test_any_bytes_make_a_letter(raw: bytes) -> None:
    found = read(raw)
    assert found.id
    assert read(raw).id == found.id


LINE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=80)


@given(LINE, LINE)
def test_any_header_of_a_stranger_is_read(subject: str, sender: str) -> None:
    line = f"From: {sender}\nSubject: {subject}\nMessage-ID: <x@y>\n\nBonjour".encode()
    found = read(line)
    assert (found.id, found.text) == ("x@y", "Bonjour")


def answer(text: str = "Oui.\n.\n.seul") -> Outgoing:
    beside = {"reply_to": "camille@courrier.example", "subject": "Four", "references": "r0@x.example r1@x.example"}
    return Outgoing("pupitre-1-42", text, WHEN, reply_to=Ref("a1@courrier.example", beside), private=True)


def test_an_answer_goes_into_its_thread_under_an_id_fixed_before() -> None:
    written, to = write(answer(), address="bonjour@levain.example", name="Levain & Fils, boulangers")
    back = message_from_bytes(written.as_bytes(policy=WIRE), policy=policy.default)
    assert (to, back["To"], back["Subject"]) == ("camille@courrier.example", to, "Re: Four")
    assert back["In-Reply-To"] == "<a1@courrier.example>"
    assert back["References"] == "<r0@x.example> <r1@x.example> <a1@courrier.example>"
    assert back["Message-ID"] == f"<{message_id(answer(), 'bonjour@levain.example')}>"
    assert back["From"].addresses[0].display_name == "Levain & Fils, boulangers"
    assert back["Date"].datetime == WHEN


def test_the_id_is_the_same_at_each_try_and_another_for_another_answer() -> None:
    mine = message_id(answer(), "bonjour@levain.example")
    assert mine == message_id(answer("Autres mots"), "bonjour@levain.example")
    assert mine != message_id(answer(), "bonjour@autre.example")
    assert mine.endswith("@levain.example")


def test_a_long_thread_keeps_its_first_letter_and_its_last_ones_whole() -> None:
    above = " ".join(f"{rank:040d}{'x' * 60}@serveur.example" for rank in range(60))
    asked = Ref("a1@courrier.example", {"reply_to": "c@d.example", "subject": "é" * 200, "references": above})
    written, _to = write(Outgoing("k", "Oui", WHEN, reply_to=asked), address="b@levain.example", name="é")
    raw = written.as_bytes(policy=WIRE)
    kept = str(message_from_bytes(raw, policy=policy.default)["References"]).split()
    assert (len(kept), kept[0], kept[-1]) == (21, f"<{above.split()[0]}>", "<a1@courrier.example>")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"References: =?" not in raw
