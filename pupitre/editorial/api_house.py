"""How the house presents itself, the days that matter to it, and its writing help, through the API."""

from datetime import date

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from pupitre.channels.models import Channel
from pupitre.core.actions import require
from pupitre.editorial import actions, around_queries
from pupitre.editorial.api_around import Key, mine
from pupitre.editorial.models import AccountCard, IdentityKit, Season, WritingHelp
from pupitre.library.models import Media
from pupitre.shell.api import PROBLEMS, Id, asked_by

router = Router()


class KitIn(Schema):
    name: str = Field(max_length=80)
    description: str = Field(max_length=500)
    link: str = Field(max_length=300)
    image_id: Key | None = None


class KitOut(Schema):
    name: str
    description: str
    link: str
    image_id: int | None = None


class CardIn(Schema):
    name: str = Field(max_length=120)
    description: str = Field("", max_length=1000)
    link: str = Field("", max_length=300)
    image: bool = False
    on: date


class CardOut(Schema):
    channel_id: int
    name: str
    description: str
    link: str
    image: bool
    read_on: date


class DriftOut(Schema):
    part: str
    shown: str
    wanted: str
    missing: bool


class ShownCardOut(Schema):
    channel_id: int
    complete: int = Field(description="Percent of the card's parts that say something.")
    read_on: date | None = None
    drifts: list[DriftOut]

    @staticmethod
    def resolve_channel_id(shown: around_queries.Shown) -> int:
        return shown.channel.pk


@router.get("/identity", operation_id="editorial.identity", response={200: list[ShownCardOut], **PROBLEMS})
def identity(request: HttpRequest) -> list[around_queries.Shown]:
    """Each account's card beside the kit of the house: what is missing, what has drifted."""
    here = asked_by(request).organisation
    require(asked_by(request), "read")
    return around_queries.cards(here, around_queries.kit_of(here))


@router.put("/identity", operation_id="editorial.set_kit", response={200: KitOut, **PROBLEMS})
def set_kit(request: HttpRequest, body: KitIn) -> IdentityKit:
    """How the house presents itself everywhere."""
    image = mine(request, Media, body.image_id) if body.image_id else None
    return actions.set_kit(by=asked_by(request), image=image, **body.dict(exclude={"image_id"}))


@router.put("/identity/{channel_id}", operation_id="editorial.read_card", response={200: CardOut, **PROBLEMS})
def read_card(request: HttpRequest, channel_id: Id, body: CardIn) -> AccountCard:
    """What one account shows of us, as read that day."""
    return actions.read_card(mine(request, Channel, channel_id), by=asked_by(request), **body.dict())


class SeasonIn(Schema):
    name: str = Field(max_length=80)
    begins_on: date
    ends_on: date


class SeasonOut(SeasonIn):
    id: int


class CalendarIn(Schema):
    calendar: str = Field(max_length=500_000, description="An iCalendar text: its whole-day events are kept.")


@router.get("/seasons", operation_id="editorial.seasons", response={200: list[SeasonOut], **PROBLEMS})
def seasons(request: HttpRequest) -> list[Season]:
    """Days that matter here, by their first day, three hundred at most."""
    require(asked_by(request), "read")
    return list(around_queries.seasons(asked_by(request).organisation)[:300])


@router.post("/seasons", operation_id="editorial.add_season", response={201: SeasonOut, **PROBLEMS})
def add_season(request: HttpRequest, body: SeasonIn) -> Status[Season]:
    """Write days down that matter here."""
    return Status(201, actions.add_season(by=asked_by(request), **body.dict()))


@router.post("/seasons/paste", operation_id="editorial.paste_seasons",
             response={201: list[SeasonOut], **PROBLEMS})  # fmt: skip
def paste_seasons(request: HttpRequest, body: CalendarIn) -> Status[list[Season]]:
    """Take the whole days of a calendar in, such as the school holidays of a zone."""
    return Status(201, actions.paste_seasons(by=asked_by(request), calendar=body.calendar))


@router.post("/seasons/{season_id}/remove", operation_id="editorial.remove_season",
             response={204: None, **PROBLEMS})  # fmt: skip
def remove_season(request: HttpRequest, season_id: Id) -> Status[None]:
    actions.remove_season(mine(request, Season, season_id), by=asked_by(request))
    return Status(204, None)


class HelpIn(Schema):
    on: bool
    address: str = Field("", max_length=300, description="Of a chat completions interface, up to /v1.")
    model: str = Field("", max_length=120)
    key: str = Field("", max_length=500, description="Kept sealed; empty leaves the one that is kept.")


class HelpOut(Schema):
    on: bool
    address: str
    model: str


class SuggestIn(Schema):
    channel_id: Key
    text: str = Field(max_length=20_000)
    wish: str = Field("", max_length=300)


class SuggestOut(Schema):
    text: str
    generated: bool = True


@router.get("/writing-help", operation_id="editorial.helping", response={200: HelpOut, **PROBLEMS})
def helping(request: HttpRequest) -> WritingHelp:
    """The machine that helps to write, if one is named. Its key is never shown."""
    require(asked_by(request), "read")
    return around_queries.help_of(asked_by(request).organisation)


@router.put("/writing-help", operation_id="editorial.set_help", response={200: HelpOut, **PROBLEMS})
def set_help(request: HttpRequest, body: HelpIn) -> WritingHelp:
    """Name it, or turn it off."""
    return actions.set_help(by=asked_by(request), **body.dict())


@router.post("/writing-help/suggest", operation_id="editorial.suggest", response={200: SuggestOut, **PROBLEMS})
def suggest(request: HttpRequest, body: SuggestIn) -> dict[str, object]:
    """What the machine would say there. Nothing is kept; mark it as generated when you keep it."""
    channel = mine(request, Channel, body.channel_id)
    return {"text": actions.suggest(channel, body.text, by=asked_by(request), wish=body.wish), "generated": True}
