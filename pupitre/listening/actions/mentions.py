"""What is done of a mention: a conversation, a task, a draft of ours, or nothing, said."""

from django.db import transaction

from pupitre.conversations.actions import open_from
from pupitre.conversations.models import Thread
from pupitre.core.actions import ensure_task, record, require
from pupitre.core.models import Member, Task
from pupitre.core.rules.refusals import Conflict
from pupitre.editorial.actions import save_post
from pupitre.editorial.models import Post
from pupitre.editorial.rules.draft import MAX_BRIEF, MAX_TITLE, Draft
from pupitre.listening.models import Item, Mention

N_ = str


@transaction.atomic
def open_conversation(mention: Mention, *, by: Member) -> Thread:
    """Somebody deserves an answer where she spoke."""
    require(by, "listen", mention)
    if mention.thread_id:
        raise Conflict(N_("A conversation is open about this already."))
    item = mention.item
    thread = open_from(
        by=by, text=item.text[:5000], author_name=item.source.title, url=item.url, at=item.at, language=item.language
    )
    mention.thread_id, mention.state = thread.pk, "opened"
    mention.save(update_fields=["thread_id", "state"])
    record(by, "mention_opened", mention, thread=thread.pk)
    return thread


@transaction.atomic
def make_task(mention: Mention, *, by: Member) -> Task:
    require(by, "listen", mention)
    task = ensure_task(
        by.organisation, f"mention:{mention.pk}", N_("Look into: %(title)s"), url=mention.item.url[:300],
        params={"title": str(mention.item)[:150]},
    )  # fmt: skip
    mention.state = "noted"
    mention.save(update_fields=["state"])
    record(by, "mention_noted", mention)
    return task


@transaction.atomic
def write_about(mention: Mention, *, by: Member) -> Post:
    """A draft that says where it comes from and holds none of its words: each channel still wants its own text."""
    require(by, "listen", mention)
    item = mention.item
    post = save_post(None, Draft(title=_named(item), brief={"thanks_to": _cited(item)}), by=by)
    mention.state = "kept" if mention.state == "new" else mention.state
    mention.save(update_fields=["state"])
    record(by, "mention_written_about", mention, post=post.pk)
    return post


def _named(item: Item) -> str:
    """For the team: the headline of an article if it has one, else where it was said and when. Never its words."""
    return (item.title.strip() or f"{item.source}, {item.at:%Y-%m-%d}")[:MAX_TITLE]


def _cited(item: Item) -> str:
    """The source and its address; an address that does not fit is left out whole, never cut."""
    name = str(item.source)
    cited = f"{name}, {item.url}" if item.url else name
    return cited if len(cited) <= MAX_BRIEF else name[:MAX_BRIEF]


@transaction.atomic
def drop_mention(mention: Mention, *, by: Member, kept: bool = False) -> Mention:
    """It is not about us, or it is (`kept`): either way, somebody has looked."""
    require(by, "listen", mention)
    mention.state = "kept" if kept else "dropped"
    mention.save(update_fields=["state"])
    record(by, "mention_kept" if kept else "mention_dropped", mention)
    return mention
