"""Named reads of those who were heard, newest first and by key: links may bring many."""

from dataclasses import dataclass

from django.db.models import CharField, TextField, Value
from django.db.models.functions import Cast

from pupitre.core.models import Organisation
from pupitre.strategy.held import once
from pupitre.strategy.models import Finding, Hearing

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


@once
def analysis(organisation: Organisation) -> tuple[list[Found], list[Heard]]:
    """What was found and what was heard, oldest first, asked of the database in one time."""
    words = {"output_field": TextField()}
    found = Finding.objects.filter(organisation=organisation).values_list(
        Value("found", output_field=CharField()), "id", "box", "text", "evidence", "outcome"
    )
    heard = Hearing.objects.filter(organisation=organisation).values_list(
        Value("heard", output_field=CharField()), "id", "group", Cast("name", **words), "said", Value("", **words)
    )
    rows = sorted(found.union(heard, all=True), key=lambda row: row[1])
    return [Found(*row[1:]) for row in rows if row[0] == "found"], [
        Heard(*row[1:5]) for row in rows if row[0] == "heard"
    ]


def page(organisation: Organisation, *, before: int | None = None) -> tuple[list[Hearing], int | None]:
    """(twenty, the key of the next page or None)."""
    rows = Hearing.objects.filter(organisation=organisation).order_by("-id")
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None
