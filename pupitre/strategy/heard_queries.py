"""Named reads of the ground a strategy stands on: findings, who was heard, problems, comparisons."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import CharField, TextField, Value
from django.db.models.functions import Cast, Coalesce

from pupitre.core.models import Organisation
from pupitre.strategy.held import once
from pupitre.strategy.models import Finding, Hearing, Peer, Problem

PAGE = 20
QUOTED = 12  # of each group, in the decision file


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the analysis, as a finding keeps it."""

    id: int
    box: str
    text: str
    evidence: str
    outcome: str

    @property
    def pk(self) -> int:
        return self.id


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody who was asked, where this person stands, and what was said."""

    id: int
    group: str
    name: str
    said: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A problem beside the leading one; `owner` is a name, empty when nobody carries it."""

    id: int
    question: str
    evidence: str
    owner: str

    @property
    def pk(self) -> int:
        return self.id


@dataclass(frozen=True, slots=True)
class Compared:
    """Somebody of one's size, their audience beside ours in people, and what was learned from them."""

    id: int
    name: str
    audience: int
    ours: int
    learned: str


class Ground(NamedTuple):
    """All of it, oldest first; comparisons newest first."""

    found: list[Found]
    heard: list[Heard]
    problems: list[Stated]
    peers: list[Compared]


@once
def ground(organisation: Organisation) -> Ground:
    """What a strategy stands on, asked of the database in one time: it is short, and pages show several parts."""
    words = {"output_field": TextField()}
    nothing = Value("", **words)
    found = Finding.objects.filter(organisation=organisation).values_list(
        Value("found", output_field=CharField()), "id", "box", "text", "evidence", "outcome"
    )
    heard = Hearing.objects.filter(organisation=organisation).values_list(
        Value("heard", output_field=CharField()), "id", "group", Cast("name", **words), "said", nothing
    )
    stated = Problem.objects.filter(organisation=organisation).values_list(
        Value("stated", output_field=CharField()), "id", Value("", output_field=CharField()), "question", "evidence",
        Coalesce(Cast("owner__user__name", **words), nothing),
    )  # fmt: skip
    peers = Peer.objects.filter(organisation=organisation).values_list(
        Value("peer", output_field=CharField()), "id", "name", "learned", Cast("audience", **words),
        Cast("ours", **words),
    )  # fmt: skip
    rows = sorted(found.union(heard, stated, peers, all=True), key=lambda row: row[1])
    by_kind = {kind: [row[1:] for row in rows if row[0] == kind] for kind in ("found", "heard", "stated", "peer")}
    return Ground(
        [Found(*row) for row in by_kind["found"]], [Heard(*row[:4]) for row in by_kind["heard"]],
        [Stated(row[0], *row[2:]) for row in by_kind["stated"]],
        [Compared(pk, name, int(audience), int(ours), learned)
         for pk, name, learned, audience, ours in reversed(by_kind["peer"])],
    )  # fmt: skip


def page(organisation: Organisation, *, before: int | None = None) -> tuple[list[Hearing], int | None]:
    """(twenty, the key of the next page or None)."""
    rows = Hearing.objects.filter(organisation=organisation).order_by("-id")
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None
