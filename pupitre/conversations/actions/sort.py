"""Rules that sort what arrives, and saved replies."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.conversations.care_queries import asks_of, inbox_rules, seen, was_tried
from pupitre.conversations.models import InboxRule, Message, SavedReply, Thread
from pupitre.conversations.rules.priorities import KIND_NAMES
from pupitre.conversations.rules.sorting import fits
from pupitre.core.actions import ensure_task, record, require
from pupitre.core.models import Member, Organisation
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import may

N_ = str
MOST = 50


@transaction.atomic
def inbox_rule(
    *, by: Member, name: str, kind: str = "", language: str = "", channel: Channel | None = None, words: str = "",
    tag: str = "", assign: Member | None = None, alert: bool = False, tried: str,
) -> InboxRule:  # fmt: skip
    """Keep a rule: it acts on what arrives from now on. `tried` is the proof given by its trial on the last days."""
    require(by, "set_charter", channel)
    require(by, "set_charter", assign)
    rule = InboxRule(
        organisation=by.organisation, name=name.strip()[:80], kind=kind, language=language, channel=channel,
        words=words.strip()[:200], tag=tag.strip().lower()[:30], assign=assign, alert=alert, made_by=by,
        made_at=timezone.now(),
    )  # fmt: skip
    faults = [] if rule.name else [Fault("name", N_("Name this rule."))]
    if kind and kind not in KIND_NAMES:
        faults.append(Fault("kind", N_("Choose what it is.")))
    if not asks_of(rule).asks:
        faults.append(Fault("words", N_("Say which messages: a kind, a language, a channel or words.")))
    if not (rule.tag or assign or alert):
        faults.append(Fault("tag", N_("Say what happens: a tag, a person or an alert.")))
    if assign is not None and not may(assign.role, "answer"):
        faults.append(Fault("assign", N_("This person cannot answer.")))
    if faults:
        raise Refusal(N_("This rule is not complete."), faults)
    if not was_tried(by.organisation, asks_of(rule), tried):
        first = N_("Try it on the last thirty days first.")
        raise Refusal(N_("A rule is tried before it is kept."), [Fault("tried", first)])
    if inbox_rules(by.organisation).count() >= MOST:
        raise Refusal(N_("Fifty rules are enough: retire one first."))
    rule.save()
    record(by, "inbox_rule_kept", rule)
    return rule


@transaction.atomic
def inbox_rule_retire(rule: InboxRule, *, by: Member) -> InboxRule:
    """It acts no more; what it did stays."""
    require(by, "set_charter", rule)
    if rule.retired_at is None:
        rule.retired_at = timezone.now()
        rule.save(update_fields=["retired_at"])
        record(by, "inbox_rule_retired", rule)
    return rule


def sort(organisation: Organisation, heard: Sequence[Message]) -> int:
    """Apply the rules to what was just heard, in their order; how many conversations were touched."""
    rules = list(inbox_rules(organisation).select_related("assign")) if heard else []
    touched = 0
    for message in heard if rules else ():
        mine = [rule for rule in rules if fits(asks_of(rule), **seen(message))]  # type: ignore[arg-type]
        if mine:
            _apply(message.thread_id, mine)
            touched += 1
    return touched


@transaction.atomic
def _apply(thread_id: int, rules: list[InboxRule]) -> None:
    thread = Thread.objects.select_related("organisation").get(pk=thread_id)
    tags = sorted({*thread.tags, *(rule.tag for rule in rules if rule.tag)})
    Thread.objects.filter(pk=thread_id).update(tags=tags, version=F("version") + 1)
    to = next((rule for rule in rules if rule.assign and rule.assign.active), None)
    if to is not None:
        free = Thread.objects.filter(pk=thread_id, owner__isnull=True)
        if free.update(owner=to.assign, owned_since=timezone.now()):
            record(None, "assigned", thread, reason=to.name, to=to.assign_id)
    for rule in rules:
        if rule.alert:
            ensure_task(
                thread.organisation, f"inbox-rule:{rule.pk}:{thread_id}", N_("%(rule)s: somebody writes about it."),
                params={"rule": rule.name},
                url=reverse("conversations:thread", args=[thread.organisation.slug, thread_id]),
            )  # fmt: skip


@transaction.atomic
def saved_reply(*, by: Member, title: str, text: str, kind: str = "", language: str = "") -> SavedReply:
    """Keep the beginning of an answer."""
    require(by, "answer")
    faults = [] if title.strip() else [Fault("title", N_("Name this reply."))]
    if len(text.strip()) < 10:
        faults.append(Fault("text", N_("Write the beginning of an answer.")))
    if kind and kind not in KIND_NAMES:
        faults.append(Fault("kind", N_("Choose what it is.")))
    if faults:
        raise Refusal(N_("This reply is not complete."), faults)
    reply = SavedReply.objects.create(
        organisation=by.organisation, title=title.strip()[:80], text=text.strip(), kind=kind,
        language=language if language in {"fr", "en"} else by.organisation.language, made_by=by,
    )  # fmt: skip
    record(by, "reply_saved", reply)
    return reply


@transaction.atomic
def saved_reply_retire(reply: SavedReply, *, by: Member) -> SavedReply:
    """It is offered no more."""
    require(by, "answer", reply)
    if reply.retired_at is None:
        reply.retired_at = timezone.now()
        reply.save(update_fields=["retired_at"])
        record(by, "reply_retired", reply)
    return reply
