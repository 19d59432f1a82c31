"""If a message is of this kind, language, channel and holds these words: tag, assign, alert. Pure."""

import re
from dataclasses import dataclass

from pupitre.conversations.rules.voices import folded


@dataclass(frozen=True, slots=True)
class If:
    """What a rule asks of a message; what is empty asks nothing. One of the words is enough."""

    kind: str = ""
    language: str = ""
    channel_id: int | None = None
    words: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        return bool(self.kind or self.language or self.channel_id or self.words)


def words_of(text: str) -> tuple[str, ...]:
    """What a person typed, parted by commas."""
    return tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def fits(rule: If, *, kind: str, language: str, channel_id: int | None, text: str) -> bool:
    """Whether a message is what the rule asks for; words are whole, their accents and capitals do not count."""
    if rule.kind not in {"", kind} or rule.language not in {"", language} or rule.channel_id not in {None, channel_id}:
        return False
    said = folded(text)
    return not rule.words or any(re.search(rf"\b{re.escape(folded(word))}\b", said) for word in rule.words)
