"""What is particular to WordPress: drafts and slugs, titles, blocks, comments twice, rights, addresses of the API."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pupitre.connectors.contract import AccessLost, Capability, OutcomeUnknown
from pupitre.connectors.fakes.conformance import message, picture, publish
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.stage import FakeStage
from pupitre.connectors.networks.wordpress.fake import WordPress
from pupitre.connectors.networks.wordpress.send import slug, split


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage(WordPress())


LONG = "Nous avons choisi la farine du moulin voisin parce que son blé pousse à douze kilomètres de notre four, en bio."
SHORT = "Nous avons choisi la farine du moulin voisin parce que son blé pousse à douze kilomètres…"


@pytest.mark.parametrize(
    ("text", "extras", "expected"),
    [
        ("Ouvert lundi", {}, ("Ouvert lundi", "Ouvert lundi")),
        ("Ouvert lundi\n\nDe 7 h à 13 h.", {}, ("Ouvert lundi", "De 7 h à 13 h.")),
        ("Ouvert", {"title": "Le 11 novembre"}, ("Le 11 novembre", "Ouvert")),
        (LONG, {}, (SHORT, LONG)),
        (LONG + "\n\nFin.", {}, (SHORT, LONG + "\n\nFin.")),
    ],
)
def test_a_title_is_found(text: str, extras: dict[str, str], expected: tuple[str, str]) -> None:
    assert split(replace(message(text), extras=extras)) == expected


def test_the_slug_is_readable_and_depends_on_the_delivery() -> None:
    made = slug(message("L'été, déjà : 3 pains", key="a"))
    assert made.startswith("l-ete-deja-3-pains-")
    assert made == slug(message("L'été, déjà : 3 pains", key="a"))
    assert made != slug(message("L'été, déjà : 3 pains", key="b"))
    assert slug(message("パン", key="a"))


def test_a_draft_left_by_a_broken_attempt_is_the_one_that_is_published(stage: FakeStage) -> None:
    stage.fake.fail(Effect.TIMEOUT_AFTER, on=r"POST /wp-json/wp/v2/posts\Z")
    wanted = replace(message("La miche"), media=(picture(stage),))
    with pytest.raises(Exception, match="Timeout"):
        publish(stage, wanted)
    assert stage.public() == []
    publish(stage, wanted)
    publish(stage, wanted)
    assert stage.public() == ["La miche"]
    assert len(stage.fake.world.store["files"]) == 1


def test_blocks_are_safe_and_pictures_are_described(stage: FakeStage) -> None:
    text = 'Voir <script>alert("x")</script>\n\nhttps://levain.fr/?a=1&b="2'
    publish(stage, replace(message(text), media=(picture(stage),)))
    content = stage.fake.public_posts()[0].extra["content"]
    assert "<script>" not in content
    assert '<a href="https://levain.fr/?a=1&amp;b=">' in content
    assert 'alt="Une miche dorée, numéro 1"' in content


def test_the_site_refuses_the_same_answer_twice_and_we_find_the_first(stage: FakeStage) -> None:
    sent = publish(stage, message("Ouvert ?"))
    stage.reply(sent.ref, "Et dimanche ?")
    asked = stage.connector.inbox(since=None)[0]
    wanted = replace(message("Oui.", key="r1"), reply_to=asked.ref)
    first = publish(stage, wanted)
    with pytest.raises(OutcomeUnknown, match="Duplicate"):
        publish(stage, wanted)
    assert stage.connector.find(wanted, since=wanted.created_at - timedelta(minutes=1)) == first


def test_an_author_without_moderation_reads_what_is_approved() -> None:
    fake = WordPress()
    fake.account().extra["may"] = ["publish_posts", "upload_files", "edit_posts"]
    stage = FakeStage(fake)
    assert Capability.HIDE not in stage.account.capabilities
    sent = publish(stage, message("Ouvert ?"))
    stage.reply(sent.ref, "Oui ?")
    stage.vault.put(moderates="yes")
    assert [one.text for one in stage.connector.inbox(since=None)] == ["Oui ?"]
    assert stage.vault.get("moderates") == "no"
    with pytest.raises(AccessLost):
        stage.connector.hide(stage.connector.inbox(since=None)[0].ref, hidden=True)  # type: ignore[attr-defined]


def test_a_comment_held_for_moderation_is_seen_by_us(stage: FakeStage) -> None:
    sent = publish(stage, message("Ouvert ?"))
    stage.reply(sent.ref, "Et dimanche ?")
    asked = stage.connector.inbox(since=None)[0]
    stage.connector.hide(asked.ref, hidden=True)  # type: ignore[attr-defined]
    assert [one.text for one in stage.connector.inbox(since=None)] == ["Et dimanche ?"]


def test_deleting_twice_is_deleting(stage: FakeStage) -> None:
    sent = publish(stage, message("Erreur"))
    stage.connector.delete(sent.ref)
    stage.connector.delete(sent.ref)
    assert stage.public() == []


def test_a_wrong_password_asks_to_reconnect(stage: FakeStage) -> None:
    stage.vault.put(password="other")
    with pytest.raises(AccessLost, match="application password"):
        stage.connector.inbox(since=None)


def test_a_site_without_readable_addresses_is_called_by_its_route() -> None:
    fake = WordPress()
    fake.world.store["plain"] = True
    stage = FakeStage(fake)
    sent = publish(stage, replace(message("Ouvert ?"), media=(picture(stage),)))
    stage.reply(sent.ref, "Oui ?")
    assert [one.text for one in stage.connector.inbox(since=None)] == ["Oui ?"]
    assert stage.vault.get("api") == "https://levain.example/?rest_route=/"
    assert fake.violations == []
