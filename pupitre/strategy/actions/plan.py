"""Writing the plan: problem, publics, message, means, findings, hearings, deduction, override and signature."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from pupitre.core.actions import ensure_task, record, require
from pupitre.core.actions.tasks import settle_task
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, NotYet, Refusal
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.casefile import words
from pupitre.strategy.catalogue import load
from pupitre.strategy.deduction.case import ABILITIES
from pupitre.strategy.deduction.platforms import TRACKS
from pupitre.strategy.deduction.report import as_json
from pupitre.strategy.models import Deduction, Finding, Hearing, Override, Plan, Public
from pupitre.strategy.rules import gate
from pupitre.strategy.rules.steps import ITEMS

N_ = str
TEXTS = {"sector": 3, "problem": 20, "evidence": 10, "positioning": 20, "message": 20, "tone": 3}
LEVELS = {"none": 0.0, "some": 0.5, "good": 0.9}
BOXES = ("strength", "weakness", "opportunity", "threat")
GROUPS = ("sales", "support", "served", "other")
SITES = ("ok", "poor", "none")
LEAST_REASON = 20
PUBLIC_LIMITS = {"track": 20, "ages": 40, "roles": 200, "place": 120}


@transaction.atomic
def save_plan(*, by: Member, **typed: Any) -> Plan:
    """Write some fields of the plan; those that are not named stay. Raises Refusal with one fault per field.

    Texts: sector, problem, evidence, positioning, message, tone. Means: hours_per_week, euros_per_month, repliers,
    site, press, selectivity, and one level (none, some, good) per ability.
    """
    require(by, "decide_strategy")
    kept = reads.plan(by.organisation)
    faults = [*_texts(kept, typed), *_means(kept, typed)]
    if faults:
        raise Refusal(N_("Some answers are still missing."), faults)
    kept.save()
    record(by, "plan_saved", kept, fields=sorted(typed))
    return kept


@transaction.atomic
def save_public(public: Public | None = None, *, by: Member, name: str, **typed: str) -> Public:
    """Name a public and situate it, by age or by role."""
    require(by, "decide_strategy", public)
    refused = gate.refusal("target_public", name, language=_language(by))
    faults = [Fault("name", refused.message, examples=refused.examples)] if refused else []
    if typed.get("track") and typed["track"] not in TRACKS:
        faults.append(Fault("track", N_("Choose one of the four tracks.")))
    if typed.get("ages") and words.ages(typed["ages"]) is None:
        faults.append(Fault("ages", N_("Write ages such as 16-20, 60+ or under 45.")))
    others = Public.objects.filter(organisation=by.organisation, name=name.strip())
    taken = others.exclude(pk=public.pk) if public else others
    if not refused and taken.exists():
        faults.append(Fault("name", N_("This public is already here.")))
    if faults:
        raise Refusal(N_("This public is not clear yet."), faults)
    kept = public or Public(organisation=by.organisation)
    kept.name = name.strip()[:200]
    for key in PUBLIC_LIMITS:
        setattr(kept, key, typed.get(key, "").strip()[: PUBLIC_LIMITS[key]])
    kept.save()
    record(by, "public_saved", kept)
    return kept


@transaction.atomic
def remove_public(public: Public, *, by: Member) -> None:
    require(by, "decide_strategy", public)
    record(by, "public_removed", public)
    public.delete()


@transaction.atomic
def save_finding(
    finding: Finding | None = None, *, by: Member, box: str, text: str, evidence: str, outcome: str
) -> Finding:
    """A line of the analysis: no fact without evidence. An empty outcome stays to decide."""
    require(by, "decide_strategy", finding)
    faults = []
    if box not in BOXES:
        faults.append(Fault("box", N_("Choose a box.")))
    if len(text.strip()) < 10:
        faults.append(Fault("text", N_("Say it in one sentence.")))
    if len(evidence.strip()) < 5:
        faults.append(Fault("evidence", N_("What shows it? A mention, a figure, an interview.")))
    if faults:
        raise Refusal(N_("A fact comes with its evidence."), faults)
    kept = finding or Finding(organisation=by.organisation)
    kept.box, kept.text, kept.evidence, kept.outcome = box, text.strip(), evidence.strip(), outcome.strip()
    kept.save()
    _decide(kept)
    record(by, "finding_saved", kept)
    return kept


def _decide(finding: Finding) -> None:
    """A fact without an outcome waits among the tasks; “nothing” is an outcome."""
    subject = f"finding:{finding.pk}"
    if finding.outcome:
        settle_task(finding.organisation, subject)
        return
    url = reverse("strategy:findings", args=[finding.organisation.slug])
    fact: dict[str, object] = {"fact": Truncator(finding.text).chars(120)}
    ensure_task(finding.organisation, subject, N_("Decide what is done about: %(fact)s"), url=url, params=fact)


@transaction.atomic
def hear(*, by: Member, group: str, name: str, said: str, heard_on: date | None = None) -> Hearing:
    """Keep what somebody said before the decision."""
    require(by, "decide_strategy")
    faults = []
    if group not in GROUPS:
        faults.append(Fault("group", N_("Say where this person stands.")))
    if not name.strip():
        faults.append(Fault("heard_name", N_("Who was heard?")))
    if len(said.strip()) < 5:
        faults.append(Fault("said", N_("What did this person say?")))
    if faults:
        raise Refusal(N_("A voice that was heard has a name and words."), faults)
    kept = Hearing.objects.create(
        organisation=by.organisation, group=group, name=name.strip()[:120], said=said.strip(),
        heard_on=heard_on or timezone.localdate(),
    )  # fmt: skip
    record(by, "hearing_kept", kept)
    return kept


@transaction.atomic
def remove_hearing(hearing: Hearing, *, by: Member) -> None:
    """Somebody asked that these words be forgotten, or they were kept by mistake."""
    require(by, "decide_strategy", hearing)
    record(by, "hearing_removed", hearing, group=hearing.group)
    hearing.delete()


@transaction.atomic
def deduce_channels(*, by: Member) -> Deduction:
    """Deduce now and keep the answer in both languages. Raises NotYet while an earlier step is incomplete."""
    require(by, "decide_strategy")
    today = timezone.localdate()
    channels = reads.path(by.organisation, today=today)[-1]
    if channels.state == "locked":
        faults = [Fault(item, ITEMS[item][1]) for item in channels.missing]
        raise NotYet(N_("Channels come last: earlier steps are not complete."), faults)
    found = reads.recommendation(by.organisation, today=today)
    catalogue = load()
    kept = Deduction.objects.create(
        organisation=by.organisation, made_from=reads.strategy_file(by.organisation), made_on=today,
        catalogue_version=catalogue.version,
        answer={language: as_json(found, catalogue=catalogue, language=language) for language in ("fr", "en")},
    )  # fmt: skip
    record(by, "channels_deduced", kept, open=[p.platform for p in found.open])
    return kept


@transaction.atomic
def override(platform: str, *, by: Member, reason: str) -> Override:
    """The owner goes against a refusal, in writing. The reason stays in the journal and returns at each review."""
    require(by, "override")
    known = load().platforms.get(platform)
    faults = []
    if known is None or known.has_ended:
        faults.append(Fault("platform", N_("This network cannot be opened any more.")))
    if len(reason.strip()) < LEAST_REASON:
        faults.append(Fault("override_reason", N_("Give the reason in one sentence: it will appear in the review.")))
    if faults:
        raise Refusal(N_("An override is written."), faults)
    kept = Override.objects.create(organisation=by.organisation, platform=platform, reason=reason.strip(), by=by)
    record(by, "refusal_overridden", kept, reason=reason.strip())
    return kept


@transaction.atomic
def sign_plan(*, by: Member, name: str, dissent: str = "") -> Plan:
    """A named leader signs for a year; remarks against are kept. Raises NotYet before a deduction that is fresh."""
    require(by, "decide_strategy")
    last = reads.last_deduction(by.organisation)
    if last is None or reads.is_stale(last):
        raise NotYet(N_("Deduce the channels first: one signs what is on the page."), [])
    if len(name.strip()) < 3:
        raise Refusal(N_("A strategy is signed by a person."), [Fault("signed_name", N_("Who signs?"))])
    kept = reads.plan(by.organisation)
    kept.signed_by, kept.signed_name, kept.signed_on = by, name.strip()[:120], timezone.localdate()
    kept.dissent = dissent.strip()
    kept.save()
    settle_task(kept.organisation, "signature:plan")
    record(by, "plan_signed", kept, name=kept.signed_name)
    return kept


def _language(by: Member) -> gate.Language:
    return "en" if by.organisation.language == "en" else "fr"


def _texts(kept: Plan, typed: dict[str, Any]) -> list[Fault]:
    faults = []
    for name, least in TEXTS.items():
        if name not in typed:
            continue
        text = str(typed[name] or "").strip()
        limit = Plan._meta.get_field(name).max_length  # type: ignore[union-attr]
        if len(text) < least:
            faults.append(Fault(name, N_("Say a little more.")))
        elif limit and len(text) > limit:
            faults.append(Fault(name, N_("Shorten this to %(limit)s characters."), {"limit": limit}))
        setattr(kept, name, text)
    return faults


def _means(kept: Plan, typed: dict[str, Any]) -> list[Fault]:
    faults: list[Fault] = []
    if "hours_per_week" in typed:
        kept.hours_per_week = _number("hours_per_week", typed, faults, most=500)
        if not faults and not kept.hours_per_week:
            faults.append(Fault("hours_per_week", N_("How many hours a week, holidays aside?")))
    if typed.get("euros_per_month"):
        kept.euros_per_month = _number("euros_per_month", typed, faults, most=10_000_000)
    if "repliers" in typed:
        people = _number("repliers", typed, faults, most=1000)
        kept.repliers = int(people) if people is not None else None
    if "site" in typed and kept.site_url and typed["site"] != kept.site:
        faults.append(Fault("site", N_("The site was visited: visit it again rather than describe it.")))
    elif "site" in typed:
        kept.site = typed["site"] if typed["site"] in SITES else ""
    if "press" in typed:
        kept.press = str(typed["press"]).lower() in ("true", "on", "1", "yes")
    if "selectivity" in typed:
        kept.selectivity = LEVELS.get(str(typed["selectivity"]), 0.0)
    levels = {a: LEVELS[str(typed[a])] for a in ABILITIES if str(typed.get(a, "")) in LEVELS}
    kept.abilities = {**kept.abilities, **levels}
    return faults


def _number(name: str, typed: dict[str, Any], faults: list[Fault], *, most: int) -> Decimal | None:
    plain = str(typed[name] if typed[name] is not None else "").replace("\u202f", "").replace(" ", "").replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 <= value <= most:
        faults.append(Fault(name, N_("Write a number.")))
        return None
    return value
