"""The rules answer at once; the meaning of the words corrects them a little later, never a person."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.conversations import actions
from pupitre.conversations.actions.refine import refine
from pupitre.conversations.models import Message, Thread
from pupitre.conversations.tests.test_journey import said
from pupitre.core.models import AuditEntry, Member
from pupitre.judge.embedding import default_embedder
from pupitre.judge.engine import judge
from pupitre.judge.verdict import Context, Verdict

ASKED = "Vous ouvrez dimanche ?"


def thanks(text: str, context: Context) -> Verdict:
    """A judge that reads thanks in everything."""
    return replace(judge(text, context), kind="praise", polarity="pos", flags=(), engine="local")


@pytest.fixture
def thread(channel: Channel) -> Thread:
    actions.take_in(channel, [said(ASKED, at=timezone.now())])
    thread = Thread.objects.get()
    assert (thread.kind, Message.objects.get().judgement["engine"]) == ("question", "rules")
    return thread


def test_the_thread_follows_and_the_journal_says_so(thread: Thread) -> None:
    due = thread.due_at
    assert refine(again=thanks) == 1

    thread.refresh_from_db()
    assert (thread.kind, thread.polarity, thread.priority) == ("praise", "pos", 70)
    assert due is not None
    assert thread.due_at is not None
    assert thread.due_at > due
    assert AuditEntry.objects.get(verb="judged_again").detail == {"before": "question", "after": "praise"}
    assert refine(again=thanks) == 0


def test_a_person_who_decided_is_not_contradicted(thread: Thread, lucie: Member) -> None:
    actions.correct(thread, "complaint", by=lucie)

    assert refine(again=thanks) == 0
    thread.refresh_from_db()
    assert thread.kind == "complaint"


def test_a_later_word_keeps_the_thread_as_it_is(channel: Channel, thread: Thread) -> None:
    first = Message.objects.get()
    actions.take_in(channel, [said("Et lundi, vous ouvrez ?", id="m2", thread="m1", at=timezone.now())])
    Message.objects.exclude(pk=first.pk).update(judgement={"engine": "local", "kind": "question"})

    assert refine(again=thanks) == 1
    thread.refresh_from_db()
    assert thread.kind == "question"


def test_old_messages_are_left_and_few_are_taken_at_once(channel: Channel) -> None:
    actions.take_in(channel, [said(ASKED, id=f"r{n}", at=timezone.now()) for n in range(6)])
    Message.objects.filter(remote_id="r0").update(taken_at=timezone.now() - timedelta(hours=7))

    assert [refine(again=thanks), refine(again=thanks), refine(again=thanks)] == [4, 1, 0]


@pytest.mark.skipif(default_embedder() is None, reason="the embedding package is not installed")
def test_the_real_engine_judges_again(thread: Thread) -> None:
    assert refine() == 1
    judgement = Message.objects.get().judgement
    assert judgement["engine"] == "local"
    assert judgement["head"]
