"""The lessons and their questions, as data; marking what was answered. Pure."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any

ENOUGH = 3  # right answers of four


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its choices, the rank of the right one, and why."""

    text: str
    choices: tuple[str, ...]
    right: int
    why: str


@dataclass(frozen=True, slots=True)
class Track:
    """One set of lessons in one language. `role` is whom it is for first, `lasts` how long its certificate counts."""

    key: str
    role: str
    skill: str  # rules/skills.py
    lasts: timedelta
    name: str
    lead: str
    lessons: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """How one question was answered; `chosen` is None without an answer."""

    question: Question
    chosen: int | None

    @property
    def right(self) -> bool:
        return self.chosen == self.question.right


@cache
def tracks(language: str) -> Mapping[str, Track]:
    """Every track, in the order in which they are offered."""
    return {key: _track(key, told, "fr" if language == "fr" else "en") for key, told in _told().items()}


def mark(track: Track, answers: Sequence[int | None]) -> list[Mark]:
    """One mark per question; what is missing is not right."""
    known = [*answers, *([None] * len(track.questions))]
    return [Mark(question, known[rank]) for rank, question in enumerate(track.questions)]


def enough(marks: Sequence[Mark]) -> bool:
    return sum(one.right for one in marks) >= ENOUGH


def _track(key: str, told: dict[str, Any], language: str) -> Track:
    here = told[language]
    return Track(
        key, told["role"], told["skill"], timedelta(days=told["lasts"]), here["name"], here["lead"],
        tuple((title, text) for title, text in here["lessons"]),
        tuple(Question(text, tuple(choices), right, why) for text, choices, right, why in here["questions"]),
    )  # fmt: skip


@cache
def _told() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("pupitre.training").joinpath("data/tracks.toml").read_text("utf-8"))
