"""What can be wrong with a query: a stable key, one English sentence, and the characters concerned.

The sentences are message ids: the doors that have a language translate them, then fill the braces.
"""

from __future__ import annotations

from dataclasses import dataclass

N_ = str  # marks a message id for the catalogues

MESSAGES: dict[str, str] = {
    "empty_query": N_("The query is empty. Write at least one word."),
    "too_long": N_("The query is longer than {limit} characters. Split it into several queries."),
    "too_deep": N_("There are more than {limit} parentheses inside one another."),
    "unclosed_quote": N_("This quotation mark is never closed."),
    "unclosed_parenthesis": N_("This parenthesis is never closed."),
    "unclosed_brace": N_("This brace is never closed."),
    "unopened_parenthesis": N_("This parenthesis closes nothing."),
    "unopened_brace": N_("This brace closes nothing."),
    "empty_quote": N_("There is no word between these quotation marks."),
    "empty_brace": N_("There is no word between these braces."),
    "empty_parentheses": N_("There is nothing between these parentheses."),
    "missing_left": N_("{operator} needs something on its left."),
    "missing_right": N_("{operator} needs something on its right."),
    "star_short": N_("Write at least three letters before the star."),
    "star_inside": N_("The star is only accepted at the end of a word."),
    "star_words": N_("The star follows one word, not several. Write {suggestion}."),
    "question_mark": N_("The question mark does not stand for a letter here. Use a star at the end of the word."),
    "distance_missing": N_("Write the distance after {operator}, for example {operator}/5."),
    "distance_large": N_("The distance goes from 0 to {limit} words."),
    "near_operand": N_("{operator} joins words, phrases, or groups of them joined by OR."),
    "unknown_field": N_(
        "{name}: is not a known filter. For a word followed by a colon, leave a space before the colon."
    ),
    "unknown_field_near": N_("{name}: is not a known filter. Perhaps {suggestion}:"),
    "empty_value": N_("Write a value after {name}: without a space."),
    "bad_number": N_("Write a sign and a whole number, for example {name}:>1000."),
    "bad_kind": N_("is: accepts repost or reply."),
    "bad_code": N_("{name}: takes a code of two letters, for example {suggestion}."),
    "bad_address": N_("Write an address such as {suggestion}."),
    "nothing_to_find": N_("There is no letter, digit or emoji to look for here."),
    "link_as_word": N_("Links are not words. Write {suggestion} to find the posts that link to it."),
    "emoji_in_phrase": N_("An emoji is not a word: write it outside the quotation marks."),
    "tag_in_phrase": N_("Write the hashtag outside the quotation marks."),
    "exact_words": N_("Braces hold plain words only."),
    "no_anchor": N_(
        "Nothing here must be present in a post, so every post would have to be read. "
        "Add a word, a hashtag, a handle, an author or an address that must be there."
    ),
    "no_anchor_branch": N_("This side of OR could match any post. Add a word that must be there."),
    "small_operator": N_("{operator} in small letters is read as a word. Write {suggestion} to join two parts."),
    "mixed_operators": N_("AND is read before OR. Add parentheses to say what goes together."),
}


class QueryError(ValueError):
    """A query that cannot be read. ``start`` and ``end`` are offsets in the query, in characters from 0."""

    def __init__(self, key: str, start: int, end: int, **details: object) -> None:
        self.key, self.start, self.end, self.details = key, start, max(end, start), details
        super().__init__(self.english)

    @property
    def english(self) -> str:
        """The sentence in English, filled."""
        return MESSAGES[self.key].format(**self.details)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something worth showing that does not prevent saving: same shape as an error."""

    key: str
    start: int
    end: int
    details: tuple[tuple[str, str], ...] = ()

    @property
    def english(self) -> str:
        """The sentence in English, filled."""
        return MESSAGES[self.key].format(**dict(self.details))
