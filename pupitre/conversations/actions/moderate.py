"""Hiding what breaks the published rules: a reason, a copy, a second person. A criticism is answered, not hidden."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from pupitre.channels.connections import connector
from pupitre.connectors.contract import Capability, Failed, Path, Ref
from pupitre.connectors.offers import Moderating
from pupitre.connectors.registry import manifest
from pupitre.conversations.models import Message, Moderation, ModerationRule
from pupitre.conversations.rules.moderating import USUAL, digest, hideable
from pupitre.core.actions import ensure_task, record, require
from pupitre.core.actions.tasks import settle_task
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, NotAllowed, NotFound, Refusal

N_ = str
MOST_RULES = 12


@transaction.atomic
def moderation_rule(*, by: Member, title: str, text: str) -> ModerationRule:
    """Publish one more reason."""
    require(by, "set_charter")
    faults = []
    if not title.strip():
        faults.append(Fault("title", N_("Name this rule.")))
    if len(text.strip()) < 10:
        faults.append(Fault("text", N_("Say in one sentence what is hidden.")))
    if faults:
        raise Refusal(N_("A rule is published: it must be clear."), faults)
    return _publish(by, title.strip()[:80], text.strip()[:400])


@transaction.atomic
def usual_rules(*, by: Member) -> list[ModerationRule]:
    """Begin with the four usual reasons, in the language of who begins; each can be retired."""
    require(by, "set_charter")
    if ModerationRule.objects.filter(organisation=by.organisation, retired_at__isnull=True).exists():
        raise Conflict(N_("Rules are published already."))
    return [_publish(by, gettext(title), gettext(text)) for title, text in USUAL]


def _publish(by: Member, title: str, text: str) -> ModerationRule:
    kept = ModerationRule.objects.filter(organisation=by.organisation, retired_at__isnull=True)
    if kept.count() >= MOST_RULES:
        raise Refusal(N_("Twelve rules are enough: retire one first."))
    rule = ModerationRule.objects.create(
        organisation=by.organisation, title=title, text=text, published_at=timezone.now()
    )
    record(by, "rule_published", rule)
    return rule


@transaction.atomic
def moderation_retire(rule: ModerationRule, *, by: Member) -> ModerationRule:
    """It gives no reason any more; what was hidden for it keeps it."""
    require(by, "set_charter", rule)
    if rule.retired_at is None:
        rule.retired_at = timezone.now()
        rule.save(update_fields=["retired_at"])
        record(by, "rule_retired", rule)
    return rule


@transaction.atomic
def hide(message: Message, *, by: Member, rule: ModerationRule | None, why: str) -> Moderation:
    """Ask that a message be hidden: its copy is kept at once, and a second person decides."""
    require(by, "close", message)
    if message.ours or message.kind == "note":
        raise NotFound
    kind = message.corrected or message.judgement.get("kind", message.thread.kind)
    if not hideable(kind):
        raise NotAllowed(N_(
            "This is not abuse: it is answered, not hidden. If it was misread, correct what it is first."
        ))  # fmt: skip
    faults = []
    if rule is None or rule.organisation_id != by.organisation_id or rule.retired_at is not None:
        faults.append(Fault("rule", N_("Choose one of the published rules.")))
    if len(why.strip()) < 5:
        faults.append(Fault("why", N_("Say in one sentence what breaks it.")))
    if faults or rule is None:
        raise Refusal(N_("Hiding needs a published reason."), faults)
    evidence = _copy(message, rule)
    try:
        with transaction.atomic():
            asked = Moderation.objects.create(
                organisation=by.organisation, message=message, rule=rule, why=why.strip()[:400], evidence=evidence,
                digest=digest(evidence), asked_by=by, asked_at=timezone.now(),
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(N_("Somebody asked this already.")) from None
    ensure_task(
        by.organisation, f"moderation:{asked.pk}", N_("Hide or keep what %(name)s wrote? A second person decides."),
        params={"name": message.author_name or message.author_handle},
        url=reverse("conversations:moderation", args=[by.organisation.slug]),
    )  # fmt: skip
    record(by, "asked_to_hide", message, reason=why, rule=rule.title, digest=asked.digest)
    return asked


def _copy(message: Message, rule: ModerationRule) -> dict[str, str]:
    return {
        "text": message.text, "author": message.author_name, "handle": message.author_handle,
        "at": message.at.isoformat(), "where": str(message.channel or ""), "permalink": message.permalink,
        "remote_id": message.remote_id, "rule": rule.title, "rule_text": rule.text,
    }  # fmt: skip


def moderation_settle(asked: Moderation, *, by: Member, agreed: bool, answer: str = "") -> Moderation:
    """The second person's word. Agreed: hidden there by the network where it can, else by hand."""
    require(by, "close", asked)
    if asked.asked_by_id == by.pk:
        raise NotAllowed(N_("A second person decides, not the one who asked."))
    if asked.state != "asked":
        raise Conflict(N_("This is decided already."))
    if not agreed and len(answer.strip()) < 5:
        raise Refusal(N_("Say why it stays."), [Fault("answer", N_("Say why it stays."))])
    state = "kept"
    if agreed:
        state = "hidden" if _hidden_there(asked.message) else "by_hand"
    return _decide(asked, by=by, state=state, answer=answer)


def _hidden_there(message: Message | None) -> bool:
    """Hidden by the network's own gesture; False where a person must do it there."""
    if message is None or message.channel is None or not message.remote_id:
        return False
    if manifest(message.channel.network).paths.get(Capability.HIDE) != Path.API:
        return False
    try:
        network = connector(message.channel)
        if not isinstance(network, Moderating):
            return False
        network.hide(Ref(message.remote_id, message.remote_extra), hidden=True)
    except Failed as error:
        raise Conflict(N_("The network did not hide it: %(words)s"), params={"words": error.words}) from error
    return True


@transaction.atomic
def _decide(asked: Moderation, *, by: Member, state: str, answer: str) -> Moderation:
    now = timezone.now()
    waiting = Moderation.objects.filter(pk=asked.pk, state="asked")
    if not waiting.update(state=state, decided_by=by, decided_at=now, answer=answer.strip()[:400]):
        raise Conflict(N_("This is decided already."))
    asked.refresh_from_db()
    if state == "hidden":
        Message.objects.filter(moderations=asked).update(hidden_at=now)
    settle_task(asked.organisation, f"moderation:{asked.pk}")
    record(by, "hid" if state != "kept" else "kept_visible", asked, reason=answer, state=state, digest=asked.digest)
    return asked


@transaction.atomic
def moderation_done(asked: Moderation, *, by: Member) -> Moderation:
    """A person has hidden it there."""
    require(by, "close", asked)
    now = timezone.now()
    if not Moderation.objects.filter(pk=asked.pk, state="by_hand").update(state="hidden"):
        raise Conflict(N_("Nothing is left to do by hand here."))
    Message.objects.filter(moderations=asked).update(hidden_at=now)
    asked.refresh_from_db()
    record(by, "hid", asked, state="hidden", digest=asked.digest)
    return asked
