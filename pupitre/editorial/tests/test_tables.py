"""Tables: 500 rows with 20 bad ones give 480 drafts and 20 reasons, or nothing at all."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.actions import set_organisation
from pupitre.core.models import AuditEntry, Member
from pupitre.core.rules.refusals import Conflict, Fault, NotFound, Refusal
from pupitre.editorial import actions
from pupitre.editorial.models import Batch, Post, Variant
from pupitre.editorial.rules.table import MAX_ROWS, Known, Line, decoded, read
from pupitre.strategy.models import Objective, Voice
from tests.house.routes import key_of

HOME = "/o/boulangerie-levain-fils"
NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
KNOWN = Known({"la boulangerie": 3, "@levain": 3}, {"vendre": 5}, {"la boulangerie": 7, "claire": 8}, "Europe/Paris")
HEADING = "Titre;Canal;Texte;Date;Heure;Voix;Relation\n"


def rows(text: str) -> list[Line]:
    found = read(text, KNOWN, now=NOW)
    assert not isinstance(found, Fault), found
    return found


@pytest.mark.parametrize(
    ("date", "hour", "due"),
    [
        ("15/01/2027", "9h30", datetime(2027, 1, 15, 8, 30, tzinfo=UTC)),
        ("2027-01-15", "09:30", datetime(2027, 1, 15, 8, 30, tzinfo=UTC)),
        ("5.7.2027", "9 h", datetime(2027, 7, 5, 7, 0, tzinfo=UTC)),
        ("15/01/2027", "9", datetime(2027, 1, 15, 8, 0, tzinfo=UTC)),
    ],
)
def test_days_and_hours_as_people_write_them(date: str, hour: str, due: datetime) -> None:
    (line,) = rows(f"{HEADING};La Boulangerie;Le pain.;{date};{hour};;")
    assert (line.due_at, line.faults, line.objective_id, line.voice_id, line.title) == (due, (), 5, None, "Le pain.")


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (";Nulle part;Le pain.;15/01/2027;9h;;", "channel"), (";@levain;;15/01/2027;9h;;", "text"),
        (";@levain;Le pain.;32/01/2027;9h;;", "date"), (";@levain;Le pain.;15/01/2027;25h;;", "date"),
        (";@levain;Le pain.;03/01/2027;9h;;", "date"), (";@levain;Le pain.;28/03/2027;2h30;;", "date"),
        (";@levain;Le pain.;;;;", "date"), (";@levain;Le pain.;15/01/2027;9h;Karim;", "voice"),
        (";@levain;Le pain.;15/01/2027;9h;;amitié", "relation"), (f";@levain;{'x' * 20_001};15/01/2027;9h;;", "text"),
    ],
)  # fmt: skip
def test_a_bad_row_says_what_is_wrong_with_it(row: str, field: str) -> None:
    (line,) = rows(HEADING + row)
    assert [fault.field for fault in line.faults] == [field]


def test_quotes_hold_lines_and_semicolons_and_the_same_row_twice_is_told() -> None:
    good, again, tail = rows(
        'canal,texte,date,heure\n@levain,"Deux lignes,\net une virgule",15/01/2027,9h\n\n'
        '@levain,"Deux lignes,\net une virgule",15/01/2027,9h\n@levain\n'
    )
    assert (good.text, good.faults, good.number) == ("Deux lignes,\net une virgule", (), 2)
    assert [fault.params for fault in again.faults] == [{"row": 2}]
    assert {fault.field for fault in tail.faults} == {"text", "date"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "canal;texte\n",
        "canal;texte;date;heure\n",
        "bonjour\n1\n",
        "canal;texte;date;heure\n" + "a\n" * (MAX_ROWS + 1),
    ],
)
def test_what_is_no_table_is_refused_whole(text: str) -> None:
    assert isinstance(read(text, KNOWN, now=NOW), Fault)


def test_the_letters_of_a_spreadsheet_are_read() -> None:
    assert decoded("é".encode("cp1252")) == decoded("\ufeffé".encode()) == "é"
    assert isinstance(decoded(b"\x00\x01"), Fault)
    assert isinstance(decoded(b"a" * 2_000_001), Fault)


@pytest.fixture
def table(channel: Channel, objective: Objective, voice: Voice) -> bytes:
    """500 rows, of which 20 are bad in five ways."""
    day = timezone.localdate() + timedelta(days=3)
    bad: list[Callable[[list[str]], list[str]]] = [
        lambda row: ["Ailleurs", *row[1:]], lambda row: [row[0], "", *row[2:]], lambda row: [*row[:2], "hier", row[3]],
        lambda row: [*row[:2], "01/01/2020", row[3]], lambda row: [*row[:3], "25h"],
    ]  # fmt: skip
    lines = ["canal;texte;date;heure"]
    for number in range(500):
        on = day + timedelta(days=number // 20)
        row = [channel.handle, f"Fournée numéro {number}, sortie du four.", f"{on:%d/%m/%Y}", f"{number % 12 + 8}h15"]
        lines.append(";".join(bad[number // 25 % 5](row) if number % 25 == 7 else row))
    return "\n".join(lines).encode("cp1252")


def test_480_rows_are_kept_and_20_explained(claire: Member, table: bytes, objective: Objective) -> None:
    batch = actions.give_table(table, by=claire, name="décembre.csv")
    assert Post.objects.count() == 0
    done = actions.apply_table(batch, by=claire)
    assert (done.kept, done.left, Post.objects.count(), Variant.objects.count()) == (480, 20, 480, 480)
    kept = Variant.objects.select_related("post").order_by("id").first()
    assert kept is not None
    assert (kept.text, kept.post.title, kept.post.objective, kept.delivery, kept.post.created_by) == (
        "Fournée numéro 0, sortie du four.", "Fournée numéro 0, sortie du four.", objective, None, claire,
    )  # fmt: skip
    with pytest.raises(Conflict):
        actions.apply_table(batch, by=claire)
    assert (Post.objects.count(), AuditEntry.objects.filter(verb="table_kept").count()) == (480, 1)


def test_a_crash_in_the_middle_keeps_nothing(claire: Member, table: bytes) -> None:
    batch = actions.give_table(table, by=claire, name="décembre.csv")
    with (
        patch("pupitre.editorial.actions.batches.Variant.objects.bulk_create", side_effect=OSError("no room left")),
        pytest.raises(OSError, match="no room"),
    ):
        actions.apply_table(batch, by=claire)
    batch.refresh_from_db()
    assert (Post.objects.count(), batch.applied_at) == (0, None)
    assert actions.apply_table(batch, by=claire).kept == 480


def test_another_house_s_table_and_channels_do_not_exist(claire: Member, stranger: Member, table: bytes) -> None:
    batch = actions.give_table(table, by=claire, name="x.csv")
    with pytest.raises(NotFound):
        actions.apply_table(batch, by=stranger)
    theirs = actions.give_table(table, by=stranger, name="x.csv")
    with pytest.raises(Refusal):
        actions.apply_table(theirs, by=stranger)
    assert Post.objects.count() == 0


def test_the_page_shows_every_reason_before_anything_is_kept(client: Client, claire: Member, table: bytes) -> None:
    client.force_login(claire.user)
    file = SimpleUploadedFile("décembre.csv", table, "text/csv")
    page = client.post(f"{HOME}/score/tables/give/", {"file": file}, follow=True)
    words = page.content.decode()
    assert (words.count("<tr>"), "480" in words, len(page.content) < 60_000, Post.objects.count()) == (
        20 + 12 + 2, True, True, 0,
    )  # fmt: skip
    pk = Batch.objects.get().pk
    client.post(f"{HOME}/score/tables/{pk}/apply/")
    after = client.get(f"{HOME}/score/tables/{pk}/")
    assert (Post.objects.count(), "480" in after.content.decode(), client.get(f"{HOME}/score/tables/").status_code) == (
        480, True, 200,
    )  # fmt: skip
    client.post(f"{HOME}/score/tables/{pk}/forget/")
    assert (Batch.objects.count(), Post.objects.count()) == (0, 480)


@pytest.mark.parametrize("content", [b"", b"bonjour", b"\x00\x00"])
def test_a_file_that_is_no_table_is_refused_beside_its_field(client: Client, claire: Member, content: bytes) -> None:
    client.force_login(claire.user)
    page = client.post(f"{HOME}/score/tables/give/", {"file": SimpleUploadedFile("a.csv", content)})
    assert (page.status_code, Batch.objects.count()) == (422, 0)
    assert client.post(f"{HOME}/score/tables/give/", {}).status_code == 422


def test_the_api_does_the_same(client: Client, claire: Member, table: bytes) -> None:
    key: dict[str, Any] = {"headers": key_of(claire)}
    given = client.post("/api/v1/tables", {"file": SimpleUploadedFile("d.csv", table, "text/csv")}, **key)
    body = json.loads(given.content)
    assert (given.status_code, body["good"], body["bad"], len(body["explained"])) == (201, 480, 20, 20)
    assert body["explained"][0]["row"] == 9
    done = client.post(f"/api/v1/tables/{body['id']}/apply", **key)
    assert (done.status_code, done.json()["kept"], done.json()["left"]) == (200, 480, 20)
    assert client.post(f"/api/v1/tables/{body['id']}/apply", **key).status_code == 409


def test_the_table_is_read_in_the_organisation_s_hours(claire: Member, channel: Channel) -> None:
    set_organisation(by=claire, timezone="America/Cayenne")
    text = f"canal;texte;date;heure\n{channel.handle};Le pain.;15/01/2031;9h\n".encode()
    actions.apply_table(actions.give_table(text, by=claire, name="x"), by=claire)
    assert Variant.objects.get().due_at == datetime(2031, 1, 15, 12, tzinfo=UTC)
