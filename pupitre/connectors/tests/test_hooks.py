"""Networks that knock: each proof on known vectors, each forgery refused."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from pupitre.connectors.fakes.stage import FakeStage, Safe, raise_fake
from pupitre.connectors.hooks import NO_PROOF, TOO_OLD, UNREADABLE, Knock, Unproved, in_base64, in_hex, marked
from pupitre.connectors.http import Answer, Http
from pupitre.connectors.registry import hooks, networks

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HERE = "https://levain.example/hooks/some/where/"
KNOCKING = [key for key, one in networks().items() if one.hooks]
# RFC 4231, section 4.3 (test case 2).
JEFE, WANT = "Jefe", b"what do ya want for nothing?"
HEX = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


def knock(body: bytes = b"", *, method: str = "POST", at: datetime = NOW, **headers: str) -> Knock:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Knock(method, named, {}, body, HERE, at)


def asking(**query: str) -> Knock:
    return Knock("GET", {}, {name.replace("__", "."): value for name, value in query.items()}, b"", HERE, NOW)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Unproved) as raised:
        act()
    return str(raised.value)


def test_signatures_are_those_of_the_standard() -> None:
    assert in_hex(JEFE, WANT) == HEX
    assert in_base64(JEFE, WANT) == "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="
    for none in ("", None):
        assert refused(lambda key=none: in_hex(key, WANT)) == NO_PROOF


@pytest.mark.parametrize("key", KNOCKING)
def test_an_unsigned_call_is_nothing(key: str) -> None:
    vault = Safe({"app_secret": JEFE, "hook_secret": JEFE, "hook_word": JEFE, "token": JEFE})
    for safe in (vault, Safe({})):
        assert refused(lambda known=safe: hooks(key).rung(known, Http(), knock(b"{}"))) == NO_PROOF


@pytest.mark.parametrize("key", ["facebook", "instagram", "threads"])
def test_meta_signs_its_raw_body_and_dates_it(key: str) -> None:
    safe = Safe({"app_secret": JEFE, "hook_word": "notre mot"})

    def signed(body: bytes, at: datetime = NOW) -> Knock:
        return knock(body, at=at, x_hub_signature_256="sha256=" + in_hex(JEFE, body))

    body = json.dumps({"object": "page", "entry": [{"id": "1", "time": int(NOW.timestamp())}]}).encode()
    rung = hooks(key).rung(safe, Http(), signed(body))
    assert (rung.mark, rung.said) == (marked(body), ())
    changed = knock(body + b" ", x_hub_signature_256="sha256=" + in_hex(JEFE, body))
    assert refused(lambda: hooks(key).rung(safe, Http(), changed)) == NO_PROOF
    assert refused(lambda: hooks(key).rung(safe, Http(), signed(body, NOW + timedelta(hours=38)))) == TOO_OLD
    assert refused(lambda: hooks(key).rung(safe, Http(), signed(body, NOW - timedelta(hours=1)))) == TOO_OLD
    assert refused(lambda: hooks(key).rung(safe, Http(), signed(b"[" * 100_000))) == UNREADABLE

    said = {"hub__mode": "subscribe", "hub__challenge": "1158201444"}
    answer = hooks(key).challenge(safe, asking(**said, hub__verify_token="notre mot"))
    assert answer is not None
    assert answer.body == "1158201444"
    assert refused(lambda: hooks(key).challenge(safe, asking(**said, hub__verify_token="un autre"))) == NO_PROOF
    assert refused(lambda: hooks(key).challenge(Safe({}), asking(**said, hub__verify_token=""))) == NO_PROOF


def test_x_wants_its_word_signed_and_signs_the_same_way() -> None:
    safe = Safe({"hook_secret": JEFE, "client_secret": "autre chose"})
    answer = hooks("x").challenge(safe, asking(crc_token=WANT.decode()))
    assert answer is not None
    assert json.loads(answer.body) == {"response_token": "sha256=W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="}
    assert answer.mime == "application/json"
    assert refused(lambda: hooks("x").challenge(safe, asking())) == NO_PROOF
    good = knock(WANT, x_twitter_webhooks_signature="sha256=W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=")
    assert hooks("x").rung(safe, Http(), good).mark == marked(WANT)


def test_linkedin_signs_its_body_behind_a_word_of_its_own() -> None:
    safe = Safe({"app_secret": JEFE})
    answer = hooks("linkedin_page").challenge(safe, asking(challengeCode=WANT.decode()))
    assert answer is not None
    assert json.loads(answer.body) == {"challengeCode": WANT.decode(), "challengeResponse": HEX}

    def told(number: int, at: datetime) -> Knock:
        one = {"notificationId": number, "lastModifiedAt": int(at.timestamp() * 1000)}
        body = json.dumps({"notifications": [one]}).encode()
        return knock(body, x_li_signature=in_hex(JEFE, b"hmacsha256=" + body))

    rung = hooks("linkedin_page").rung
    first, again, other = told(7, NOW), told(7, NOW - timedelta(minutes=5)), told(8, NOW)
    marks = [rung(safe, Http(), one).mark for one in (first, again, other)]
    assert (marks[0] == marks[1], marks[0] == marks[2]) == (True, False)  # its numbers tell a copy
    assert refused(lambda: rung(safe, Http(), told(9, NOW - timedelta(hours=10)))) == TOO_OLD
    plain = knock(b"{}", x_li_signature=in_hex(JEFE, b"{}"))
    assert refused(lambda: rung(safe, Http(), plain)) == NO_PROOF


def test_telegram_says_then_what_it_says_nowhere_else() -> None:
    stage = FakeStage(raise_fake("telegram"))
    safe = Safe({**stage.fake.vault(), "hook_word": "notre-mot"})
    chat = {"id": 42, "type": "private"}
    who = {"id": 42, "is_bot": False, "first_name": "Odile"}
    message = {"message_id": 5, "date": int(NOW.timestamp()), "chat": chat, "from": who, "text": "Ouvert dimanche ?"}

    def told(update: Mapping[str, Any], word: str = "notre-mot") -> Knock:
        return knock(json.dumps(update).encode(), x_telegram_bot_api_secret_token=word)

    rung = hooks("telegram").rung
    heard = rung(safe, stage.http, told({"update_id": 1, "message": message}))
    assert [(one.text, one.kind, one.author.name) for one in heard.said] == [("Ouvert dimanche ?", "dm", "Odile")]
    assert rung(safe, stage.http, told({"update_id": 2, "poll": {}})).said == ()
    assert heard.mark == rung(safe, stage.http, told({"update_id": 1, "message": message})).mark
    assert refused(lambda: rung(safe, stage.http, told({"update_id": 3}, "un autre mot"))) == NO_PROOF
    assert refused(lambda: rung(safe, stage.http, told({"update_id": 3, "message": {"chat": 1}}))) == UNREADABLE
    assert refused(lambda: rung(safe, stage.http, told({"message": message}))) == UNREADABLE
    stage.fake.world.store["knocks"] = True
    assert stage.connector.inbox(since=None) == []  # reading meanwhile is no fault


class Certificates(Http):
    """Google's published keys, counted."""

    def __init__(self, keys: list[dict[str, str]]) -> None:
        super().__init__()
        self.keys, self.asked = keys, 0

    def get(self, url: str, **options: Any) -> Answer:
        self.asked += 1
        assert url == "https://www.googleapis.com/oauth2/v3/certs"
        return Answer(200, json.dumps({"keys": self.keys}).encode())


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def test_google_signs_a_token_for_our_address_alone() -> None:
    private = rsa.generate_private_key(65537, 2048)
    public = private.public_key().public_numbers()
    key = {"kid": "k1", "n": b64(public.n.to_bytes(256)), "e": b64(public.e.to_bytes(3))}
    http, safe = Certificates([key]), Safe({"hook_secret": "pousse@projet.example"})
    right = {
        "iss": "https://accounts.google.com", "aud": HERE, "email": "pousse@projet.example", "email_verified": True,
        "iat": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 3600,
    }  # fmt: skip

    def pushed(alg: str = "RS256", kid: str = "k1", **other: object) -> Knock:
        text = f"{b64(json.dumps({'alg': alg, 'kid': kid}).encode())}.{b64(json.dumps(right | other).encode())}"
        token = f"{text}.{b64(private.sign(text.encode(), PKCS1v15(), SHA256()))}"
        return knock(json.dumps({"message": {"messageId": "77"}}).encode(), authorization=f"Bearer {token}")

    rung = hooks("google_business").rung
    assert rung(safe, http, pushed()).mark == marked("message 77")
    wrong: list[dict[str, Any]] = [
        {"aud": "https://ailleurs.example/"}, {"email": "autre@projet.example"}, {"iss": "https://moi.example"},
        {"email_verified": False}, {"alg": "none"}, {"alg": "HS256"}, {"kid": "k2"},
    ]  # fmt: skip
    assert [refused(lambda one=one: rung(safe, http, pushed(**one))) for one in wrong] == [NO_PROOF] * len(wrong)
    assert refused(lambda: rung(safe, http, pushed(exp=int(NOW.timestamp()) - 1))) == TOO_OLD
    assert http.asked == 1  # an unknown key's name does not make us ask Google each time
    token = pushed().headers["authorization"]
    forged = knock(b"{}", authorization=token[:-6] + "AAAAAA")
    assert refused(lambda: rung(safe, http, forged)) == NO_PROOF
