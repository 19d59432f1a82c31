"""Statuses and headers into the four ways of failing; secrets out of words."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.connectors.contract import AccessLost, Failed, OutcomeUnknown, Refused, RetryLater
from pupitre.connectors.errors import LONGEST_WAIT, failure, wait_until
from pupitre.connectors.http import Answer
from pupitre.connectors.redaction import redact

NOW = datetime(2026, 11, 22, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"retry-after": "120"}, timedelta(minutes=2)),
        ({"retry-after": "1.5"}, timedelta(seconds=1.5)),
        ({"retry-after": "0"}, timedelta(0)),
        ({"retry-after": "-5"}, timedelta(0)),
        ({"retry-after": "Sun, 22 Nov 2026 08:10:00 GMT"}, timedelta(minutes=5)),
        ({"retry-after": "Sun, 22 Nov 2020 08:10:00 GMT"}, timedelta(0)),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "9" * 40}, None),
        ({"retry-after": "99999999"}, LONGEST_WAIT),
        ({"x-ratelimit-reset": "2026-11-22T08:06:00.000000Z"}, timedelta(minutes=1)),
        ({"ratelimit-reset": str(int(NOW.timestamp()) + 30)}, timedelta(seconds=30)),
        ({"x-rate-limit-reset": str(int(NOW.timestamp()) + 90)}, timedelta(seconds=90)),
        ({"retry-after": "10", "x-ratelimit-reset": "500"}, timedelta(seconds=10)),
    ],
)
def test_when_to_come_back(headers: dict[str, str], expected: timedelta | None) -> None:
    assert wait_until(headers, NOW) == (None if expected is None else NOW + expected)


@given(st.text(max_size=40))
def test_no_header_breaks_us_or_makes_us_wait_for_ever(told: str) -> None:
    when = wait_until({"retry-after": told}, NOW)
    assert when is None or NOW <= when <= NOW + LONGEST_WAIT


@pytest.mark.parametrize(
    ("status", "writes", "code", "expected"),
    [
        (400, True, "", Refused),
        (400, True, "ExpiredToken", AccessLost),
        (401, True, "", AccessLost),
        (403, False, "", AccessLost),
        (404, False, "", Refused),
        (408, True, "", OutcomeUnknown),
        (408, False, "", RetryLater),
        (422, True, "", Refused),
        (429, True, "", RetryLater),
        (500, True, "", OutcomeUnknown),
        (502, False, "", RetryLater),
        (503, True, "", OutcomeUnknown),
        (302, True, "", Refused),
    ],
)
def test_each_status_is_one_of_four_failures(status: int, writes: bool, code: str, expected: type[Failed]) -> None:
    answer = Answer(status, writes=writes, headers={"retry-after": "60"})
    found = failure(answer, " Not \n now ", now=NOW, code=code, dead=frozenset({"ExpiredToken"}))
    assert (type(found), found.words) == (expected, "Not now")
    if isinstance(found, RetryLater):
        assert found.after == NOW + timedelta(minutes=1)


def test_a_network_without_words_is_quoted_by_its_status() -> None:
    assert failure(Answer(418), "", now=NOW).words == "HTTP 418"
    assert failure(Answer(500), "\n<!DOCTYPE html><title>Error</title>", now=NOW).words == "HTTP 500"


@pytest.mark.parametrize(
    ("text", "secrets", "expected"),
    [
        ("Invalid OAuth access token: EAAB1234567", ["EAAB1234567"], "Invalid OAuth access token: [hidden]"),
        ("Authorization: Bearer abc.def-ghi", [], "Authorization: Bearer [hidden]"),
        ("/v1/x?access_token=s3cr3t&b=1", [], "/v1/x?access_token=[hidden]&b=1"),
        ('{"refreshJwt":"abcdef","a":1}', [], '{"refreshJwt":"[hidden]","a":1}'),
        ("GET /bot123456:AAH-abcdefghijklmnopqrst/getMe", [], "GET /bot[hidden]/getMe"),
        ("https://discord.com/api/webhooks/123/abcdefghijklmnopqrstuvwx", [],
         "https://discord.com/api/webhooks/123/[hidden]"),
        ("https://user:pass@levain.example/", [], "https://[hidden]@levain.example/"),
        ("jwt eyJhbGciOi.eyJzdWIi.sig", [], "jwt [hidden]"),
        ("Le mot de passe est bon.", ["x"], "Le mot de passe est bon."),
        ("", ["abcd"], ""),
    ],
)  # fmt: skip
def test_secrets_are_taken_out(text: str, secrets: list[str], expected: str) -> None:
    assert redact(text, secrets) == expected


@given(st.text(max_size=80), st.text(alphabet="abcdefghij0123456789", min_size=6, max_size=20))
def test_a_known_secret_never_survives(text: str, secret: str) -> None:
    assert secret not in redact(f"{text}{secret}{text}", [secret])
