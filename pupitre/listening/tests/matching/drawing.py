"""Seeded posts and queries that meet often: few words, many spellings, everything that troubles a tokeniser."""

from pupitre.listening.matching.anchors import check_anchor
from pupitre.listening.matching.faults import QueryError
from pupitre.listening.matching.nodes import (
    And,
    Emoji,
    Exact,
    Field,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Window,
    Word,
)
from pupitre.listening.matching.posts import Post

WORDS = ["orange", "bleue", "coca", "cola", "oreal", "panne", "ete", "coeur", "assurance", "but", "l", "15", "東"]
SPELLINGS = [
    "orange",
    "Orange",
    "ORANGE",
    "d’Orange",
    "d'orange",
    "Oran\u00adge",
    "bleue",
    "Bleue",
    "BLEUE",
    "Coca-Cola",
    "coca cola",
    "CocaCola",
    "Coca\u2011Cola",
    "coca",
    "COLA",
    "L’Oréal",
    "LOréal",
    "l'ore\u0301al",
    "panne",
    "Panne",
    "été",
    "Été",
    "e\u0301te\u0301",
    "cœur",
    "CŒUR",
    "Cœur",
    "assurance",
    "Assurances",
    "but",
    "BUT",
    "But",
    "#Orange",
    "#orangebleue",
    "#OrangeBleue",
    "#CocaCola",
    "#cocacola",
    "#LOréal",
    "#panne_orange",
    "#iPhone15",
    "#CŒUR",
    "@orange",
    "@Orange_fan83",
    "@orange@ete.fr",
    "@orange.bsky.social",
    "contact@orange.fr",
    "https://orange.fr/panne?q=coca",
    "www.orange.fr",
    "👍",
    "👍🏽",
    "👩\u200d💻",
    "@🌊15",
    "𝐎𝐫𝐚𝐧𝐠𝐞",
    "l\u02bcoreal",
    "Orange™",
    "東京",
    "15€",
    ",",
    "...",
    "—",
    "🇫🇷",
    "l",
    "#_",
    "Straße",
    "Œuvre",
]
GLUES = [" ", " ", " ", " ", "\u00a0", ", ", "", "-", " 🌊", "\u202f", "\n", "_"]


def draw_text(rng):
    pieces = [rng.choice(SPELLINGS) + rng.choice(GLUES) for _ in range(rng.randint(1, 14))]
    text = "".join(pieces)
    return text.upper() if rng.random() < 0.08 else text


def draw_post(rng):
    return Post(
        draw_text(rng),
        author=rng.choice(["", "@bob", "Ada@ete.fr", "orange"]),
        lang=rng.choice(["", "fr", "en", "fr-FR"]),
        network=rng.choice(["", "bluesky", "Mastodon"]),
        country=rng.choice(["", "fr"]),
        followers=rng.choice([None, 0, 10, 1000]),
        engagement=rng.choice([None, 3, 50]),
        is_repost=rng.random() < 0.2,
        is_reply=rng.random() < 0.2,
    )


def draw_placed(rng, depth=2):
    kind = rng.randrange(12)
    if kind < 4 or depth == 0:
        return Word(rng.choice([*WORDS, "#orange", "#cocacola", "@orange", "@orange.bsky.social", "cocacola"]))
    if kind < 6:
        return Phrase(tuple(rng.choices(WORDS, k=rng.randint(2, 3))))
    if kind == 6:
        return Prefix(rng.choice(["ora", "ass", "coc", "bleu", "#oran", "#coc"]))
    if kind == 7:
        return Window(tuple(rng.choices(WORDS, k=rng.randint(2, 3))), rng.randint(0, 5))
    if kind == 8:
        written, *words = rng.choice(
            [("Orange", "orange"), ("Été", "ete"), ("BUT", "but"), ("Coca-Cola", "coca", "cola"), ("Cœur", "coeur")]
        )
        return Exact(written, tuple(words))
    sides = draw_side(rng, depth - 1), draw_side(rng, depth - 1)
    return Near(*sides, rng.randint(0, 6), rng.random() < 0.4)


def draw_side(rng, depth):
    if rng.random() < 0.3:
        return Or(tuple(draw_placed(rng, 0) for _ in range(rng.randint(2, 3))))
    return draw_placed(rng, depth)


def draw_condition(rng):
    return rng.choice(
        [
            Emoji("👍"),
            Emoji("👍🏽"),
            Emoji("💻"),
            Field("author", "=", "bob"),
            Field("author", "=", "ada"),
            Field("lang", "=", "fr"),
            Field("network", "=", "mastodon"),
            Field("country", "=", "fr"),
            Field("followers", rng.choice([">", "<=", "="]), 10),
            Field("engagement", ">=", 3),
            Field("is", "=", "repost"),
            Field("is", "=", "reply"),
        ]
    )


def draw_node(rng, depth=3):
    kind = rng.random()
    if depth == 0 or kind < 0.35:
        return draw_condition(rng) if rng.random() < 0.15 else draw_placed(rng)
    children = [draw_node(rng, depth - 1) for _ in range(rng.randint(2, 3))]
    if kind < 0.7:
        return And(tuple(flat(And, [Not(c) if rng.random() < 0.25 else c for c in children])))
    return Or(tuple(flat(Or, children)))


def flat(kind, children):
    return [leaf for child in children for leaf in (child.children if isinstance(child, kind) else (child,))]


def draw_query(rng):
    """A tree with an anchor."""
    while True:
        node = draw_node(rng)
        try:
            check_anchor(node)
        except QueryError:
            continue
        return node
