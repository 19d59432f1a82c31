"""Finds web addresses, mentions and tags in a text. Spans are [start, end) character offsets."""

import regex

# Country codes are any two letters; longer endings are the common generic ones that networks turn into links.
ENDINGS = (
    "com|org|net|edu|gov|mil|int|info|biz|name|pro|aero|asia|cat|coop|jobs|mobi|museum|post|tel|travel|xxx|app"
    "|art|audio|bank|beauty|blog|bzh|cafe|camp|care|center|cloud|club|coffee|company|cool|corsica|design|dev"
    "|digital|earth|eco|education|email|energy|events|expert|farm|fit|food|fun|fund|garden|global|green|group"
    "|guide|guru|health|help|host|house|immo|ink|kids|land|law|legal|life|link|live|love|market|media|money"
    "|network|news|nyc|ong|online|page|paris|photo|photos|place|plus|press|restaurant|review|run|sale|school"
    "|science|services|shop|site|social|software|solutions|space|store|studio|style|support|systems|team|tech"
    "|tips|today|tools|top|town|training|tv|vin|wiki|wine|work|works|world|xyz|zone|alsace"
)
LABEL = r"[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?"
ENDING = rf"(?P<ending>[a-zA-Z]{{2}}|{ENDINGS}|xn--[a-zA-Z0-9-]+|(?P<foreign>[^\W\d_a-zA-Z]{{2,}}))"
HOST = rf"(?P<host>(?:{LABEL}\.)+{ENDING}(?![\p{{L}}\p{{N}}_-]|\.[\p{{L}}\p{{N}}]))"
REST = r"(?::\d+)?(?P<rest>[/?][^\s\p{Cf}<>\"«»]*)?"
BARE = regex.compile(rf"(?i)(?<![\p{{L}}\p{{N}}@＠$#＃/_.-])(?P<scheme>https?://)?{HOST}{REST}")
WEB = regex.compile(r"(?i)(?<![\p{L}\p{N}_])https?://[^\s<>\"«»]+")
TAG = regex.compile(r"(?<![\p{L}\p{N}_/&])[#＃](?P<tag>(?=[\p{L}\p{N}_]*[\p{L}_])[\p{L}\p{M}\p{N}_]+)")
CLOSING = {")": "(", "]": "[", "}": "{"}
TRAILING = ".,;:!?'\"…’”)]}"
LONGEST_LABEL, LONGEST_ADDRESS = 63, 4096

Span = tuple[int, int]


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the punctuation of the sentence; a closing bracket stays when its opening is inside."""
    while end > start and text[end - 1] in TRAILING:
        last = text[end - 1]
        if last in CLOSING and text.count(CLOSING[last], start, end) >= text.count(last, start, end):
            break
        end -= 1
    return start, end


def web_addresses(text: str) -> list[Span]:
    """Addresses written with http:// or https://."""
    return [trimmed(text, found.start(), found.end()) for found in WEB.finditer(text)]


def bare_addresses(text: str) -> list[Span]:
    """Addresses with or without their scheme, as X links them."""
    return [trimmed(text, found.start(), found.end()) for found in BARE.finditer(text) if _possible(found)]


def tags(text: str) -> list[tuple[int, int, str]]:
    """Hashtags: their span with the sign, and their words without it. Digits alone are not a tag."""
    return [(found.start(), found.end(), found.group("tag")) for found in TAG.finditer(text)]


def _possible(found: regex.Match[str]) -> bool:
    labels = found.group("host").split(".")
    if found.group("foreign") and not found.group("scheme"):
        return False
    ending = found.group("ending")
    # "etc.Le" is a full stop without its space, not a country's domain.
    if not found.group("scheme") and not found.group("rest") and len(ending) == 2 and ending != ending.lower():
        return False
    return all(len(_wire(label)) <= LONGEST_LABEL for label in labels) and len(found.group(0)) <= LONGEST_ADDRESS


def _wire(label: str) -> str:
    if label.isascii():
        return label
    return "xn--" + label.encode("punycode").decode()
