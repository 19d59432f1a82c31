"""Posts and watch queries drawn from measured word frequencies, always the same for a seed.

Posts: French and English, 60/40, about 30 words; elisions, capitals, punctuation, hashtags, handles, links, emoji;
6 % hold an invented brand (the popular ones more often), 3 % a brand that is a common word. Words are drawn
independently, so real phrases are rarer here than in life.
"""

from __future__ import annotations

import random
from itertools import accumulate

import wordfreq

EMOJI = ["😀", "🔥", "👍🏽", "👩‍💻", "🇫🇷", "❤️", "🌊", "🙏", "👨‍👩‍👧", "⚠️", "🎉", "😂"]
COMMON = [
    "orange",
    "free",
    "total",
    "cercle",
    "casino",
    "printemps",
    "apple",
    "target",
    "but",
    "gap",
    "monoprix",
    "franprix",
    "galerie",
    "veolia",
    "action",
    "oracle",
    "visa",
    "meta",
    "shell",
    "pages",
    "express",
    "ouest",
    "parisien",
    "figaro",
    "marianne",
    "capital",
    "challenges",
    "elle",
    "geo",
    "point",
    "croix",
    "nature",
    "equipe",
]
CONTEXT = [
    "prix",
    "client",
    "service",
    "panne",
    "facture",
    "avis",
    "contrat",
    "boutique",
    "réseau",
    "livraison",
    "application",
    "compte",
    "remboursement",
    "agence",
    "mobile",
    "site",
    "commande",
    "grève",
    "scandale",
    "boycott",
]
SYLLABLES = [
    "ba",
    "be",
    "bo",
    "ca",
    "co",
    "da",
    "de",
    "do",
    "fa",
    "fi",
    "ga",
    "go",
    "ka",
    "ki",
    "la",
    "le",
    "li",
    "lo",
    "ma",
    "me",
    "mi",
    "mo",
    "na",
    "ne",
    "no",
    "pa",
    "pi",
    "po",
    "ra",
    "re",
    "ri",
    "ro",
    "sa",
    "si",
    "so",
    "ta",
    "te",
    "ti",
    "to",
    "va",
    "ve",
    "vi",
    "vo",
    "za",
    "zo",
    "lia",
    "nor",
    "tex",
    "gen",
    "vel",
    "tis",
    "mar",
    "dex",
]
HOT = 3000


class Words:
    """Words of one language, drawn by frequency."""

    def __init__(self, language: str, rng: random.Random) -> None:
        table = wordfreq.get_frequency_dict(language)
        self.words = [word for word in table if word.isalpha()]
        self._sums = list(accumulate(table[word] for word in self.words))
        self.top = sorted(self.words, key=lambda word: -table[word])[:4000]
        self._rng = rng

    def draw(self, count: int) -> list[str]:
        return self._rng.choices(self.words, cum_weights=self._sums, k=count)


def draw_brands(count: int, seed: int) -> list[str]:
    """Names of one to three words: invented, half invented, or two ordinary words together."""
    rng = random.Random(seed)
    french = Words("fr", rng)
    taken = {*french.words, *Words("en", rng).words}
    brands = []
    for _ in range(count):
        kind = rng.random()
        invented = _invent(rng, taken)
        if kind < 0.5:
            brands.append(invented)
        elif kind < 0.62:
            brands.append(f"{rng.choice(french.top).capitalize()}-{invented}")
        elif kind < 0.72:
            brands.append(f"L'{invented}")
        elif kind < 0.9:
            brands.append(f"{invented} {rng.choice(french.top).capitalize()}")
        else:
            brands.append(f"{rng.choice(french.top[200:]).capitalize()} {rng.choice(french.top[200:]).capitalize()}")
    return brands


def _invent(rng: random.Random, taken: set[str]) -> str:
    """A name nobody uses yet."""
    while True:
        name = "".join(rng.choices(SYLLABLES, k=rng.randint(2, 5)))
        if name not in taken:
            taken.add(name)
            return name.capitalize()


def draw_posts(count: int, brands: list[str], seed: int) -> list[str]:
    """Raw texts."""
    rng = random.Random(seed)
    languages = Words("fr", rng), Words("en", rng)
    weights = [1 / rank for rank in range(1, min(HOT, len(brands)) + 1)]
    posts = []
    for _ in range(count):
        french = rng.random() < 0.6
        words = languages[0 if french else 1].draw(max(4, round(rng.gauss(29, 10))))
        _dress(words, rng, french=french)
        if rng.random() < 0.06:
            words.insert(rng.randrange(len(words)), rng.choices(brands[: len(weights)], weights)[0])
        if rng.random() < 0.03:
            words.insert(rng.randrange(len(words)), rng.choice(COMMON).capitalize())
        text = " ".join(_decorate(words, languages[0].top, rng))
        posts.append(text.upper() if rng.random() < 0.02 else text)
    return posts


def _dress(words: list[str], rng: random.Random, *, french: bool) -> None:
    words[0] = words[0].capitalize()
    for at, word in enumerate(words):
        if french and word[0] in "aeiouéè" and rng.random() < 0.12:
            words[at] = rng.choice(["l", "d", "qu"]) + rng.choice("'’") + word
        elif rng.random() < 0.08:
            words[at] = word + rng.choice([",", ".", " !", "\u202f?", "…", ":"])
        elif rng.random() < 0.05:
            words[at] = word.capitalize()


def _decorate(words: list[str], top: list[str], rng: random.Random) -> list[str]:
    if rng.random() < 0.25:
        words.append("#" + "".join(word.capitalize() for word in rng.sample(top[200:], k=rng.randint(1, 3))))
    if rng.random() < 0.30:
        words.insert(0, f"@{rng.choice(top)}_{rng.randrange(10_000)}")
    if rng.random() < 0.30:
        words.append(f"https://{rng.choice(top)}.example/{rng.randrange(10**6):x}?q={rng.choice(top)}")
    if rng.random() < 0.35:
        words.insert(rng.randrange(len(words)), rng.choice(EMOJI))
    return words


def draw_queries(count: int, brands: list[str], seed: int) -> list[str]:
    """One query a brand, 2 to 17 leaves; 1 % are common words with a context that must be there."""
    rng = random.Random(seed)
    return [_query(brands[rank], rng) for rank in range(count)]


def _query(brand: str, rng: random.Random) -> str:
    glued = "".join(char for char in brand if char.isalpha())
    names = [f'"{brand}"', f"#{glued}"]
    names += rng.sample([glued, f"@{glued.lower()}", f"@{glued.lower()}_fr", f'"groupe {brand}"'], k=rng.randint(0, 3))
    context = rng.sample(CONTEXT, k=rng.randint(2, 5))
    if rng.random() < 0.01:
        return f"{{{rng.choice(COMMON).capitalize()}}} AND ({' OR '.join(context)})"
    query = f"({' OR '.join(names)})"
    kind = rng.random()
    if kind < 0.14:
        query = f'("{brand}" NEAR/{rng.randint(3, 9)} ({" OR ".join(context)}) OR #{glued})'
    elif kind < 0.35:
        query += f" AND ({' OR '.join(context)})"
    if rng.random() < 0.4:
        query += " NOT (" + " OR ".join(rng.sample(["recette", "emploi", '"code promo"', "stage", "jeu"], k=2)) + ")"
    return query
