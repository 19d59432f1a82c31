"""What a network says of its messages, as a database can keep it: any id, in columns of a known width."""

from collections.abc import Mapping
from hashlib import sha256

from pupitre.connectors.contract import Ref

MOST = 300  # characters, the width of the columns that hold remote ids
MARK = "~"
WHOLE = "whole_id"  # beside a shortened id: the one that the network knows


def writable(text: str) -> str:
    """The text without what no database takes: NUL, and halves of characters that an answer's JSON may hold."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def kept(id: str, *, most: int = MOST) -> str:
    """The id itself, or its beginning and its digest when it is too long: always the same for the same id.

    Two long ids that begin alike stay apart.
    """
    clean = writable(id)
    if len(clean) <= most:
        return clean
    digest = sha256(clean.encode()).hexdigest()
    return f"{clean[: most - len(digest) - len(MARK)]}{MARK}{digest}"


def stored(ref: Ref) -> tuple[str, dict[str, str]]:
    """The id for its column and what goes beside it, the whole id included when it was shortened."""
    extra = {writable(name): writable(str(value)) for name, value in ref.extra.items()}
    short = kept(ref.id)
    return short, extra if short == writable(ref.id) else {**extra, WHOLE: writable(ref.id)}


def ref_of(id: str, extra: Mapping[str, str] | None) -> Ref:
    """The network's own reference again, from what `stored` gave."""
    beside = dict(extra or {})
    return Ref(beside.pop(WHOLE, id), beside)
