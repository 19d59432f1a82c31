"""Seeded watches: quiet weeks as they are lived, and surges laid over them."""

from datetime import UTC, datetime

import numpy

from pupitre.listening.spikes.hours import WEEK, Hour, local_offsets, local_slot

START = datetime(2026, 1, 5, tzinfo=UTC)  # 26 weeks from here hold a change of clock (29 March)
ZONE = "Europe/Paris"


class World:
    """The clock that all watches share: local hours, holidays."""

    def __init__(self, weeks):
        self.length = weeks * WEEK
        self.offsets = local_offsets(START, self.length + 1, zone=ZONE)
        self.slots = [local_slot(START, rank, offset) for rank, offset in enumerate(self.offsets)]


def shape_of(rng):
    """A week of one watch: day and night, week-ends, mean 1."""
    peak, depth, weekend = rng.uniform(11, 21), rng.uniform(0.5, 0.97), rng.uniform(0.4, 1.2)
    hours = numpy.arange(WEEK)
    day = 1 + depth * numpy.cos((hours % 24 - peak) * 2 * numpy.pi / 24)
    week = day * numpy.where(hours // 24 >= 5, weekend, 1.0)
    return week / week.mean()


def quiet_means(rng, world, *, mean=None):
    """Expected mentions of each hour: shape, slow drift, a few holidays."""
    mean = float(numpy.exp(rng.uniform(numpy.log(0.3), numpy.log(60)))) if mean is None else mean
    drift = numpy.exp(numpy.cumsum(rng.normal(0, 0.03, world.length // 24 + 1)))
    drift = numpy.clip(drift / drift[: len(drift) // 2].mean(), 0.3, 3)
    means = mean * shape_of(rng)[world.slots[: world.length]] * numpy.repeat(drift, 24)[: world.length]
    for _ in range(world.length // (8 * WEEK)):
        day = 24 * int(rng.integers(0, world.length // 24))
        means[day : day + 24 * int(rng.integers(1, 4))] *= rng.uniform(0.4, 0.7)
    return means


def draw_counts(rng, means, *, size=None):
    """Over-dispersed counts: variance mean + mean squared / size, size from 1 (wild) to 20 (calm)."""
    size = float(numpy.exp(rng.uniform(0, numpy.log(20)))) if size is None else size
    return rng.poisson(means * rng.gamma(size, 1 / size, len(means)))


def lived(rng, counts, *, outages=0, undated=False):
    """Hours as collected: authors, negative mentions, busiest quarter, and outages of 3 to 30 hours.

    ``undated``: after an outage the missed mentions come all at once, in the next hour.
    """
    authors = [len(set(rng.integers(0, 60 + 4 * count, count))) for count in counts]
    share = rng.uniform(0.02, 0.3)
    quarters = rng.multinomial(counts, [0.25] * 4).max(axis=1)
    negatives = rng.binomial(counts, rng.beta(share * 12, (1 - share) * 12, len(counts)))
    rows = zip(counts, authors, negatives, quarters, strict=True)
    hours = [Hour(int(c), int(a), int(n), int(q)) for c, a, n, q in rows]
    for _ in range(outages):
        first = int(rng.integers(WEEK, len(hours) - 40))
        missed = int(rng.integers(3, 31))
        lost = sum(hour.count or 0 for hour in hours[first : first + missed])
        hours[first : first + missed] = [Hour(None)] * missed
        back = hours[first + missed]
        if undated and back.count is not None and back.covers == 1:
            total = back.count + lost
            hours[first + missed] = Hour(total, total, back.negative, total, covers=missed + 1)
    return hours
