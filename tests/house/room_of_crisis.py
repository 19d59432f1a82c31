"""A crisis room where everything exists, one of each kind, and cases of before."""

from datetime import datetime, timedelta

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.crisis.models import Audience, Crisis, Criticism, Decision, Evidence, LegalClock, LogLine, Statement
from pupitre.ledger.models import LedgerFact
from pupitre.listening.models import Alert, ListenedHour, WatchQuery
from pupitre.publishing.models import Delivery
from pupitre.publishing.standing import CRISIS


def furnish_crisis(by: Member, channel: Channel, now: datetime, times: int) -> None:
    here = by.organisation
    query = WatchQuery.objects.filter(organisation=here).first()
    assert query is not None
    ListenedHour.objects.create(organisation=here, at=now.replace(minute=0, second=0, microsecond=0))
    for number in range(times):
        alert = Alert.objects.create(
            organisation=here, query=query, sign="hour", began_at=now - timedelta(hours=9 * number + 2),
            last_at=now - timedelta(hours=9 * number), seen=40, expected=2.5,
        )  # fmt: skip
        Crisis.objects.create(
            organisation=here, title=f"Panne d’avant, {number}", situation="accident", opened_by=by, opened_at=now,
            closed_by=by, closed_at=now,
        )  # fmt: skip
    case = Crisis.objects.create(
        organisation=here, title="Noisette non étiquetée", situation="checking", alert=alert, opened_by=by,
        opened_at=now, next_update_at=now + timedelta(minutes=30),
    )  # fmt: skip
    for number in range(times):
        _row(case, by, channel, now, number)


def _row(case: Crisis, by: Member, channel: Channel, now: datetime, number: int) -> None:
    common = {"crisis": case, "organisation": case.organisation}
    fact = LedgerFact.objects.create(
        organisation=case.organisation, text=f"Pain aux figues, lot {number}", owner=by, added_by=by
    )
    case.facts.add(fact)
    Audience.objects.create(**common, kind="staff", name=f"L’équipe {number}", rank=number)
    word = Statement.objects.create(**common, number=number + 1, text="Nous vérifions.", language="fr", written_by=by)
    word.deliveries.add(Delivery.objects.filter(channel=channel).order_by("id")[0])
    Criticism.objects.create(**common, text=f"Vous saviez, {number}")
    Evidence.objects.create(
        **common, url=f"https://fake.example/{number}", text="Vu", digest="0" * 64, taken_at=now, taken_by=by
    )
    for key in ("cnil", "people", "press", "reply")[number : number + 1]:
        LegalClock.objects.create(**common, key=key, began_at=now, due_at=now + timedelta(hours=72))
    Decision.objects.create(**common, option="hold", reason="On vérifie", by=by, at=now)
    LogLine.objects.create(**common, at=now, member=by, verb="opened", params={"name": "Claire"})
    Delivery.objects.create(
        organisation=case.organisation, channel=channel, state="held", held_reason=CRISIS, text=f"Gelée {number}",
        fingerprint=f"frozen{number}", due_at=now + timedelta(hours=number + 1), promised_by=by,
    )  # fmt: skip
