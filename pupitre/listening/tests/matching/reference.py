"""The slow, obvious reading of a post and of a query, written apart from the product to judge it.

No table, no cache, no index: characters one by one, every position tried, sets of places for every part.
"""

import unicodedata
from collections import Counter
from itertools import product

from pupitre.listening.matching.nodes import (
    And,
    Emoji,
    Exact,
    Field,
    Near,
    Not,
    Or,
    Prefix,
    Window,
    Word,
)
from pupitre.listening.tests.matching.letters import (
    is_accent,
    is_unspaced,
    is_word_character,
    plain_characters,
    without_links,
)


class ReadPost:
    """Words and extras of a post, as lists of (token, first, last, start, end)."""

    def __init__(self, text):
        self.text = text
        self.words, self.extras = [], []
        pairs = plain_characters(without_links(text))
        self.chars = [char for char, _ in pairs]
        self.at = [at for _, at in pairs]
        self._read()

    def span(self, start, end):
        last = self.at[end - 1] + 1
        while last < len(self.text) and is_accent(self.text[last]):
            last += 1
        return self.at[start], last

    def token(self, start, end):
        return "".join(self.chars[start:end]).casefold()

    def _read(self):
        at = 0
        while at < len(self.chars):
            char = self.chars[at]
            before = self.chars[at - 1] if at else " "
            if char == "#" and any(map(is_word_character, self._run(at + 1, "_"))):
                at = self._read_tag(at)
            elif char == "@" and not (is_word_character(before) or before == "_") and self._run(at + 1, "_"):
                at = self._read_handle(at)
            elif is_word_character(char):
                at = self._read_word(at)
            else:
                at += 1

    def _run(self, at, also=""):
        end = at
        while end < len(self.chars) and (is_word_character(self.chars[end]) or self.chars[end] in also):
            end += 1
        return self.chars[at:end]

    def _read_word(self, at):
        end = at + 1
        if not is_unspaced(self.chars[at]):
            while end < len(self.chars) and is_word_character(self.chars[end]) and not is_unspaced(self.chars[end]):
                end += 1
        self.words.append((self.token(at, end), *self.span(at, end)))
        return end

    def _read_tag(self, at):
        end = at + 1 + len(self._run(at + 1, "_"))
        first, parts = len(self.words), self._tag_parts(at + 1, end)
        for start, stop in parts:
            self.words.append((self.token(start, stop), *self.span(start, stop)))
        tokens = [self.token(at, end)]
        if len(parts) > 1:
            tokens.append("".join(self.token(*part) for part in parts))
        self.extras += [(token, first, len(self.words) - 1, *self.span(at, end)) for token in tokens]
        return end

    def _tag_parts(self, at, end):
        parts, start = [], None
        for here in range(at, end + 1):
            char = self.chars[here] if here < end else "_"
            if start is not None and (char == "_" or self._breaks(start, here, end)):
                parts.append((start, here))
                start = None
            if char != "_" and start is None:
                start = here
        return parts

    def _breaks(self, start, here, end):
        before, char = self.chars[here - 1], self.chars[here]
        following = self.chars[here + 1] if here + 1 < end else ""
        if is_unspaced(char) or is_unspaced(before):
            return True
        if char.isdigit() and not before.isdigit():
            return True
        if before.isdigit():
            return char.isupper()
        if char.isupper() and before.isupper():
            return following.islower()
        return char.isupper() and here - start > 1

    def _read_handle(self, at):
        end = local_end = self._name_end(at + 1)
        if end < len(self.chars) and self.chars[end] == "@" and self._run(end + 1, "_"):
            end = self._name_end(end + 1)
        self.words.append((self.token(at, end), *self.span(at, end)))
        if end != local_end:
            here = len(self.words) - 1
            self.extras.append((self.token(at, local_end), here, here, *self.span(at, end)))
        return end

    def _name_end(self, at):
        end = at + len(self._run(at, "_"))
        while end < len(self.chars) and self.chars[end] in ".-" and self._run(end + 1, "_"):
            end += 1 + len(self._run(end + 1, "_"))
        return end

    # --- places: (first, last, frozenset of spans) ---

    def places(self, node):
        if isinstance(node, Or):
            return [place for child in node.children for place in self.places(child)]
        if isinstance(node, Near):
            return self._near(node)
        if isinstance(node, Window):
            return self._windows(node)
        if isinstance(node, (Word, Prefix)):
            return self._tokens(node)
        runs = self._runs(node.words)
        if isinstance(node, Exact):
            return [place for place in runs if self._as_written(place, node.written)]
        glued = "#" + "".join(node.words)
        return runs + [(f, t, frozenset([(s, e)])) for token, f, t, s, e in self.extras if token == glued]

    def _tokens(self, node):
        def good(token):
            return token.startswith(node.start) if isinstance(node, Prefix) else token == node.token

        found = [(at, at, frozenset([(s, e)])) for at, (token, s, e) in enumerate(self.words) if good(token)]
        return found + [(f, t, frozenset([(s, e)])) for token, f, t, s, e in self.extras if good(token)]

    def _runs(self, words):
        found = []
        for at in range(len(self.words) - len(words) + 1):
            held = self.words[at : at + len(words)]
            if [token for token, _, _ in held] == list(words):
                found.append((at, at + len(words) - 1, frozenset([(held[0][1], held[-1][2])])))
        return found

    def _windows(self, node):
        found = []
        width = len(node.words) + node.slop
        spots = [(f, t) for f in range(len(self.words)) for t in range(f, min(f + width, len(self.words)))]
        for first, last in spots:
            held = [token for token, _, _ in self.words[first : last + 1]]
            if held[0] in node.words and held[-1] in node.words and not Counter(node.words) - Counter(held):
                shown = [(s, e) for token, s, e in self.words[first : last + 1] if token in node.words]
                found.append((first, last, frozenset(shown)))
        return found

    def _near(self, node):
        found = []
        for left, right in product(self.places(node.left), self.places(node.right)):
            pairs = [(left, right)] if node.ordered else [(left, right), (right, left)]
            for one, two in pairs:
                if one[1] < two[0] and two[0] - one[1] - 1 <= node.distance:
                    found.append((one[0], two[1], one[2] | two[2]))
        return found

    def _as_written(self, place, written):
        ((start, end),) = place[2]
        return same_spelling(self.text[start:end], written) or self._all_capitals()

    def _all_capitals(self):
        letters = "".join(self.text[s:e] for token, s, e in self.words if not token.startswith("@"))
        return letters.upper() == letters and letters.lower() != letters and not any(c.islower() for c in letters)


def same_spelling(one, other):
    def spelled(text):
        text = unicodedata.normalize("NFKC", text)
        for signs, sign in (("’‘ʼ", "'"), ("‐‑", "-")):
            for variant in signs:
                text = text.replace(variant, sign)
        return "".join(char for char in text if unicodedata.category(char) != "Cf")

    return spelled(one) == spelled(other)


def evaluate(node, read, post):
    """(holds, set of spans) of ``node`` on a post read by ``ReadPost``."""
    if isinstance(node, And):
        results = [evaluate(child, read, post) for child in node.children]
        kept = [spans for child, (_, spans) in zip(node.children, results, strict=True) if not isinstance(child, Not)]
        return all(holds for holds, _ in results), set().union(*kept)
    if isinstance(node, Or) and any(isinstance(child, (And, Not, Field, Emoji, Or)) for child in node.children):
        results = [evaluate(child, read, post) for child in node.children]
        return any(holds for holds, _ in results), set().union(*(spans for holds, spans in results if holds))
    if isinstance(node, Not):
        return not evaluate(node.child, read, post)[0], set()
    if isinstance(node, Field):
        return field_holds(node, post), set()
    if isinstance(node, Emoji):
        found = emoji_spans(node.token, post.text)
        return bool(found), set(found)
    places = read.places(node)
    return bool(places), set().union(*(shown for _, _, shown in places))


def emoji_spans(token, text):
    """Only for the emoji the generator uses: one pictograph, perhaps a skin tone, never inside a joined family."""
    found = []
    for at, char in enumerate(text):
        if char != token[0] or (at and text[at - 1] == "\u200d"):
            continue
        tone = text[at + 1 : at + 2] if text[at + 1 : at + 2] in set("🏻🏼🏽🏾🏿") else ""
        if text[at + 1 + len(tone) : at + 2 + len(tone)] == "\u200d":
            continue
        if token in (char + tone, char):
            found.append((at, at + 1 + len(tone)))
    return found


def field_holds(node, post):
    if isinstance(node.value, int):
        held = {"followers": post.followers, "engagement": post.engagement}[node.name]
        signs = {"<": int.__lt__, "<=": int.__le__, "=": int.__eq__, ">=": int.__ge__, ">": int.__gt__}
        return held is not None and signs[node.sign](held, node.value)
    if node.name == "author":
        own = post.author.removeprefix("@").lower()
        return node.value in (own, own.split("@")[0])
    if node.name == "is":
        return {"repost": post.is_repost, "reply": post.is_reply}[node.value]
    held = {"lang": post.lang, "network": post.network, "country": post.country}[node.name]
    return held.lower().split("-")[0] == node.value if node.name == "lang" else held.lower() == node.value


def merged(spans):
    """Overlapping spans as one, in order."""
    covered = sorted({at for start, end in spans for at in range(start, end)})
    edges = {start for start, _ in spans}
    inner = {at for start, end in spans for at in range(start + 1, end)}
    out = []
    for at in covered:
        if out and out[-1][1] == at and (at in inner or at not in edges):
            out[-1] = (out[-1][0], at + 1)
        else:
            out.append((at, at + 1))
    return tuple(out)
