"""The rules of the house: what stops a text, what is only advised, the balance of what was said."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pupitre.core.models import Member, Organisation
from pupitre.core.rules.refusals import NotAllowed, Refusal
from pupitre.editorial.actions import approve, save_post, set_rules
from pupitre.editorial.manners_queries import balance
from pupitre.editorial.models import HouseRules, Post, Variant
from pupitre.editorial.rules.manners import Manners, Speaker, advice, stops
from pupitre.editorial.tests.conftest import Write
from pupitre.editorial.web.reading import draft_of

HOME = "/o/boulangerie-levain-fils"
AVOID = Manners(avoid=("pas cher", "leader", "incontournable"))
STRICT = Manners(emoji_most=2, strict=True)
JANUARY = (date(2027, 1, 1), date(2027, 1, 31))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Un pain pas cher.", [("pas cher", 9)]),
        ("Le leader, incontournable !", [("leader", 4), ("incontournable", 12)]),
        ("Le pain Pas  Cher du leader", [("Pas  Cher", 9), ("leader", 22)]), ("Rien à redire.", []),
        ("La voilerie", []),
    ],
)  # fmt: skip
def test_a_word_the_charter_avoids_is_found_where_it_stands(text: str, places: list[tuple[str, int]]) -> None:
    found = stops(text, AVOID, field="text-1")
    assert [(fault.params["words"], fault.params["at"]) for fault in found] == places


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Le marché #MarchéDeNoël", 0), ("Le marché #marchedenoelvalserein", 1), ("🥖🥖", 0), ("🥖🥖🥖", 1),
        ("🥖🥖🥖 #boulangeriedevalserein", 2),
    ],
)  # fmt: skip
def test_what_cannot_be_read_aloud_stops_a_public_body_and_advises_the_others(text: str, count: int) -> None:
    loose = Manners(emoji_most=2)
    assert (len(stops(text, STRICT, field="t")), stops(text, loose, field="t")) == (count, [])
    assert len(advice(text, loose, speaker=Speaker(), on=None, field="t")) == count


@pytest.mark.parametrize(
    ("label", "text", "stopped"),
    [
        ("", "Un four neuf.", False), ("ad", "Un four neuf.", True), ("ad", "PUBLICITÉ. Un four neuf.", False),
        ("collaboration", "Publicité. Un four.", True), ("collaboration", "Collaboration commerciale avec X", False),
    ],
)  # fmt: skip
def test_what_is_paid_is_said(label: str, text: str, stopped: bool) -> None:
    assert bool(stops(text, Manners(), field="t", label=label)) is stopped


@pytest.mark.parametrize(
    ("text", "speaker", "on", "count"),
    [
        ("Nous ouvrons.", Speaker(personal=True), None, 1), ("J’ouvre.", Speaker(), None, 1),
        ("Nous ouvrons.", Speaker(), None, 0), ("J’ouvre.", Speaker(personal=True), None, 0),
        ("La piscine ouvre.", Speaker(), date(2027, 1, 31), 1), ("La piscine ouvre.", Speaker(), date(2027, 2, 1), 0),
        ("La piscine ouvre.", Speaker(elected=True), date(2027, 1, 1), 2),
    ],
)  # fmt: skip
def test_what_is_worth_another_look(text: str, speaker: Speaker, on: date | None, count: int) -> None:
    manners = Manners(election=JANUARY if on else None)
    assert len(advice(text, manners, speaker=speaker, on=on, field="t")) == count


def ruled(claire: Member, **changes: Any) -> HouseRules:
    plain: dict[str, Any] = {"avoid": [], "emoji_most": 4, "strict": False, "own_sites": [], "push_ceiling": 60}
    return set_rules(by=claire, **plain | changes)


def test_a_text_that_breaks_the_rules_is_not_approved(write: Write, claire: Member) -> None:
    ruled(claire, avoid=["pas cher"])
    with pytest.raises(Refusal) as refused:
        approve(write("Un pain pas cher.").variants.get(), by=claire)
    assert [fault.params["words"] for fault in refused.value.faults] == ["pas cher"]
    assert approve(write("Un pain de seigle.").variants.get(), by=claire).delivery is not None


def test_a_public_body_is_strict_from_the_start(write: Write, claire: Member) -> None:
    Organisation.objects.update(kind="public_body")
    claire.organisation.refresh_from_db()
    with pytest.raises(Refusal):
        approve(write("Le marché #marchedenoelvalserein").variants.get(), by=claire)
    ruled(claire, strict=False)
    assert approve(write("Le marché #marchedenoelvalserein").variants.get(), by=claire).delivery is not None


def test_a_paid_post_says_so_before_it_leaves(write: Write, claire: Member) -> None:
    post = write("Un four neuf.", label="collaboration")
    with pytest.raises(Refusal):
        approve(post.variants.get(), by=claire)
    assert draft_of(Post.objects.get()).label == "collaboration"
    with pytest.raises(Refusal):
        save_post(None, draft_of(post).__class__(title="x", label="cadeau"), by=claire)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"emoji_most": 51}, "emoji_most"), ({"push_ceiling": -1}, "push_ceiling"),
        ({"election_from": date(2027, 1, 2)}, "election_to"),
        ({"election_from": date(2027, 1, 2), "election_to": date(2027, 1, 1)}, "election_to"),
    ],
)  # fmt: skip
def test_rules_that_make_no_sense_are_refused(claire: Member, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        ruled(claire, **changes)
    assert [fault.field for fault in refused.value.faults] == [field]


def test_rules_are_the_conductor_s(karim: Member) -> None:
    with pytest.raises(NotAllowed):
        ruled(karim)


def test_the_balance_counts_push_taps_and_ourselves(write: Write, claire: Member) -> None:
    ruled(claire, own_sites=["https://www.levain.example/"], push_ceiling=60)
    for number in range(10):
        text = f"Notre pain numéro {number}, nous en parlons sur https://levain.example/{number}"
        write(text, approach="push" if number else "attract", springs=("fun",))
    found = balance(claire.organisation, now=timezone.now())
    assert (found.posts, found.push, found.push_over, found.own_links, found.tap) == (10, 9, True, 10, True)
    assert (found.talk.share >= 0.9, found.talk.hint, found.springs["fun"], found.springs["service"]) == (
        True, True, 10, 0,
    )  # fmt: skip
    Variant.objects.update(due_at=timezone.now() - timedelta(days=40))
    assert balance(claire.organisation, now=timezone.now()).posts == 0


def test_the_page_shows_the_balance_and_keeps_the_rules(client: Client, claire: Member, write: Write) -> None:
    client.force_login(claire.user)
    for number in range(6):
        write(f"Votre pain {number}.")
    page = client.get(f"{HOME}/score/rules/")
    assert (page.status_code, page.content.count(b"<h1")) == (200, 1)
    form = {"avoid": "pas cher\nleader", "emoji_most": "3", "strict": "on", "own_sites": "", "push_ceiling": "50",
            "election_from": "", "election_to": ""}  # fmt: skip
    assert client.post(f"{HOME}/score/rules/set/", form | {"election_from": "demain"}).status_code == 422
    client.post(f"{HOME}/score/rules/set/", form)
    kept = HouseRules.objects.get()
    assert (kept.avoid, kept.emoji_most, kept.strict, kept.push_ceiling) == (["pas cher", "leader"], 3, True, 50)
