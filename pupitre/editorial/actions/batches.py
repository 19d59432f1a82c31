"""Tables of posts: shown with each bad row explained, then kept in one transaction or not at all."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.editorial.models import Batch, Post, Variant, Version
from pupitre.editorial.planning_queries import named
from pupitre.editorial.rules import table
from pupitre.editorial.rules.content import mark
from pupitre.editorial.rules.table import Line

N_ = str


@transaction.atomic
def give_table(data: bytes, *, by: Member, name: str) -> Batch:
    """Keep a table as it was given; nothing is on the score before `apply_table`. Refusal when it is no table."""
    require(by, "write")
    text = table.decoded(data)
    if isinstance(text, Fault):
        raise Refusal(text.text, [text])
    lines = table.read(text, named(by.organisation), now=timezone.now())
    if isinstance(lines, Fault):
        raise Refusal(lines.text, [lines])
    return Batch.objects.create(organisation=by.organisation, name=name.strip()[:200] or "…", text=text, member=by)


@transaction.atomic
def apply_table(batch: Batch, *, by: Member) -> Batch:
    """Put every good row on the score as a draft, once; the others stay explained."""
    require(by, "write", batch)
    now = timezone.now()
    if not Batch.objects.filter(pk=batch.pk, applied_at__isnull=True).update(applied_at=now):
        raise Conflict(N_("This table is already on the score."))
    lines = table.read(batch.text, named(by.organisation), now=now)
    if isinstance(lines, Fault):
        raise Refusal(lines.text, [lines])
    good = [line for line in lines if not line.faults]
    if not good:
        raise Refusal(N_("No row of this table can be kept."))
    _keep(good, by, now)
    batch.applied_at, batch.kept, batch.left = now, len(good), len(lines) - len(good)
    batch.save(update_fields=["kept", "left"])
    record(by, "table_kept", batch, kept=batch.kept, left=batch.left)
    return batch


def _keep(lines: Sequence[Line], by: Member, now: datetime) -> None:
    here = by.organisation
    posts = Post.objects.bulk_create(
        [
            Post(
                organisation=here, created_by=by, title=line.title, objective_id=line.objective_id,
                voice_id=line.voice_id, relation=line.relation, expression=line.expression, minutes=line.minutes,
            )
            for line in lines
        ],
        batch_size=200,
    )  # fmt: skip
    versions = Version.objects.bulk_create(
        [
            Version(
                organisation=here, post=post, channel_id=line.channel_id, number=1, text=line.text,
                form=line.form.told(), digest=mark(line.text, (), form=line.form.told()), member=by,
            )
            for post, line in zip(posts, lines, strict=True)
        ],
        batch_size=200,
    )  # fmt: skip
    Variant.objects.bulk_create(
        [
            Variant(
                organisation=here, post=post, channel_id=line.channel_id, text=line.text, form=line.form.told(),
                due_at=line.due_at, version=version,
            )
            for post, version, line in zip(posts, versions, lines, strict=True)
        ],
        batch_size=200,
    )  # fmt: skip


@transaction.atomic
def forget_table(batch: Batch, *, by: Member) -> None:
    """Throw a table away; what it put on the score stays there."""
    require(by, "write", batch)
    record(by, "table_forgotten", batch)
    batch.delete()
