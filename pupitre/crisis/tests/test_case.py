"""The bank the day after: from the click to the debrief, through the pages, and what the room refuses on the way."""

import hashlib
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import Member, Organisation, Task
from pupitre.crisis import document
from pupitre.crisis.models import Crisis
from pupitre.ledger.models import LedgerFact
from pupitre.publishing.actions import promise
from pupitre.publishing.models import Delivery
from pupitre.strategy.models import Floor, Voice

OUTAGE = "Une panne des cartes et de l’application a duré neuf heures."


@pytest.fixture
def browser(claire: Member) -> Client:
    client = Client()
    client.force_login(claire.user)
    return client


def go(client: Client, name: str, here: Organisation, pk: int | None = None, **posted: object) -> tuple[int, str]:
    """Post a form of the room and follow; the status of the answer and the page."""
    address = reverse(f"crisis:{name}", args=[here.slug] if pk is None else [here.slug, pk])
    answer = client.post(address, posted, follow=True)
    return answer.status_code, answer.content.decode()


@pytest.fixture
def case(browser: Client, bakery: Organisation, claire: Member, channel: Channel) -> Crisis:
    for number in range(3):
        promise(
            channel, by=claire, text=f"Offre {number}", due_at=timezone.now() + timedelta(minutes=number, seconds=1)
        )
    status, page = go(browser, "open", bakery, title="Cartes refusées", situation="accident")
    assert (status, "3 publications sont gelées" in page) == (200, True)
    return Crisis.objects.get()


def test_the_click_freezes_opens_the_case_and_says_it_everywhere(
    browser: Client, bakery: Organisation, case: Crisis
) -> None:
    bakery.refresh_from_db()
    assert bakery.posture == "crisis"
    assert set(Delivery.objects.values_list("state", flat=True)) == {"held"}
    assert (case.frozen, case.frozen_ms < 1000, case.audiences.count()) == (3, True, 5)
    assert [one.verb for one in case.log.all()] == ["opened", "frozen"]
    assert "prochain point" in browser.get(f"/o/{bakery.slug}/").content.decode()
    status, _ = go(browser, "open", bakery, title="Encore", situation="checking")
    assert status == 409
    assert Crisis.objects.count() == 1


def test_the_posture_of_any_page_opens_the_same_case(browser: Client, bakery: Organisation) -> None:
    browser.post(reverse("desk:posture", args=[bakery.slug]), {"posture": "crisis"})
    assert Crisis.objects.get().situation == "checking"
    browser.post(reverse("desk:posture", args=[bakery.slug]), {"posture": "crisis"})
    assert Crisis.objects.count() == 1


def test_a_fact_is_written_settled_and_closes_what_denies_it(
    browser: Client, bakery: Organisation, case: Crisis
) -> None:
    assert go(browser, "fact_add", bakery, case.pk, text="", status="confirmed")[0] == 422
    go(browser, "fact_add", bakery, case.pk, text=OUTAGE, status="checking")
    fact = LedgerFact.objects.get()
    assert go(browser, "fact_settle", bakery, fact.pk, status="confirmed", source="")[0] == 422
    go(browser, "fact_settle", bakery, fact.pk, status="confirmed", source="Exploitation")

    status, page = go(browser, "word_write", bakery, case.pk, text="Nous n’avons constaté aucune panne.")
    assert status == 422
    assert "aucune panne" in page
    assert not case.statements.exists()
    assert go(browser, "decide", bakery, case.pk, option="deny", reason="Pour voir")[0] == 422
    assert go(browser, "decide", bakery, case.pk, option="acknowledge", reason="C’est établi")[0] == 200
    assert case.decisions.get().option == "acknowledge"


def test_the_first_word_is_drafted_from_the_facts_and_leaves_only_complete_and_read(
    browser: Client, bakery: Organisation, case: Crisis, channel: Channel, claire: Member, voice: Voice
) -> None:
    Floor.objects.create(organisation=bakery, event="crisis", voice=voice, responsible=claire)
    go(browser, "fact_add", bakery, case.pk, text=OUTAGE, status="confirmed", source="Exploitation")
    page = browser.get(reverse("crisis:word", args=[bakery.slug, case.pk])).content.decode()
    assert "Voici ce que nous savons. Une panne des cartes" in page
    assert voice.name in page

    go(browser, "word_write", bakery, case.pk, text="Une panne des cartes a duré neuf heures.")
    short = case.statements.get()
    status, page = go(browser, "word_publish", bakery, short.pk, channels=[channel.pk], alone="Nuit")
    assert status == 422
    assert short.deliveries.count() == 0

    words = "Une panne des cartes a duré neuf heures. Nous vérifions la cause. Nous reparlons ici à 14 h 30."
    at = timezone.localtime(timezone.now() + timedelta(hours=1), ZoneInfo("Europe/Paris")).strftime("%Y-%m-%dT%H:%M")
    go(browser, "word_write", bakery, case.pk, text=words, next_at=at)
    full = case.statements.get(number=2)
    assert full.voice == voice
    assert go(browser, "word_publish", bakery, full.pk, channels=[channel.pk])[0] == 422
    assert go(browser, "word_read", bakery, full.pk)[0] == 409
    assert go(browser, "word_publish", bakery, full.pk, channels=[channel.pk], alone="Personne à cette heure")[0] == 200

    sent = full.deliveries.get()
    assert (sent.kind, sent.promotional, sent.state) == ("statement", False, "scheduled")
    case.refresh_from_db()
    assert case.next_update_at == full.next_at


def test_one_publication_then_all_are_given_back(browser: Client, bakery: Organisation, case: Crisis) -> None:
    first, *_ = Delivery.objects.order_by("due_at")
    assert go(browser, "release", bakery, first.pk)[0] == 200
    first.refresh_from_db()
    assert first.state == "scheduled"
    go(browser, "thaw", bakery, case.pk)
    assert not Delivery.objects.filter(state="held").exists()
    assert [one.verb for one in case.log.all()][-2:] == ["released", "thawed"]


def test_what_is_seen_is_sealed_and_delays_of_the_law_run(browser: Client, bakery: Organisation, case: Crisis) -> None:
    go(browser, "evidence_keep", bakery, case.pk, url="https://fake.example/1", text="« Vous mentez »\r\nsigné")
    kept = case.evidence.get()
    again = f"{kept.url}\n{kept.taken_at:%Y-%m-%dT%H:%M:%SZ}\n{kept.text}".encode()
    assert kept.digest == hashlib.sha256(again).hexdigest()
    assert go(browser, "evidence_keep", bakery, case.pk, url="x", text="")[0] == 422

    go(browser, "clock_start", bakery, case.pk, key="cnil", began_at="2026-11-20T10:00")
    clock = case.clocks.get()
    assert clock.due_at - clock.began_at == timedelta(hours=72)
    assert Task.objects.filter(subject=f"clock:{clock.pk}", done_at__isnull=True).exists()
    assert go(browser, "clock_start", bakery, case.pk, key="cnil", began_at="2026-11-20T10:00")[0] == 409
    go(browser, "clock_meet", bakery, clock.pk, note="Récépissé 12")
    assert not Task.objects.filter(subject=f"clock:{clock.pk}", done_at__isnull=True).exists()


def test_the_room_closes_only_when_everything_is_kept(
    browser: Client, bakery: Organisation, case: Crisis, claire: Member
) -> None:
    go(browser, "fact_add", bakery, case.pk, text=OUTAGE, status="confirmed", source="Exploitation")
    go(browser, "criticism_add", bakery, case.pk, text="Vous ne répondez pas", said=12)
    go(browser, "criticism_add", bakery, case.pk, text="vous ne répondez pas")
    criticism = case.criticisms.get()
    assert criticism.said == 13
    assert go(browser, "close", bakery, case.pk)[0] == 409

    assert go(browser, "criticism_settle", bakery, criticism.pk, answer="Il n’y a eu aucune panne.")[0] == 422
    go(browser, "criticism_settle", bakery, criticism.pk, answer="Nous répondons à chacun depuis 9 h.")
    for audience in case.audiences.all():
        assert go(browser, "public_tell", bakery, audience.pk)[0] == 422
        go(browser, "public_tell", bakery, audience.pk, way="de vive voix")
    day = timezone.localdate() + timedelta(days=5)
    assert go(browser, "debrief_day", bakery, case.pk, on=(day + timedelta(days=40)).isoformat())[0] == 422
    go(browser, "debrief_day", bakery, case.pk, on=day.isoformat(), owner=claire.pk)
    go(browser, "quiet", bakery, case.pk)
    assert go(browser, "close", bakery, case.pk)[0] == 409
    Crisis.objects.update(quiet_since=timezone.now() - timedelta(hours=49))
    assert go(browser, "close", bakery, case.pk)[0] == 200

    case.refresh_from_db()
    bakery.refresh_from_db()
    assert (case.closed_by, bakery.posture) == (claire, "calm")
    assert Delivery.objects.filter(state="held").count() == 3
    assert LedgerFact.objects.get().put_away_at is not None
    assert Task.objects.filter(subject=f"debrief:{case.pk}", due_on=day).exists()
    assert go(browser, "fact_add", bakery, case.pk, text="Trop tard", status="checking")[0] == 409

    assert go(browser, "debrief", bakery, case.pk, what="Une panne")[0] == 422
    learnt = dict.fromkeys(("what", "seen", "kept", "failed", "change", "floor"), "Appris.")
    assert go(browser, "debrief", bakery, case.pk, **learnt)[0] == 200
    case.refresh_from_db()
    assert case.debriefed_at is not None


def test_the_file_says_everything_in_both_languages_and_prints(
    browser: Client, bakery: Organisation, case: Crisis
) -> None:
    go(browser, "fact_add", bakery, case.pk, text=OUTAGE, status="confirmed", source="Exploitation")
    told = {
        language: document.contents(case, language=language, today=timezone.localdate()) for language in ("fr", "en")
    }
    assert [part["title"] for part in told["en"]["sections"]][:2] == ["The case", "Fact ledger"]
    assert told["fr"]["sections"][1]["blocks"][0]["lines"] == [f"Confirmé\u00a0: {OUTAGE} (Exploitation)"]
    answer = browser.get(reverse("crisis:thread_pdf", args=[bakery.slug, case.pk]))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize("name", ["case", "thread", "word", "kept", "ending"])
def test_pages_of_a_case_are_light(
    browser: Client, bakery: Organisation, case: Crisis, channel: Channel, name: str
) -> None:
    for number in range(3):
        go(browser, "fact_add", bakery, case.pk, text=f"{OUTAGE} {number}", status="confirmed", source="Exploitation")
        go(browser, "criticism_add", bakery, case.pk, text=f"Vous saviez, {number}")
    words = "Une panne des cartes a duré neuf heures. Nous vérifions la cause. Nous reparlons ici à 14 h 30."
    go(browser, "word_write", bakery, case.pk, text=words)
    go(browser, "word_publish", bakery, case.statements.get().pk, channels=[channel.pk], alone="Nuit")
    go(browser, "decide", bakery, case.pk, option="hold", reason="On vérifie")
    address = reverse(f"crisis:{name}", args=[bakery.slug, case.pk])
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = browser.get(address)
    assert page.status_code == 200
    assert len(asked) <= 12, "\n".join(query["sql"][:150] for query in asked.captured_queries)
    assert len(page.content) < 60_000


def test_who_may_not_conduct_reads_and_does_not_decide(
    bakery: Organisation, case: Crisis, lucie: Member, stranger: Member
) -> None:
    hers, his = Client(), Client()
    hers.force_login(lucie.user)
    his.force_login(stranger.user)
    page = reverse("crisis:case", args=[bakery.slug, case.pk])
    assert (hers.get(page).status_code, his.get(page).status_code) == (200, 404)
    assert go(hers, "decide", bakery, case.pk, option="hold", reason="Moi")[0] == 403
    assert go(hers, "thaw", bakery, case.pk)[0] == 403
    assert go(his, "close", stranger.organisation, case.pk)[0] == 404
