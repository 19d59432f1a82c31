"""A conversation that follows what colleagues do on it: server-sent events, a few per process; pages work without.

Each stream looks at the conversation twice a second in a small pool of threads, so that any number of processes agree
through the database alone. When a process has all the streams it may hold, it answers 204: the browser stops asking.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.views.decorators.http import require_POST

from pupitre.conversations import actions
from pupitre.conversations.models import Thread
from pupitre.conversations.presence import Live, look
from pupitre.core.models import Member
from pupitre.shell.web.access import DeskRequest, member_view, mine

EVERY, SIGN, PING = 0.4, 5.0, 15.0  # seconds between two looks, two signs of presence, two words to the proxy
LASTS = 600.0
MOST, MOST_EACH = 200, 8
_open: Counter[int] = Counter()  # streams of this process, by member
_pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="live")


class Watch(NamedTuple):
    """Who watches what, in which language, since when the page was made."""

    thread: Thread
    member: Member
    language: str
    token: str
    seen: datetime | None


@member_view
def live(request: DeskRequest, pk: int) -> HttpResponseBase:
    """The stream of one conversation for one colleague."""
    thread = mine(request, Thread, pk)
    if sum(_open.values()) >= MOST or _open[request.member.pk] >= MOST_EACH:
        return HttpResponse(status=204)
    watch = Watch(
        thread, request.member, translation.get_language() or "fr", get_token(request),
        _moment(request.GET.get("seen", "")),
    )  # fmt: skip
    words: Any = followed(watch) if isinstance(request, ASGIRequest) else told(watch)
    answer = StreamingHttpResponse(words, content_type="text/event-stream; charset=utf-8")
    answer.headers["Cache-Control"], answer.headers["X-Accel-Buffering"] = "no-store", "no"
    return answer


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


async def followed(watch: Watch) -> AsyncIterator[bytes]:
    """The stream under an asynchronous server: no thread waits for it."""
    loop = asyncio.get_running_loop()
    turn = Turns(watch)
    _open[watch.member.pk] += 1
    try:
        yield b"retry: 2000\n\n"
        while turn.lasts():
            words = await loop.run_in_executor(_pool, partial(_apart, turn.next))
            if words is None:
                return
            if words:
                yield words
            await asyncio.sleep(EVERY)
    finally:
        _open[watch.member.pk] -= 1
        _pool.submit(_apart, turn.over)


def told(watch: Watch) -> Iterator[bytes]:
    """The same under a server with one thread a request."""
    turn = Turns(watch)
    _open[watch.member.pk] += 1
    try:
        yield b"retry: 2000\n\n"
        while turn.lasts():
            words = turn.next()
            if words is None:
                return
            if words:
                yield words
            time.sleep(EVERY)
    finally:
        _open[watch.member.pk] -= 1
        turn.over()


def _apart(work: Callable[[], bytes | None]) -> bytes | None:
    """Work in a thread of the pool, which keeps no connection that has died."""
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()


class Turns:
    """What to say at each look: the block when it differs, a word for the proxy when nothing did for long."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.before: tuple[Live, bool] | None = None
        self.began = self.said_at = time.monotonic()
        self.signed_at = self.began - SIGN

    def lasts(self) -> bool:
        return time.monotonic() - self.began < LASTS

    def next(self) -> bytes | None:
        """Bytes to send, empty for nothing new, None when the conversation is gone."""
        watch, at = self.watch, time.monotonic()
        if at - self.signed_at >= SIGN:
            actions.be_there(watch.thread, by=watch.member)
            self.signed_at = at
        now = look(watch.thread.pk, member_id=watch.member.pk, now=timezone.now())
        if now is None:
            return None
        seen = (now, now.since(watch.seen))
        if self.before is not None and _same(self.before, seen):
            if at - self.said_at < PING:
                return b""
            self.said_at = at
            return b": here\n\n"
        self.before, self.said_at = seen, at
        return event(watch, now)

    def over(self) -> None:
        actions.leave(self.watch.thread, by=self.watch.member)


def _same(one: tuple[Live, bool], other: tuple[Live, bool]) -> bool:
    return one[1] == other[1] and one[0] == other[0]


def event(watch: Watch, now: Live) -> bytes:
    """The block as a page shows it, on one line."""
    with translation.override(watch.language):
        html = render_to_string("conversations/live.html", {
            "live": now, "thread": watch.thread, "organisation": watch.member.organisation, "member": watch.member,
            "csrf_token": watch.token, "news": now.since(watch.seen),
        })  # fmt: skip
    return f"event: live\ndata: {' '.join(html.split())}\n\n".encode()


@require_POST
@member_view
def typing(request: DeskRequest, pk: int) -> HttpResponse:
    """A browser says that its person writes."""
    actions.be_there(mine(request, Thread, pk), by=request.member, typing=True)
    return HttpResponse(status=204)
