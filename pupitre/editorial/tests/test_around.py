"""Influence, consultations, relays, identity, days that matter, products: what the rules say and what is refused."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import AuditEntry, Member, Organisation, Task
from pupitre.core.rules.refusals import Conflict, NotFound, Refusal
from pupitre.editorial import actions, around_queries, influence_queries
from pupitre.editorial.models import Consultation, Post, Relay, Season
from pupitre.editorial.rules.consulting import leading
from pupitre.editorial.rules.identity import Card, complete, drifts, site
from pupitre.editorial.rules.influence import Given, sums
from pupitre.editorial.rules.products import stale, warning
from pupitre.editorial.rules.seasons import Period, days_of, from_calendar, public_holidays
from pupitre.editorial.web.around import amount

Write = Callable[..., Post]
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("values", "owed", "near"),
    [((799,), False, False), ((500, 300), False, True), ((999, 1), True, False), ((1500,), True, False)],
)
def test_what_is_given_adds_up_over_a_year(values: tuple[int, ...], owed: bool, near: bool) -> None:
    (one,) = sums(Given(" Emma  L", "Le Seigle", Decimal(value), DAY, False) for value in values)

    assert (one.value, one.owed, one.near) == (sum(values), owed, near)
    assert not sums([*(Given("Emma L", "Le seigle", Decimal(v), DAY, False) for v in values),
                     Given("emma l", "le seigle", Decimal(1), DAY, True)])[0].owed  # fmt: skip


def test_another_year_another_goal_another_person_is_another_sum() -> None:
    given = [("Emma", "Seigle", DAY), ("Emma", "Seigle", DAY.replace(year=2027)), ("Emma", "Foire", DAY),
             ("Noé", "Seigle", DAY)]  # fmt: skip

    assert [one.value for one in sums(Given(p, g, Decimal(600), on, False) for p, g, on in given)] == [600] * 4


def test_a_post_waits_for_the_contract_that_is_due(claire: Member, write: Write) -> None:
    """Two gifts reach the amount: a task, and the promise is refused until the contract is kept."""
    post = write("Emma a goûté le seigle. Collaboration commerciale")
    for value in (600, 400):
        kept = actions.record_collaboration(
            by=claire, partner="Emma", goal="Le seigle", value=Decimal(value), on=DAY, kind="gift", post=post
        )
    post.refresh_from_db()
    assert (post.label, Task.objects.filter(subject="contract:emma:2026").count()) == ("collaboration", 1)
    variant = post.variants.get()

    with pytest.raises(Refusal) as refused:
        actions.approve(variant, by=claire)
    assert [fault.field for fault in refused.value.faults] == ["label"]
    actions.keep_contract(kept, by=claire, contract="Classeur, mars")
    assert actions.approve(variant, by=claire).delivery is not None
    assert not influence_queries.totals(claire.organisation, year=2026)[0].owed


def test_a_sector_that_the_law_closes_is_refused(claire: Member) -> None:
    with pytest.raises(Refusal) as refused:
        actions.record_collaboration(
            by=claire, partner="Emma", goal="Tirer", value=Decimal(5), on=DAY, sector="nicotine"
        )
    assert [fault.field for fault in refused.value.faults] == ["sector"]


@pytest.mark.parametrize(
    ("typed", "read"), [("1 250,50 €", Decimal("1250.50")), ("12", Decimal("12.00")), ("douze", None), ("nan", None)]
)
def test_amounts_as_people_write_them(typed: str, read: Decimal | None) -> None:
    assert amount(typed) == read


def test_a_consultation_owes_its_outcome(claire: Member) -> None:
    today = timezone.localdate()
    asked = {"question": "Quelle brioche ?", "audience": "Clients", "options": ["Orange", "Praline"],
             "opens_on": today - timedelta(days=9), "closes_on": today - timedelta(days=1)}  # fmt: skip
    with pytest.raises(Refusal) as refused:
        actions.open_consultation(by=claire, **asked, commitment=" ")  # type: ignore[arg-type]
    assert [fault.field for fault in refused.value.faults] == ["commitment"]
    kept = actions.open_consultation(by=claire, **asked, commitment="Elle entre au four")  # type: ignore[arg-type]

    assert (actions.owed_outcomes(today=today), actions.owed_outcomes(today=today)) == (1, 1)
    task = Task.objects.get(subject=f"outcome:{kept.pk}")
    with pytest.raises(Refusal) as bare:
        actions.publish_outcome(kept, by=claire, answers=[3], outcome="", caveat="")
    assert [fault.field for fault in bare.value.faults] == ["answers", "outcome", "caveat"]
    actions.publish_outcome(kept, by=claire, answers=[3, 9], outcome="La praline.", caveat="Clients du samedi")
    task.refresh_from_db()
    assert task.done_at is not None
    assert (actions.owed_outcomes(today=today), leading(Consultation.objects.get().answers)) == (0, [1])
    with pytest.raises(Conflict):
        actions.publish_outcome(kept, by=claire, answers=[9, 3], outcome="Non.", caveat="…")


@pytest.mark.parametrize(("answers", "first"), [([], []), ([0, 0], []), ([2, 2, 1], [0, 1])])
def test_the_leading_answers(answers: list[int], first: list[int]) -> None:
    assert leading(answers) == first


def test_a_relay_is_answered_by_nobody_else(claire: Member, karim: Member, write: Write) -> None:
    """No name enters the journal, nothing leaves, and no figure is shown under five colleagues."""
    post = write()
    actions.propose_relay(post, by=claire, members=[karim.pk], text="Dites-le à votre façon.")
    relay = Relay.objects.get()
    assert actions.propose_relay(post, by=claire, members=[karim.pk], text="Encore") == []

    with pytest.raises(NotFound):
        actions.answer_relay(relay, by=claire, said=True)
    actions.answer_relay(relay, by=karim, said=True, text="Chez nous, le seigle sort à 16 h.")
    with pytest.raises(Conflict):
        actions.answer_relay(relay, by=karim, said=False)

    assert Relay.objects.get().text == "Chez nous, le seigle sort à 16 h."
    assert around_queries.relayed(claire.organisation) is None
    told = AuditEntry.objects.filter(verb__startswith="relay").values_list("subject_name", "detail")
    assert "Karim" not in str(list(told))


def test_figures_of_relays_begin_with_five_colleagues(claire: Member, write: Write, bakery: Organisation) -> None:
    from pupitre.core.actions import add_member

    people = [
        add_member(by=claire, email=f"p{n}@levain.example", name=f"Personne {n}", role="reader", password="quatre mots")
        for n in range(5)
    ]
    actions.propose_relay(write(), by=claire, members=[one.pk for one in people], text="À vous.")

    assert around_queries.relayed(bakery) == around_queries.Relayed(5, 5, 0)


KIT = Card("Levain & fils", "Boulangers au levain depuis 1987, au coin de la place.", "https://levain.example", True)


@pytest.mark.parametrize(
    ("card", "parts"),
    [
        (KIT, []),
        (Card("Levain & fils, boulangerie", "Boulangers au levain depuis 1987", "www.levain.example/", True), []),
        (Card("Levain", KIT.description, KIT.link, True), ["name"]),
        (Card(KIT.name, "Snack ouvert la nuit", KIT.link, True), ["description"]),
        (Card(KIT.name, KIT.description, "https://autre.example", False), ["link", "image"]),
        (Card(), ["name", "description", "link", "image"]),
    ],
)
def test_what_drifts_from_the_kit(card: Card, parts: list[str]) -> None:
    assert [one.part for one in drifts(KIT, card)] == parts


def test_how_complete_a_card_is() -> None:
    assert [complete(one) for one in (Card(), Card("a"), Card("a", "b", "c"), KIT)] == [0, 25, 75, 100]
    assert site("https://www.levain.example/") == site("levain.example")


def test_each_account_is_compared_with_the_kit(claire: Member, channel: Channel) -> None:
    actions.set_kit(by=claire, name="Levain", description="Du pain", link="https://levain.example")
    actions.read_card(channel, by=claire, on=DAY, name="Levain", description="Du pain", link="levain.example",
                      image=True)  # fmt: skip
    (shown,) = around_queries.cards(claire.organisation, around_queries.kit_of(claire.organisation))
    assert (shown.complete, shown.drifts) == (100, [])

    actions.read_card(channel, by=claire, on=DAY, name="Levain", description="Du café", image=True)
    (shown,) = around_queries.cards(claire.organisation, around_queries.kit_of(claire.organisation))
    assert ([one.part for one in shown.drifts], shown.complete) == (["description", "link"], 75)


def test_public_holidays_and_periods_by_day() -> None:
    assert public_holidays("FR", "", "fr", date(2026, 7, 13), 7) == {date(2026, 7, 14): "Fête nationale"}
    assert public_holidays("ZZ", "", "fr", DAY, 7) == {}
    fair = Period("Foire", DAY, DAY + timedelta(days=1))
    assert days_of([fair], DAY - timedelta(days=1), 7) == {DAY: ["Foire"], DAY + timedelta(days=1): ["Foire"]}


CALENDAR = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270213\r\nDTEND;VALUE=DATE:20270301\r\n"
    "SUMMARY:Vacances d'hiver\r\n  - Zone A\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:sans date\r\nSUMMARY:x\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_a_calendar_is_taken_in_once(claire: Member) -> None:
    period = Period("Vacances d'hiver - Zone A", date(2027, 2, 13), date(2027, 2, 28))
    assert from_calendar(CALENDAR) == [period]
    for _time in range(2):
        actions.paste_seasons(by=claire, calendar=CALENDAR)
    assert Season.objects.count() == 1
    with pytest.raises(Refusal):
        actions.paste_seasons(by=claire, calendar="rien")


def test_a_price_grows_old() -> None:
    assert [stale(DAY, 7, on=DAY + timedelta(days=days)) for days in (0, 7, 8)] == [False, False, True]
    assert warning("Le seigle", DAY, 7, on=DAY) is None
    told = warning("Le seigle", DAY, 7, on=DAY + timedelta(days=30))
    assert told is not None
    assert told.params == {"name": "Le seigle", "date": "02/03/2026"}


def test_pages_around_the_score_take_their_forms(claire: Member, write: Write, channel: Channel) -> None:
    client, here, post = Client(), f"/o/{claire.organisation.slug}", write()
    client.force_login(claire.user)
    forms = {
        "score/influence/record/": {"partner": "Emma", "goal": "Seigle", "value": "120", "on": "2026-03-02"},
        "score/consultations/open/": {
            "question": "Quoi ?", "commitment": "Le faire", "audience": "Tous", "option-1": "A", "option-2": "B",
            "opens_on": "2026-03-02", "closes_on": "2026-03-09",
        },
        "score/identity/set/": {"name": "Levain", "description": "Du pain", "link": "https://levain.example"},
        f"score/identity/{channel.pk}/read/": {"name": "Levain"},
        "score/days/add/": {"name": "Foire", "begins_on": "2026-03-02"},
        "score/help/set/": {"on": "1", "address": "https://aide.example/v1", "model": "m"},
        f"posts/{post.pk}/product/set/": {
            "name": "Seigle", "address": "https://levain.example/s", "price": "4,50", "fresh_days": "7",
        },
    }  # fmt: skip
    assert {path: client.post(f"{here}/{path}", values).status_code for path, values in forms.items()} == dict.fromkeys(
        forms, 302
    )
    empty = {path: client.post(f"{here}/{path}", {"on": "1"}).status_code for path in forms if "identity/1" not in path}
    assert {path for path, status in empty.items() if status != 422} <= {f"score/identity/{channel.pk}/read/"}
