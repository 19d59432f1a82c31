"""How common a word is among posts: learnt on the stream, with a small start for the first day.

The start is rough, by hand, and only serves until some thousand posts have been read: it keeps "the" and "le" from
being what a query is looked up by. Shares are shares of posts that hold the word at least once (0 to 1).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import accumulate

_START = {
    0.30: "de la le et les des en un a l d est the to and of in is for on i que pour qu une pas",
    0.15: "je il on ce qui vous c s du dans au sur plus avec ne nous n se par j sont tout you it that this my with"
    " are be me at have so not we but your all was just",
    0.05: "mais ou si ma mon sa son ses mes cette ces elle ils tu te moi leur etre avoir fait faire bien comme meme"
    " tous quand sans aux y m t as an he she they from by or what can will up like when out if about get has one new"
    " do how no now more good our us who time people day know see go there them his her been would",
    0.02: "merci bonjour jour soir temps monde france annee ans gens vie bon bonne tres trop aussi encore toujours"
    " jamais rien peut veut faut va ici chez entre apres avant depuis pendant contre vers donc car jusqu autre autres"
    " fois deux trois premier petit grand nouveau love thanks today great work make need really think still back"
    " want first year life world best right over our than only some could should because after why",
    0.008: "prix client clients site service services application compte carte telephone internet reseau panne"
    " probleme question reponse avis produit produits magasin marque entreprise travail equipe projet video photo"
    " article livre film match jeu ville pays gouvernement president politique sante ecole free total price customer"
    " service account phone network support product brand company team project game city country apple target",
}
START_SHARES = {word: share for share, words in reversed(_START.items()) for word in words.split()}
UNSEEN_SHARE = 2e-6
_PRIOR_POSTS = 2000
"""The start weighs as much as this many posts read."""


class Frequencies:
    """A snapshot of what was learnt: ``posts`` read and, for each token, in how many of them it was."""

    def __init__(self, counts: Mapping[str, int] | None = None, *, posts: int = 0) -> None:
        self.posts = posts
        self._counts = dict(counts or {})
        self._sorted: list[str] | None = None
        self._sums: list[float] = []

    def share(self, token: str) -> float:
        """Give the expected share of posts that hold ``token``."""
        prior = START_SHARES.get(token, UNSEEN_SHARE)
        return (self._counts.get(token, 0) + prior * _PRIOR_POSTS) / (self.posts + _PRIOR_POSTS)

    def prefix_share(self, start: str) -> float:
        """Give the expected share of posts that hold a word beginning with ``start`` (an upper estimate)."""
        if self._sorted is None:
            self._sorted = sorted({*self._counts, *START_SHARES})
            self._sums = [0.0, *accumulate(self.share(token) for token in self._sorted)]
        low = bisect_left(self._sorted, start)
        high = bisect_left(self._sorted, start + "\U0010ffff")
        return min(1.0, self._sums[high] - self._sums[low] + UNSEEN_SHARE)


class FrequencyCounter:
    """What the stream teaches, in bounded memory: beyond ``limit`` tokens, the ones seen least are forgotten."""

    def __init__(self, *, limit: int = 300_000) -> None:
        self.posts = 0
        self.counts: Counter[str] = Counter()
        self._limit = limit

    def learn(self, tokens: Iterable[str]) -> None:
        """Count one post, given the words and extras it was cut into."""
        self.posts += 1
        self.counts.update(set(tokens))
        if len(self.counts) > self._limit:
            kept = self.counts.most_common(self._limit // 2)
            self.counts = Counter(dict(kept))

    def snapshot(self) -> Frequencies:
        """Give the frequencies learnt so far."""
        return Frequencies(self.counts, posts=self.posts)
