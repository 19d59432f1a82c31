"""Something read elsewhere becomes a draft that cites it: never its words, never a post that leaves."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pupitre.core.models import ApiToken, AuditEntry, Member, Organisation
from pupitre.editorial.models import Post
from pupitre.listening import actions
from pupitre.listening.models import Item, Mention, Source, WatchQuery
from pupitre.shell.api import digest, new_token

HOME = "/o/boulangerie-levain-fils"
WORDS = "Le four municipal rouvre ses portes aux habitants du quartier."


@pytest.fixture
def mention(bakery: Organisation) -> Mention:
    source = Source.objects.create(organisation=bakery, url="https://journal.example/flux", title="Le Journal")
    item = Item.objects.create(
        organisation=bakery, source=source, remote_id="1", url="https://journal.example/four", text=WORDS,
        at=timezone.now(), title="Le four rouvre",
    )  # fmt: skip
    query = WatchQuery.objects.create(organisation=bakery, name="four", text="four")
    return Mention.objects.create(organisation=bakery, item=item, query=query)


def test_the_draft_cites_its_source_and_holds_none_of_its_words(mention: Mention, claire: Member) -> None:
    post = actions.write_about(mention, by=claire)

    assert (post.title, post.brief) == ("Le four rouvre", {"thanks_to": "Le Journal, https://journal.example/four"})
    assert (post.variants.count(), Mention.objects.get().state) == (0, "kept")
    line = AuditEntry.objects.get(verb="mention_written_about")
    assert line.detail == {"post": post.pk}


def test_what_has_no_headline_is_named_by_its_place_and_day(mention: Mention, claire: Member) -> None:
    mention.item.title, mention.item.url = "", "https://journal.example/" + "a" * 600
    mention.item.save()
    post = actions.write_about(mention, by=claire)

    assert post.title == f"Le Journal, {mention.item.at:%Y-%m-%d}"
    assert post.brief == {"thanks_to": "Le Journal"}


def test_the_page_opens_the_composer(mention: Mention, claire: Member, client: Client) -> None:
    client.force_login(claire.user)
    assert f"mentions/{mention.pk}/write/" in client.get(f"{HOME}/mirror/").content.decode()
    answer = client.post(f"{HOME}/mirror/mentions/{mention.pk}/write/", follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [(f"{HOME}/posts/{Post.objects.get().pk}/", 302)]
    assert ("https://journal.example/four" in page, WORDS in page) == (True, False)


def test_who_does_not_write_is_refused_and_a_stranger_finds_nothing(
    mention: Mention, lucie: Member, stranger: Member, client: Client
) -> None:
    client.force_login(lucie.user)
    assert f"mentions/{mention.pk}/write/" not in client.get(f"{HOME}/mirror/").content.decode()
    client.post(f"{HOME}/mirror/mentions/{mention.pk}/write/")
    client.force_login(stranger.user)
    assert client.post(f"/o/valserein/mirror/mentions/{mention.pk}/write/").status_code == 404
    assert (Post.objects.count(), Mention.objects.get().state) == (0, "new")


def test_the_api_says_which_post(mention: Mention, claire: Member, client: Client) -> None:
    token = new_token()
    ApiToken.objects.create(
        member=claire, name="essai", prefix=token[:8], digest=digest(token), scopes=["listen", "write"]
    )
    answer: Any = client.post(f"/api/v1/mentions/{mention.pk}/write", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()) == (201, {"post": Post.objects.get().pk})
