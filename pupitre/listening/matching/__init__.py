"""The query language and the matching core: text in, matches with their reasons out. No framework, no network."""

from .anchors import AnchorReport, anchor_report, check_anchor
from .characters import FOLD_VERSION
from .cut import cut, fold
from .faults import MESSAGES, Notice, QueryError
from .frequencies import Frequencies, FrequencyCounter
from .located import locate
from .matcher import Match, Matcher
from .nodes import Node
from .parser import notices, parse
from .posts import Post
from .render import render

__all__ = [
    "FOLD_VERSION",
    "MESSAGES",
    "AnchorReport",
    "Frequencies",
    "FrequencyCounter",
    "Match",
    "Matcher",
    "Node",
    "Notice",
    "Post",
    "QueryError",
    "anchor_report",
    "check_anchor",
    "cut",
    "fold",
    "locate",
    "notices",
    "parse",
    "render",
]
