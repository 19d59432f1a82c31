"""The tables of the fast path: one byte in, one byte out, for text that stays within the usual Latin letters."""

from __future__ import annotations

import re

from .characters import plain_character

# Signs of a handle travel through the table under the guise of control characters.
GUISES = {"@": "\x1b", ".": "\x1c", "-": "\x1d", "_": "\x1e"}
GUISE = str.maketrans(GUISES)
HAS_GUISE = re.compile("[\x1b-\x1e]")
_MANY_OR_FAR = "ÆæßÐðÞþµ¼½¾\xad"  # characters of latin-1 that become several, none, or one beyond ASCII

# Harmless beyond latin-1: characters that only ever separate words. Everything else takes the law's path.
_HARMLESS = (
    "\u2000-\u200a\u200d\u2010-\u2023\u2025-\u2027\u202f-\u2043\u2045-\u205f\u20a9-\u20cf\u2122\u2190-\u245f"
    "\u2500-\u2775\u2794-\u2bff\ufe00-\ufe0f\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff"
)
_LATIN = "\\x00-\\x7f" + "".join(chr(code) for code in range(0x80, 0x100) if chr(code) not in _MANY_OR_FAR)
NEEDS_LAW = re.compile(f"[^{_LATIN}œŒ{_HARMLESS}]")


def _table() -> bytes:
    cells = bytearray(b" " * 256)
    for code in range(256):
        folded = plain_character(chr(code)) if code > 127 else chr(code)
        if len(folded) == 1 and folded.isalnum() and folded < "\x80":
            cells[code] = ord(folded.casefold())
    return bytes(cells)


def _guised_table() -> bytes:
    cells = bytearray(TABLE)
    for sign, guise in GUISES.items():
        cells[ord(guise)] = ord(sign)
    return bytes(cells)


def _plain_table() -> bytes:
    cells = bytearray(range(256))
    for code in range(128, 256):
        opened = plain_character(chr(code))
        cells[code] = ord(opened) if len(opened) == 1 and opened < "\u0100" else ord(" ")
    return bytes(cells)


TABLE = _table()
"""Latin-1 to folded ASCII letters, everything else to a space."""
GUISED_TABLE = _guised_table()
"""The same for a text whose handles are under their guise."""
PLAIN_TABLE = _plain_table()
"""Latin-1 to letters without accents, case and signs kept."""
