"""What an account obeys is kept whole: a rule lost on the way would let a message be refused in public."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.channels.connections import limits_as_json, limits_of
from pupitre.channels.models import Channel
from pupitre.connectors.contract import Limits, MediaRule, TextRule, Unit
from pupitre.connectors.registry import networks

TEXTS = st.builds(
    TextRule, st.integers(0, 100_000), st.sampled_from(Unit), st.none() | st.integers(0), st.none() | st.integers(0),
    st.booleans(),
)  # fmt: skip
MEDIA = st.builds(
    MediaRule, st.integers(0, 20), st.tuples(st.just("image/png")), st.integers(0), required=st.booleans()
)
RULES = st.builds(
    Limits, TEXTS, MEDIA, poll_options=st.none() | st.tuples(st.integers(0), st.integers(0)),
    poll_option_limit=st.integers(0), per_day=st.none() | st.integers(0), with_media=st.none() | TEXTS,
)  # fmt: skip


def kept(limits: Limits, network: str = "fake") -> Limits:
    return limits_of(Channel(network=network, limits=limits_as_json(limits)))


@pytest.mark.parametrize("network", sorted(networks()))
def test_the_limits_of_every_network_survive_being_kept(network: str) -> None:
    limits = networks()[network].limits

    assert kept(limits, network) == limits
    assert kept(replace(limits, with_media=TextRule(1024, Unit.UTF16))).with_media == TextRule(1024, Unit.UTF16)


@given(RULES)
def test_any_limits_survive_being_kept(limits: Limits) -> None:
    assert kept(limits) == limits


def test_limits_kept_before_a_rule_existed_are_still_read() -> None:
    old = {"text": {"limit": 300, "unit": "graphemes"}, "media": {"images": 2, "formats": ["image/png"]}}

    read = limits_of(Channel(network="fake", limits=old))

    assert read == Limits(TextRule(300, Unit.GRAPHEMES), MediaRule(2, ("image/png",)))


def test_an_account_that_told_nothing_obeys_its_network() -> None:
    assert limits_of(Channel(network="mastodon")) == networks()["mastodon"].limits
