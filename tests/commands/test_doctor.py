"""The doctor sees what is wrong, says what to mend, and ends with 1 only when something must be mended."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.config import checks
from pupitre.config.checks import CARE, ILL, WELL
from pupitre.config.cli import main
from pupitre.core.models import AuditEntry, Heartbeat, Member
from pupitre.publishing.actions import promise
from pupitre.publishing.models import Delivery


def states_of(found: object) -> list[tuple[str, str]]:
    return [(one.what, one.state) for one in found]  # type: ignore[attr-defined]


@pytest.fixture
def alive(db: None) -> Heartbeat:
    now = timezone.now()
    return Heartbeat.objects.create(worker="one", started_at=now, seen_at=now, lanes={"inbox": {"took": 0}})


def test_no_worker_is_an_illness(db: None) -> None:
    assert states_of(checks.worker()) == [("worker", ILL)]


def test_a_living_worker_is_well_and_a_stumbling_lane_is_said(alive: Heartbeat) -> None:
    assert states_of(checks.worker()) == [("worker", WELL)]
    Heartbeat.objects.update(lanes={"inbox": {"error": "OperationalError"}})
    assert states_of(checks.worker()) == [("worker", WELL), ("inbox lane", CARE)]


def test_a_worker_silent_for_two_minutes_is_dead(alive: Heartbeat) -> None:
    Heartbeat.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    assert states_of(checks.worker()) == [("worker", ILL)]


def test_late_messages_are_an_illness_unless_their_account_is_lost(claire: Member, channel: Channel) -> None:
    assert states_of(checks.outbox()) == [("outbox", WELL)]
    made = promise(channel, by=claire, text="La fournée.", due_at=timezone.now() + timedelta(minutes=1))
    Delivery.objects.filter(pk=made.pk).update(next_at=timezone.now() - timedelta(minutes=6))
    assert states_of(checks.outbox()) == [("outbox", ILL)]
    Channel.objects.update(state="access_lost")
    assert states_of(checks.outbox()) == [("outbox", WELL)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"state": "access_lost", "state_words": "revoked"}, [("account", ILL)]),
        ({"state": "closed"}, []),
    ],
)  # fmt: skip
def test_accounts(channel: Channel, changes: dict[str, str], expected: list[tuple[str, str]]) -> None:
    Channel.objects.update(**changes)
    assert states_of(checks.accounts()) == expected


@pytest.mark.parametrize(("days", "expected"), [(3, [("account", CARE)]), (30, [])])
def test_a_token_about_to_die_is_said_two_weeks_before(
    channel: Channel, days: int, expected: list[tuple[str, str]]
) -> None:
    Channel.objects.update(expires_at=timezone.now() + timedelta(days=days))
    assert states_of(checks.accounts()) == expected


def test_a_clock_that_went_back_is_seen(claire: Member) -> None:
    assert states_of(checks.clock()) == [("clock", WELL)]
    last = AuditEntry.objects.latest("id")
    AuditEntry.objects.filter(pk=last.pk).update(at=timezone.now() + timedelta(hours=1))
    from django.db import connection

    expected = WELL if connection.vendor == "postgresql" else ILL  # there the database has a clock of its own
    assert states_of(checks.clock()) == [("clock", expected)]


def test_keys_that_others_can_read_are_an_illness(settings: object, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    key = tmp_path / "credentials.key"
    key.write_text("k")
    key.chmod(0o644)
    assert states_of(checks.folder()) == [("data folder", ILL)]
    key.chmod(0o600)
    assert states_of(checks.folder()) == [("data folder", WELL)]


@pytest.mark.parametrize(
    ("url", "state"),
    [
        ("http://127.0.0.1:8000", WELL), ("https://pupitre.example.org", WELL), ("http://pupitre.example.org", ILL),
    ],
)  # fmt: skip
def test_an_address_in_clear_is_an_illness(url: str, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUPITRE_BASE_URL", url)
    assert ("address", state) in states_of(checks.address())


def test_a_mail_server_that_does_not_answer(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    monkeypatch.delenv("PUPITRE_EMAIL_URL", raising=False)
    assert states_of(checks.mail()) == [("mail", CARE)]
    monkeypatch.setenv("PUPITRE_EMAIL_URL", "smtp://127.0.0.1:9")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # type: ignore[attr-defined]
    assert states_of(checks.mail()) == [("mail", ILL)]


def test_the_code_says_whether_something_must_be_mended(
    alive: Heartbeat, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checks, "CHECKS", (checks.worker,))
    assert main(["doctor"]) == 0
    assert capsys.readouterr().out == "ok    worker       1 alive\n"
    assert main(["doctor", "--quiet"]) == 0
    assert capsys.readouterr().out == ""
    Heartbeat.objects.all().delete()
    assert main(["doctor", "--quiet"]) == 1
    assert capsys.readouterr().out.startswith("MEND  worker       none alive")


def test_every_illness_says_what_to_mend(db: None) -> None:
    assert [one for one in checks.examine() if (one.state != WELL) != bool(one.mend)] == []
