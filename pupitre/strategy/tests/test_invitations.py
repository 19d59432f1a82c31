"""Those who have no account: a signed link, a plain page, and words that enter the decision file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.core.models import AuditEntry, Member
from pupitre.core.rules.refusals import Conflict, NotAllowed, NotFound, Refusal
from pupitre.strategy import actions, document
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.actions.invitations import Crowded
from pupitre.strategy.invitation_links import invitation_of, path_of
from pupitre.strategy.models import Hearing, Invitation, Objective
from pupitre.strategy.rules import invitations as rules
from tests.house.routes import key_of

pytestmark = pytest.mark.django_db
ASKED = "Que feriez-vous si vous saviez ce qu’il reste à dix-huit heures ?"
SAID = "Je ferais le détour, et je le dirais à ma voisine."


def consult(by: Member, **other: object) -> Invitation:
    given = {"kind": "consultation", "name": "Les clients du vendredi", "group": "served", "questions": [ASKED]}
    return actions.invite(by=by, **{**given, **other})  # type: ignore[arg-type]


def expert(by: Member) -> Invitation:
    return actions.invite(by=by, kind="expert", name="Hélène Roux, urbaniste")


def page(name: str, *args: object) -> str:
    return reverse(f"strategy:{name}", args=["boulangerie-levain-fils", *args])


def heard_in(claire: Member, language: str) -> list[str]:
    told = document.contents(claire.organisation, language=language, today=timezone.localdate())
    title = {"fr": "Qui a été entendu", "en": "Who was heard"}[language]
    return [line for s in told["sections"] for b in s["blocks"] if b["title"] == title for line in b["lines"]]


def test_somebody_without_an_account_answers_from_a_plain_page(client: Client, claire: Member) -> None:
    address = path_of(consult(claire))
    shown = client.get(address)
    once = shown.context["sheet"].values["once"]
    sent = client.post(address, {"answer_0": SAID, "name": "Solène", "once": once})
    thanks = client.get(sent.headers["Location"])

    assert (shown.status_code, sent.status_code, thanks.status_code) == (200, 302, 200)
    text = shown.content.decode()
    assert ASKED in text
    assert "Boulangerie Levain &amp; Fils voudrait vous entendre." in text
    assert "Vos mots sont gardés. Merci." in thanks.content.decode()
    kept = Hearing.objects.get()
    assert (kept.group, kept.name, kept.said) == ("served", "Solène", SAID)
    assert reads.written(claire.organisation, today=timezone.localdate())["heard"] is False  # support is still missing
    journal = AuditEntry.objects.get(verb="hearing_kept")
    assert (journal.member, journal.detail) == (None, {"by_link": True})


def test_the_page_speaks_both_languages_and_hides_from_searches(client: Client, claire: Member) -> None:
    address = path_of(consult(claire))
    french, english = client.get(address), client.get(f"{address}?lang=en")

    assert 'lang="fr"' in french.content.decode()
    assert "would like to hear you." in english.content.decode()
    assert (french.headers["X-Robots-Tag"], french.headers["Referrer-Policy"]) == ("noindex, nofollow", "no-referrer")
    assert (french.headers["Content-Language"], english.headers["Content-Language"]) == ("fr", "en")
    assert "no-store" in french.headers["Cache-Control"]
    assert french.headers["Content-Security-Policy"].startswith("default-src 'self'")


def test_what_they_say_enters_the_decision_file_and_the_deduction(claire: Member, objective: Objective) -> None:
    now = timezone.now()
    actions.answer(consult(claire), answers=[SAID], name="Solène", now=now)
    actions.answer(consult(claire, group="support", name="Le comptoir"), answers=["Dix appels par soir."], now=now)
    actions.answer(expert(claire), answers=["Commencez par la vitrine."], now=now)
    actions.save_plan(by=claire, problem="Pourquoi les familles vont-elles ailleurs ?", evidence="Dix appels par soir")

    assert heard_in(claire, "fr") == [
        f"Solène\u00a0: «\u00a0{SAID}\u202f»", "Le comptoir\u00a0: «\u00a0Dix appels par soir.\u202f»",
        "Hélène Roux, urbaniste\u00a0: «\u00a0Commencez par la vitrine.\u202f»",
        "Pas encore entendus\u00a0: ceux qui vendent.",
    ]  # fmt: skip
    assert heard_in(claire, "en")[2] == "Hélène Roux, urbaniste: “Commencez par la vitrine.”"
    assert len(heard_in(claire, "en")) == 4
    assert reads.written(claire.organisation, today=timezone.localdate())["heard"] is True
    found = reads.recommendation(claire.organisation, today=timezone.localdate())
    assert "unheard" not in found.warnings


def test_many_answers_are_counted_not_all_quoted(claire: Member, objective: Objective) -> None:
    link, now = consult(claire), timezone.now()
    for number in range(15):
        actions.answer(link, answers=[f"Réponse {number}"], now=now)

    lines = heard_in(claire, "en")
    assert len([line for line in lines if "Réponse" in line]) == 12
    assert "and 3 more answers." in lines


def test_several_questions_keep_each_answer_beside_its_own() -> None:
    assert rules.together(["Pourquoi ?"], [" Pour le pain "]) == "Pour le pain"
    assert rules.together(["A ?", "B ?", "C ?"], ["oui", " ", "non"]) == "A ? oui\nC ? non"


def test_a_form_sent_twice_is_kept_once(client: Client, claire: Member) -> None:
    address = path_of(consult(claire))
    for _ in range(3):
        assert client.post(address, {"answer_0": SAID, "once": "même formulaire"}).status_code == 302
    client.post(address, {"answer_0": SAID, "once": "un autre"})

    assert Hearing.objects.count() == 2


@pytest.mark.parametrize(
    ("answer", "status"), [("", 422), ("   ", 422), ("x", 422), ("é" * 3001, 422), ("é" * 3000, 302)]
)
def test_empty_and_endless_words_are_refused_and_what_was_typed_stays(
    client: Client, claire: Member, answer: str, status: int
) -> None:
    sent = client.post(path_of(consult(claire)), {"answer_0": answer, "name": "Solène"})

    assert sent.status_code == status
    assert Hearing.objects.count() == (status == 302)
    if status == 422:
        assert 'value="Solène"' in sent.content.decode()


def test_a_link_brings_only_so_much(client: Client, claire: Member) -> None:
    link, now = consult(claire), timezone.now()
    for number in range(rules.AN_HOUR):
        actions.answer(link, answers=[f"Réponse {number}"], now=now)
    refused = client.post(path_of(link), {"answer_0": SAID})
    later = actions.answer(link, answers=[SAID], now=now + timedelta(hours=1, minutes=1))

    assert refused.status_code == 429
    assert "Revenez dans une heure." in refused.content.decode()
    assert later.pk
    Hearing.objects.bulk_create([
        Hearing(organisation=link.organisation, invitation=link, group="served", name="n", said="s",
                heard_on=now.date(), created_at=now - timedelta(days=1))
        for _ in range(rules.IN_ALL)
    ])  # fmt: skip
    with pytest.raises(Crowded):
        actions.answer(link, answers=[SAID], now=now + timedelta(days=2))


def test_ended_and_revoked_links_open_nothing(client: Client, claire: Member) -> None:
    ended, revoked = consult(claire), expert(claire)
    Invitation.objects.filter(pk=ended.pk).update(expires_at=timezone.now())
    actions.revoke_invitation(revoked, by=claire)
    ended.refresh_from_db()

    assert [client.get(path_of(one)).status_code for one in (ended, revoked)] == [410, 410]
    assert [client.post(path_of(one), {"answer_0": SAID}).status_code for one in (ended, revoked)] == [410, 410]
    assert client.get(f"{path_of(revoked)}file.pdf").status_code == 404
    assert not Hearing.objects.exists()
    with pytest.raises(Conflict):
        actions.answer(ended, answers=[SAID], now=timezone.now())


def test_an_address_nobody_made_opens_nothing(client: Client, claire: Member) -> None:
    true = path_of(consult(claire))
    token = true.strip("/").split("/")[-1]
    number, signature = token.split(".", 1)

    for forged in (f"{int(number) + 1}.{signature}", f"{number}.{signature[:-1]}", number, "0", f"{number}.", "é.é"):
        assert invitation_of(forged) is None
    assert client.get(f"/invited/{int(number) + 1}.{signature}/").status_code == 404
    assert invitation_of(token) is not None


def test_an_expert_reads_the_file_and_remarks_and_can_do_nothing_else(
    client: Client, claire: Member, objective: Objective
) -> None:
    actions.save_plan(by=claire, problem="Pourquoi les familles vont-elles ailleurs ?", evidence="Dix appels par soir")
    address = path_of(expert(claire))
    shown = client.get(address).content.decode()
    sent = client.post(address, {"answer_0": "Commencez par la vitrine."})
    after = client.get(sent.headers["Location"]).content.decode()
    made = client.get(f"{address}file.pdf")

    assert "Pourquoi les familles vont-elles ailleurs" in shown
    assert "Commencez par la vitrine." in after
    assert (made.status_code, made.content[:5]) == (200, b"%PDF-")
    assert [Hearing.objects.get().group, Hearing.objects.get().name] == ["expert", "Hélène Roux, urbaniste"]
    assert client.get(page("channels")).status_code == 302
    assert client.get(f"{path_of(consult(claire))}file.pdf").status_code == 404


def test_the_page_of_links_shows_their_address_and_takes_them_back(client: Client, claire: Member) -> None:
    client.force_login(claire.user)
    typed = {"kind": "consultation", "invited": "Le comptoir", "group": "support", "questions": "Un\nDeux\n\n",
             "days": "7"}  # fmt: skip
    made = client.post(page("invitations"), typed)
    link = Invitation.objects.get()
    shown = client.get(page("invitations")).content.decode()

    assert made.status_code == 302
    assert link.questions == ["Un", "Deux"]
    assert f"http://testserver{path_of(link)}" in shown
    assert "mailto:?subject=Une%20question" in shown
    assert client.post(page("revoke_invitation", link.pk)).status_code == 302
    assert path_of(link) not in client.get(page("invitations")).content.decode()
    assert "Repris." in client.get(page("invitations")).content.decode()


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"kind": "party"}, ["kind"]),
        ({"name": " "}, ["invited"]),
        ({"group": "expert"}, ["group"]),
        ({"questions": ["", " "]}, ["questions"]),
        ({"questions": ["Quoi ?"] * 6}, ["questions"]),
        ({"days": 0}, ["days"]),
        ({"days": 91}, ["days"]),
    ],
)
def test_a_link_is_clear_before_it_is_made(claire: Member, change: dict[str, object], fields: list[str]) -> None:
    with pytest.raises(Refusal) as refused:
        consult(claire, **change)
    assert [fault.field for fault in refused.value.faults] == fields
    assert not Invitation.objects.exists()


def test_the_api_invites_lists_and_revokes(client: Client, claire: Member) -> None:
    key = key_of(claire)
    body = {"kind": "consultation", "name": "Le comptoir", "group": "support", "questions": [ASKED]}
    made = client.post("/api/v1/strategy/invitations", body, "application/json", headers=key).json()
    client.post(made["url"], {"answer_0": SAID})
    listed = client.get("/api/v1/strategy/invitations", headers=key).json()["items"]
    said = client.get("/api/v1/strategy/hearings", headers=key).json()["items"]
    gone = client.post(f"/api/v1/strategy/invitations/{made['id']}/revoke", headers=key)
    forgotten = client.post(f"/api/v1/strategy/hearings/{said[0]['id']}/forget", headers=key)

    assert [(one["state"], one["answers"]) for one in listed] == [("open", 1)]
    assert [(one["name"], one["said"], one["by_link"]) for one in said] == [("Le comptoir", SAID, True)]
    assert (gone.status_code, forgotten.status_code) == (204, 204)
    assert not Hearing.objects.exists()
    after = client.get("/api/v1/strategy/invitations", headers=key).json()["items"]
    assert [(one["state"], one["url"]) for one in after] == [("revoked", "")]


def test_lists_are_paged_by_key(client: Client, claire: Member) -> None:
    client.force_login(claire.user)
    links = [consult(claire) for _ in range(25)]
    for link in links:
        actions.answer(link, answers=[SAID], now=timezone.now())

    first = client.get("/api/v1/strategy/invitations", headers=key_of(claire)).json()
    rest = client.get(f"/api/v1/strategy/invitations?before={first['next']}", headers=key_of(claire)).json()
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (20, 5, None)
    for name in ("invitations", "heard"):
        shown = client.get(page(name))
        assert len(shown.context["rows"]) == 20
        assert len(client.get(shown.context["older"]).context["rows"]) == 5


def test_only_who_decides_makes_links_and_only_in_her_house(claire: Member, karim: Member, stranger: Member) -> None:
    link = consult(claire)
    with pytest.raises(NotAllowed):
        consult(karim)
    with pytest.raises(NotFound):
        actions.revoke_invitation(link, by=stranger)
