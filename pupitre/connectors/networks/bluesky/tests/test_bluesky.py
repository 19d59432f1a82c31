"""What is particular to Bluesky: bytes, keys, sessions, lost notices, rights."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.connectors.contract import AccessLost, Capability, OutcomeUnknown, Ref, Refused, RetryLater
from pupitre.connectors.fakes.conformance import message, picture, publish
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.lexicons import PATTERNS
from pupitre.connectors.fakes.stage import FakeStage
from pupitre.connectors.families.atproto import facets, record_key
from pupitre.connectors.networks.bluesky.client import home
from pupitre.connectors.networks.bluesky.fake import Bluesky
from pupitre.connectors.networks.bluesky.fake_words import identifier

NOW = datetime(2026, 11, 22, 8, 5, tzinfo=UTC)
OPEN = "POST /xrpc/com.atproto.server.createSession"
RENEW = "POST /xrpc/com.atproto.server.refreshSession"


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage(Bluesky())


def marked(text: str) -> list[tuple[str, str]]:
    """Each facet's bytes read back from the text, with its kind."""
    raw = text.encode()
    found = facets(text, did_of=lambda handle: None if "inconnu" in handle else f"did:web:{handle}")
    return [
        (raw[one["index"]["byteStart"] : one["index"]["byteEnd"]].decode(), one["features"][0]["$type"].split("#")[1])
        for one in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bonjour", []),
        ("👨‍👩‍👧 é https://levain.fr/é?a=1.", [("https://levain.fr/é?a=1", "link")]),
        ("(https://fr.wikipedia.org/wiki/Pain_(aliment))", [("https://fr.wikipedia.org/wiki/Pain_(aliment)", "link")]),
        ("Merci @camille.bsky.social, et @inconnu.test", [("@camille.bsky.social", "mention")]),
        ("ecrire@levain.fr", []),
        ("#Levain #2026 #pain_d'épices n°#x", [("#Levain", "tag"), ("#pain_d", "tag"), ("#x", "tag")]),
        ("https://a.fr/#ancre #été", [("https://a.fr/#ancre", "link"), ("#été", "tag")]),
        ("« https://a.fr » : oui", [("https://a.fr", "link")]),
    ],
)
def test_facets_point_at_the_right_bytes(text: str, expected: list[tuple[str, str]]) -> None:
    assert marked(text) == expected


@given(st.text(max_size=200))
def test_facets_never_overlap_and_always_cut_between_characters(text: str) -> None:
    found = facets(text + " #été https://a.fr/é @a.bsky.social", did_of=lambda _handle: "did:web:a")
    spans = [(one["index"]["byteStart"], one["index"]["byteEnd"]) for one in found]
    raw = (text + " #été https://a.fr/é @a.bsky.social").encode()
    assert all(raw[start:end].decode() for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(st.text(min_size=1, max_size=40), st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2090, 1, 1)))
def test_a_record_key_is_a_tid_that_depends_on_the_delivery_alone(key: str, at: datetime) -> None:
    made = record_key(key, at.replace(tzinfo=UTC))
    assert PATTERNS["tid"].fullmatch(made)
    assert made == record_key(key, at.replace(tzinfo=UTC))
    assert made != record_key(key, at.replace(tzinfo=UTC), 1)
    assert made < record_key(key, at.replace(tzinfo=UTC) + timedelta(seconds=2))


def test_ten_thousand_deliveries_of_one_second_have_ten_thousand_keys() -> None:
    assert len({record_key(f"delivery-{rank}", NOW) for rank in range(10_000)}) == 10_000


def test_sending_twice_leaves_one_public_post(stage: FakeStage) -> None:
    wanted = message("Une fois")
    assert stage.connector.send(wanted) == stage.connector.send(wanted)
    assert stage.public() == ["Une fois"]


def test_one_session_serves_a_day_of_visits(stage: FakeStage) -> None:
    for _hour in range(24):
        stage.connector.inbox(since=None)
        stage.wait(3600)
    assert stage.fake.calls.count(OPEN) == 1
    assert 7 <= stage.fake.calls.count(RENEW) <= 12


def test_a_spent_refresh_token_opens_a_session_again(stage: FakeStage) -> None:
    stage.vault.put(access="eyJold.1.sig", refresh="eyJold.2.sig")
    assert stage.connector.identify().handle == "levain.bsky.social"
    assert stage.fake.calls.count(OPEN) == 2


def test_a_withdrawn_app_password_asks_to_reconnect(stage: FakeStage) -> None:
    stage.fake.account().extra["password"] = "other"
    stage.vault.put(access="eyJold.1.sig", refresh="eyJold.2.sig")
    with pytest.raises(AccessLost, match="Invalid identifier or password"):
        stage.connector.inbox(since=None)


def test_a_suspended_account_is_said_so(stage: FakeStage) -> None:
    stage.fake.account().extra["status"] = "suspended"
    with pytest.raises(AccessLost, match="suspended"):
        stage.connector.identify()


def test_direct_messages_are_claimed_only_with_the_right(stage: FakeStage) -> None:
    assert Capability.DMS in stage.account.capabilities
    stage.fake.account().extra["chat"] = False
    account = stage.connector.identify()
    assert Capability.DMS not in account.capabilities
    before = len(stage.fake.calls)
    stage.connector.inbox(since=None)
    assert not [call for call in stage.fake.calls[before:] if "chat." in call]


def test_a_bad_day_of_the_chat_hides_no_public_reply_and_loses_no_message(stage: FakeStage) -> None:
    stage.write("Bonjour ?")
    stage.mention("Salut %s")
    stage.fake.fail(Effect.DOWN, on="chat.bsky", times=-1)
    assert [one.kind for one in stage.connector.inbox(since=None)] == ["mention"]
    assert Capability.DMS in stage.connector.identify().capabilities
    stage.wait(3600)
    stage.fake.faults.clear()
    since = stage.fake.world.clock.now() - timedelta(minutes=5)
    assert [one.kind for one in stage.connector.inbox(since=since)] == ["dm"]


def test_a_server_without_chat_connects_all_the_same() -> None:
    fake = Bluesky()
    fake.fail(Effect.DOWN, on="chat.bsky", times=-1)
    assert Capability.DMS not in FakeStage(fake).account.capabilities


def test_a_post_leaves_while_the_app_view_is_down(stage: FakeStage) -> None:
    stage.fake.fail(Effect.DOWN, on=r"/xrpc/(app|chat)\.bsky", times=-1)
    wanted = message("Sans la vue")
    sent = publish(stage, wanted)
    assert stage.connector.find(wanted, since=NOW) == sent
    with pytest.raises(RetryLater):
        stage.connector.inbox(since=None)


def test_a_reply_whose_notice_was_lost_comes_with_the_inbox(stage: FakeStage) -> None:
    sent = publish(stage, message("Qui vient ?"))
    stage.reply(sent.ref, "Moi.", notified=False)
    stage.wait(1)
    stage.reply(sent.ref, "Nous.")
    stage.wait(60)
    assert [one.text for one in stage.connector.inbox(since=None)] == ["Moi.", "Nous."]
    late = stage.connector.inbox(since=stage.fake.world.clock.now() - timedelta(seconds=30))
    assert [one.text for one in late] == ["Moi.", "Nous."]


def test_a_thread_cut_in_the_middle_is_finished_by_the_next_attempt(stage: FakeStage) -> None:
    wanted = replace(message("Un."), parts=("Deux.", "Trois."))
    stage.fake.fail(Effect.ERROR_AFTER, every=2)
    with pytest.raises(OutcomeUnknown):
        stage.connector.send(wanted)
    assert stage.connector.find(wanted, since=NOW) is None
    publish(stage, wanted)
    assert stage.public() == ["Un.", "Deux.", "Trois."]


def test_nothing_of_a_thread_leaves_when_one_part_is_too_long(stage: FakeStage) -> None:
    with pytest.raises(Refused) as raised:
        stage.connector.send(replace(message("Un."), parts=("x" * 301,)))
    assert raised.value.code == "text_too_long"
    assert stage.public() == []


@pytest.mark.parametrize(("images", "kind"), [(1, "images"), (4, "images"), (5, "gallery"), (10, "gallery")])
def test_more_than_four_images_make_a_gallery(stage: FakeStage, images: int, kind: str) -> None:
    publish(stage, replace(message("Images"), media=tuple(picture(stage, rank) for rank in range(images))))
    record = stage.fake.public_posts()[0].extra["record"]
    shown = record["embed"].get("images") or record["embed"]["items"]
    assert record["embed"]["$type"] == f"app.bsky.embed.{kind}"
    assert [one["alt"] for one in shown] == [f"Une miche dorée, numéro {rank}" for rank in range(images)]
    assert stage.fake.violations == []


def test_a_link_card_is_written_from_what_was_given(stage: FakeStage) -> None:
    extras = {"link": "https://levain.fr", "link_title": "Le levain", "link_description": "Pourquoi huit heures"}
    publish(stage, replace(message("À lire"), extras=extras))
    card = stage.fake.public_posts()[0].extra["record"]["embed"]["external"]
    assert card == {"uri": "https://levain.fr", "title": "Le levain", "description": "Pourquoi huit heures"}


def test_an_answer_finds_the_content_id_that_nobody_kept(stage: FakeStage) -> None:
    sent = publish(stage, message("Un."))
    publish(stage, replace(message("Deux.", key="k2"), reply_to=Ref(sent.ref.id)))
    assert [one.text for one in stage.connector.thread(sent.ref)] == ["Deux."]


def test_answering_what_is_gone_is_refused_in_words(stage: FakeStage) -> None:
    gone = Ref(f"at://{identifier('x')}/app.bsky.feed.post/3jzfcijpj2z2a")
    with pytest.raises(Refused, match="gone"):
        stage.connector.send(replace(message("Allô"), reply_to=gone))


def test_the_account_moves_with_its_identity_document(stage: FakeStage) -> None:
    service = {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": "https://pds.example/"}
    assert home({"service": [{"id": "#other", "serviceEndpoint": "https://x"}, service]}) == "https://pds.example"
    assert home(None) == ""
