"""Named reads of the house's rules, and of the balance of what was said."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from pupitre.channels.models import Channel
from pupitre.core.models import Organisation
from pupitre.editorial.models import HouseRules, Variant
from pupitre.editorial.rules.manners import Manners
from pupitre.judge.lints import SelfTalk, self_talk

WEEKS = timedelta(weeks=4)
ENOUGH = 5  # posts
MOST = 5_000  # texts read for the balance


def rules_of(organisation: Organisation) -> HouseRules:
    """The kept sheet, or the defaults: a public body is strict about what can be read."""
    kept = HouseRules.objects.filter(organisation=organisation).first()
    return kept or HouseRules(organisation=organisation, strict=organisation.kind == "public_body")


def manners_of(channel: Channel) -> Manners:
    """The same as data, from a channel read along with its organisation and its rules."""
    here = channel.organisation
    kept = getattr(here, "house_rules", None)
    if kept is None:
        return Manners(strict=here.kind == "public_body")
    dates = (kept.election_from, kept.election_to) if kept.election_from and kept.election_to else None
    return Manners(tuple(kept.avoid), kept.emoji_most, kept.strict, dates)


@dataclass(frozen=True, slots=True)
class Balance:
    """What four weeks said: posts, how many push, their springs, how much they speak of ourselves, own links."""

    posts: int
    push: int
    ceiling: int
    springs: Counter[str]
    talk: SelfTalk
    own_links: int
    unasked: int

    @property
    def push_over(self) -> bool:
        return self.posts >= ENOUGH and 100 * self.push > self.ceiling * self.posts

    @property
    def tap(self) -> bool:
        """Most posts only lead to our own site: the network is a tap."""
        return self.posts >= ENOUGH and 2 * self.own_links > self.posts


def balance(organisation: Organisation, *, now: datetime) -> Balance:
    """The four weeks before now and what is written for the week to come, one post counted once."""
    rules = rules_of(organisation)
    said = Variant.objects.filter(
        organisation=organisation, post__dropped_at__isnull=True, due_at__gte=now - WEEKS,
        due_at__lt=now + timedelta(weeks=1),
    )  # fmt: skip
    columns = ("post_id", "text", "post__approach", "post__springs", "post__reaction")
    rows = said.order_by("id").values_list(*columns)[:MOST]
    texts: dict[int, list[str]] = {}
    posts: dict[int, tuple[str, list[str], str]] = {}
    for post_id, text, approach, springs, reaction in rows:
        texts.setdefault(post_id, []).append(text)
        posts[post_id] = (approach, springs, reaction)
    own = sum(bool(self_talk(one, own_sites=rules.own_sites).own_links) for one in texts.values())
    return Balance(
        len(posts), sum(one[0] == "push" for one in posts.values()), rules.push_ceiling,
        Counter(spring for one in posts.values() for spring in one[1]),
        self_talk([one[0] for one in texts.values()], own_sites=rules.own_sites), own,
        sum(one[2] == "none" for one in posts.values()),
    )  # fmt: skip
