"""French typography as a pure function: spaces, apostrophes and hours are the tool's work, not the translators'.

Applied to French messages when catalogues are compiled and to French sentences composed while running. English
passes untouched. Placeholders, addresses, HTML tags and entities are left as they are.
"""

import re

NARROW = "\u202f"
HARD = "\u00a0"
_BLANK = "[ \u00a0\u202f]"

# What must not be touched: tags, entities, format placeholders, addresses, e-mail addresses, hours of machines.
_KEEP = re.compile(
    r"""(<[a-zA-Z/!][^<>]*>
    |&\#?\w+;
    |%%
    |%\(\w+\)[-+\#0]*\d*(?:\.\d+)?[a-zA-Z]
    |%[sdifr](?!\w)
    |\{\{.*?\}\}|\{%.*?%\}|\{[\w.!:\[\]]*\}
    |\w+://[^\s<>"»]*[^\s<>"».,;:!?)]
    |\bmailto:\S+
    |[\w.+-]+@[\w-]+(?:\.[\w-]+)*
    |\b\d{1,2}:\d{2}(?::\d{2})?\b
    )""",
    re.VERBOSE,
)
_WORD_END = r"[\w)\]»%€$…\u2019\".]"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\w)'(?=\w|$)"), "\u2019"),
    (re.compile(rf"«{_BLANK}*(?=\S|$)"), f"«{HARD}"),
    (re.compile(rf"(?<=\S){_BLANK}*»"), f"{NARROW}»"),
    (re.compile(rf"(?<={_WORD_END}){_BLANK}*([;!?]+)(?![\w/=&])"), rf"{NARROW}\1"),
    (re.compile(rf"(?<={_WORD_END}){_BLANK}+:(?!\w)"), f"{HARD}:"),
    (re.compile(rf"(?<=[^\W\d_]|[)»]):(?={_BLANK}|$)"), f"{HARD}:"),
    (re.compile(rf"(?<=\d){_BLANK}*([%€$‰])(?!\w)"), rf"{NARROW}\1"),
    (re.compile(rf"\b(\d{{1,3}}){_BLANK}*h{_BLANK}*(\d{{2}})(?!\d)"), rf"\1{NARROW}h{NARROW}\2"),
    (re.compile(rf"\b(\d{{1,3}}){_BLANK}*h\b"), rf"\1{NARROW}h"),
    (re.compile(rf"(?<=\d){_BLANK}+(min|s|ms|kB|ko|Mo|km|m|kg|g)\b"), rf"{HARD}\1"),
)
_THOUSANDS = re.compile(rf"(?<![\d,.\u202f\u00a0])\d{{1,3}}(?:{_BLANK}\d{{3}})+(?!\d)")
_FORMAT_PERCENT = re.compile(rf"(?<=[\d\w)]){_BLANK}*%%")


def french(text: str) -> str:
    """`text` with the spaces French asks for: narrow no-break before ; ! ? % € », no-break before : and after «.

    Also the typographic apostrophe, "8 h 05" in one piece, and the narrow space of thousands. Applying it twice
    changes nothing more.
    """
    pieces = _KEEP.split(text)
    for place in range(0, len(pieces), 2):
        pieces[place] = _set(pieces[place], follows=place > 0)
    return _FORMAT_PERCENT.sub(f"{NARROW}%%", "".join(pieces))


def _set(piece: str, *, follows: bool) -> str:
    """Applies the rules to free text; a placeholder or a tag before it counts as a word."""
    text = "x" + piece if follows else piece
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    text = _THOUSANDS.sub(lambda found: re.sub(_BLANK, NARROW, found[0]), text)
    return text[1:] if follows else text
