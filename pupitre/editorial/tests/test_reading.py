"""The page where one reads and agrees, and the client's page without an account."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.editorial import actions
from pupitre.editorial.agreeing_queries import content, link_of
from pupitre.editorial.models import ApprovalLevel, Guest, Post, Review, Variant
from pupitre.editorial.queries import in_full
from pupitre.editorial.tests.conftest import Write
from pupitre.editorial.web.guest import READS, WRITES
from pupitre.library.models import Media
from pupitre.publishing.models import Delivery

HOME = "/o/boulangerie-levain-fils"


@pytest.fixture
def at_desk(client: Client, claire: Member) -> Client:
    client.force_login(claire.user)
    return client


@pytest.fixture
def post(write: Write, claire: Member, media: Media) -> Post:
    actions.set_level("guest", by=claire)
    kept = write("La boutique ferme à midi.", media_ids=(media.pk,))
    actions.ask_approval(kept, by=claire)
    return kept


@pytest.fixture
def link(post: Post, claire: Member) -> str:
    cache.clear()
    return f"/reading/{link_of(actions.invite(post, by=claire, name='Solène Marchand'))}/"


def shown(post: Post) -> dict[str, str]:
    full = in_full(post.organisation, post.pk)
    assert full is not None
    variant = full.variants.get()
    return {"variant": str(variant.pk), "digest": content(variant, full)}


def test_reading_is_written_down_once_and_the_page_says_who_is_awaited(at_desk: Client, post: Post) -> None:
    for _ in range(2):
        page = at_desk.get(f"{HOME}/posts/{post.pk}/reading/")
    assert (page.status_code, Review.objects.filter(verdict="read").count()) == (200, 1)
    assert all(part in page.content.decode() for part in ("La boutique ferme à midi.", "client"))


def test_agreeing_there_comes_back_there(at_desk: Client, post: Post) -> None:
    note = post.variants.get()
    answer = at_desk.post(f"{HOME}/notes/{note.pk}/approve/", {"reading": "1", "revision": note.revision})
    assert (answer.status_code, answer["Location"]) == (302, f"{HOME}/posts/{post.pk}/reading/#text-{note.pk}")
    assert (Review.objects.filter(verdict="agreed").count(), Delivery.objects.count()) == (1, 0)
    stale = at_desk.post(f"{HOME}/notes/{note.pk}/approve/", {"reading": "1", "revision": note.revision + 1})
    assert stale.status_code == 409


def test_a_remark_and_a_change_are_shown_beside_the_text(at_desk: Client, post: Post) -> None:
    note = post.variants.get()
    at_desk.post(f"{HOME}/notes/{note.pk}/remark/", {"words": "Treize heures ?", "about": "à midi"})
    at_desk.post(f"{HOME}/notes/{note.pk}/change/", {"words": "L’heure est fausse."})
    page = at_desk.get(f"{HOME}/posts/{post.pk}/reading/").content.decode()
    assert ('<mark class="advice">à midi</mark>' in page, "Treize heures" in page, "heure est fausse" in page) == (
        True, True, True,
    )  # fmt: skip
    at_desk.post(f"{HOME}/remarks/{Review.objects.get(verdict='remark').pk}/settle/")
    assert Review.objects.get(verdict="remark").settled_at is not None
    refused = at_desk.post(f"{HOME}/notes/{note.pk}/remark/", {"words": "Où ?", "about": "à minuit"})
    assert refused.status_code == 422


def test_the_emergency_lane_wants_its_reason(at_desk: Client, post: Post) -> None:
    note = post.variants.get()
    assert at_desk.post(f"{HOME}/notes/{note.pk}/hurry/", {"reason": ""}).status_code == 422
    assert at_desk.post(f"{HOME}/notes/{note.pk}/hurry/", {"reason": "La rue ferme."}).status_code == 302
    assert Delivery.objects.count() == 1


def test_a_client_is_invited_and_the_link_taken_back(at_desk: Client, post: Post, client: Client) -> None:
    assert at_desk.post(f"{HOME}/posts/{post.pk}/reading/invite/", {"name": "", "days": "0"}).status_code == 422
    at_desk.post(f"{HOME}/posts/{post.pk}/reading/invite/", {"name": "Solène", "days": "7", "language": "en"})
    guest = Guest.objects.get()
    page = Client().get(f"/reading/{link_of(guest)}/")
    assert (page.status_code, page["Content-Language"], b"I agree" in page.content) == (200, "en", True)
    at_desk.post(f"{HOME}/guests/{guest.pk}/revoke/")
    assert Client().get(f"/reading/{link_of(guest)}/").status_code == 404


def test_levels_are_set_and_removed(at_desk: Client, channel: Channel) -> None:
    at_desk.post(f"{HOME}/score/levels/set/", {"place": f"channel-{channel.pk}", "level": "two"})
    kept = ApprovalLevel.objects.get()
    assert (kept.channel, kept.level) == (channel, "two")
    assert at_desk.post(f"{HOME}/score/levels/set/", {"place": "", "level": "seven"}).status_code == 422
    assert at_desk.get(f"{HOME}/score/levels/").status_code == 200
    at_desk.post(f"{HOME}/score/levels/{kept.pk}/remove/")
    assert ApprovalLevel.objects.count() == 0


def test_a_client_agrees_without_an_account_and_the_text_is_promised(post: Post, link: str, claire: Member) -> None:
    actions.approve(post.variants.get(), by=claire)
    visitor = Client()
    page = visitor.get(link)
    assert (page.status_code, page["Referrer-Policy"], page["Cache-Control"]) == (
        200, "no-referrer", "private, no-store",
    )  # fmt: skip
    assert visitor.post(link, shown(post) | {"then": "agree"}).status_code == 302
    (delivery,) = Delivery.objects.all()
    assert (delivery.text, delivery.promised_by) == ("La boutique ferme à midi.", claire)


def test_a_client_s_change_keeps_what_she_typed_when_it_is_refused(post: Post, link: str) -> None:
    refused = Client().post(link, shown(post) | {"then": "change", "words": "  ", "about": "à midi"})
    assert (refused.status_code, 'value="à midi"' in refused.content.decode()) == (422, True)
    Client().post(link, shown(post) | {"then": "change", "words": "Plutôt treize heures."})
    assert Review.objects.get(verdict="change").name == "Solène Marchand"


def test_a_client_agrees_to_nothing_she_did_not_see(post: Post, link: str, claire: Member) -> None:
    before = shown(post)
    note = post.variants.get()
    actions.set_variant(post, note.channel, by=claire, text="Autre chose.", due_at=note.due_at)
    refused = Client().post(link, before | {"then": "agree"})
    assert (refused.status_code, "Autre chose." in refused.content.decode()) == (409, True)
    assert Review.objects.filter(verdict="agreed").count() == 0


def test_a_client_sees_her_post_s_images_and_no_other(post: Post, link: str, media: Media, write: Write) -> None:
    note = write("Un brouillon d’une autre.").variants.get()
    assert Client().get(f"{link}images/{media.pk}/fake/").status_code == 200
    assert Client().get(f"{link}images/{media.pk + 1}/fake/").status_code == 404
    assert Client().post(link, {"variant": str(note.pk), "digest": "x", "then": "agree"}).status_code == 404
    assert "autre" not in Client().get(link).content.decode()


@pytest.mark.parametrize(("method", "most"), [("get", READS), ("post", WRITES)])
def test_a_client_who_insists_waits_a_minute(post: Post, link: str, method: str, most: int, monkeypatch: Any) -> None:
    monkeypatch.setattr("pupitre.editorial.web.guest.READS", 3)
    monkeypatch.setattr("pupitre.editorial.web.guest.WRITES", 3)
    now = timezone.now().replace(second=1)
    monkeypatch.setattr("pupitre.editorial.web.guest.timezone.now", lambda: now)
    visitor = Client()
    seen = [getattr(visitor, method)(link, {"then": "x", "variant": "0"}).status_code for _ in range(5)]
    assert (seen[3:], 429 in seen[:3], most > 3) == ([429, 429], False, True)


def test_an_unknown_link_says_nothing(db: None) -> None:
    cache.clear()
    page = Client().get("/reading/x.y/")
    assert (page.status_code, b"Levain" in page.content) == (404, False)


def test_an_ended_link_is_closed(post: Post, link: str) -> None:
    Guest.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 404
    assert Variant.objects.get().approved_at is None


@pytest.mark.parametrize("count", [1, 6])
def test_the_reading_page_asks_a_constant_number_of_times(
    at_desk: Client, post: Post, link: str, claire: Member, count: int, django_assert_max_num_queries: Any
) -> None:
    note = post.variants.get()
    for number in range(count):
        actions.remark(note, f"Remarque {number}", by=claire)
        actions.invite(post, by=claire, name=f"Client {number}")
    with django_assert_max_num_queries(12):
        answer = at_desk.get(f"{HOME}/posts/{post.pk}/reading/")
    assert (answer.status_code, answer.content.count(b"<h1")) == (200, 1)
