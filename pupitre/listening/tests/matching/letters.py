"""Characters as the slow reading sees them, written apart from the product to judge it."""

import unicodedata

STOPS = ' <>"«»“”'
OPENED = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ı": "i"}
CAPITALS = {"Œ": "OE", "Æ": "AE", "ẞ": "SS"}
BETWEEN = set("\u02b9\u02bb\u02bc\u02bd\u2122\u2120\u20e3\u200d") | {chr(c) for c in range(0xFE00, 0xFE10)}


def is_word_character(char):
    return char.isalnum()


def is_accent(char):
    return unicodedata.category(char)[0] == "M" and char not in BETWEEN


def is_unspaced(char):
    code = ord(char)
    bounds = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
    return any(low <= code <= high for low, high in bounds)


def without_links(text):
    chars, at = list(text), 0
    while at < len(text):
        head = text[at : at + 8].lower()
        lead = next((lead for lead in ("https://", "http://", "www.") if head.startswith(lead)), "")
        after_word = at and (text[at - 1].isalnum() or text[at - 1] == "_")
        end = at + len(lead)
        while lead and end < len(text) and text[end] not in STOPS and not text[end].isspace():
            end += 1
        if not lead or end == at + len(lead) or (lead == "www." and after_word):
            at += 1
            continue
        chars[at:end] = " " * (end - at)
        at = end
    return "".join(chars)


def plain_characters(text):
    """Pairs (plain character, offset in the original)."""
    pairs = []
    for at, char in enumerate(text):
        if char in CAPITALS:
            opened = CAPITALS[char]
            opened = opened if text[at + 1 : at + 2].isupper() else opened.capitalize()
        elif char in BETWEEN:
            opened = " "
        elif unicodedata.category(char) == "Cf":
            opened = ""
        elif char in OPENED:
            opened = OPENED[char]
        else:
            opened = ""
            for part in unicodedata.normalize("NFKD", char):
                if part in CAPITALS:
                    opened += CAPITALS[part].capitalize()
                elif not unicodedata.category(part).startswith("M"):
                    opened += OPENED.get(part, " " if part in BETWEEN else part)
        pairs.extend((part, at) for part in opened)
    return pairs
