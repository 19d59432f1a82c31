"""One text through the API, with what goes with it."""

from typing import Annotated

from ninja import Field, Schema

from pupitre.editorial.rules.draft import MAX_TEXT, Text
from pupitre.editorial.rules.forms import MAX_OPTION, MAX_OPTIONS, MAX_PART, MAX_PARTS, form_of
from pupitre.shell.api import Moment

Key = Annotated[int, Field(ge=1, le=2**53)]


class TextForm(Schema):
    """What goes with a text: a thread, a poll, a story, a first comment, what becomes of it late."""

    kind: str = Field("post", max_length=10, description="post, story or reel.")
    parts: list[Annotated[str, Field(max_length=MAX_PART)]] = Field(default_factory=list, max_length=MAX_PARTS)
    poll: list[Annotated[str, Field(max_length=MAX_OPTION)]] = Field(default_factory=list, max_length=MAX_OPTIONS)
    poll_hours: int = Field(24, ge=1, le=168, description="1, 6, 24, 72 or 168.")
    first_comment: str = Field("", max_length=MAX_PART)
    late: str = Field("send", max_length=10, description="If it could not leave on time: send, ask or drop.")
    late_hours: int = Field(1, ge=1, le=72, description="How long it still leaves by itself: 1, 3, 6, 12, 24, 48, 72.")
    not_after: Moment | None = Field(None, description="What it speaks of is over then: it never leaves.")


class TextIn(Schema):
    channel_id: Key
    text: str = Field("", max_length=MAX_TEXT)
    due_at: Moment | None = None
    form: TextForm | None = None

    def typed(self) -> Text:
        return Text(self.channel_id, self.text, self.due_at, form_of(self.form.dict() if self.form else {}))
