"""Acts and their origins through the API."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Field, File, Router, Schema, Status
from ninja.files import UploadedFile

from pupitre.core.actions import require
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.measurement import origins as reads
from pupitre.measurement.actions import conversions as acts
from pupitre.measurement.models import ConversionEvent, VisitTool
from pupitre.shell.api import PROBLEMS, Id, asked_by
from pupitre.strategy.models import Objective

N_ = str
router = Router()


class EventIn(Schema):
    name: str = Field(max_length=120)
    window_days: int = Field(ge=1, le=90)
    key: str = Field("", max_length=60)


class EventOut(Schema):
    id: int
    key: str
    name: str
    window_days: int


class ActIn(Schema):
    """Nothing about the person: sources are words."""

    at: str = Field("", max_length=40)
    times: int = Field(1, ge=1, le=1_000_000)
    value: float | None = Field(None, ge=0, le=10**9)
    first: str = Field("", max_length=60)
    last: str = Field("", max_length=60)
    declared: str = Field("", max_length=60)
    place: str = Field("", max_length=120)
    id: str = Field("", max_length=100)


class KeptOut(Schema):
    kept: int


class LeftOut(Schema):
    line: int
    why: str


class FileKeptOut(Schema):
    kept: int
    left_out: list[LeftOut]


class ShareOut(Schema):
    low: float
    value: float
    high: float
    n: int


class OriginReadingOut(Schema):
    key: str
    ours: int
    known: int
    share: ShareOut | None


class OriginsOut(Schema):
    """`readings` are declared, first and last; `held_out` is null until a plan is over. All shares in percent."""

    total: int
    untagged: int
    readings: list[OriginReadingOut]
    held_out: ShareOut | None


class DoorOut(Schema):
    key: str
    secret: str


class ToolIn(Schema):
    tool: str = Field(max_length=12)
    url: str = Field(max_length=500)
    site: str = Field(max_length=200)
    goal: str = Field(max_length=120)
    token: str = Field(max_length=500)


class ToolOut(Schema):
    id: int
    tool: str
    site: str
    goal: str


def objective_of(request: HttpRequest, pk: int) -> Objective:
    found = Objective.objects.filter(organisation=asked_by(request).organisation, pk=pk).select_related("organisation")
    if (one := found.first()) is None:
        raise Http404
    return one


def event_of(request: HttpRequest, pk: int) -> ConversionEvent:
    kept = ConversionEvent.objects.filter(organisation=asked_by(request).organisation, pk=pk)
    if (one := kept.select_related("organisation", "objective").first()) is None:
        raise Http404
    return one


def wide(found: Any) -> dict[str, float] | None:
    return None if found is None else {name: getattr(found, name) for name in ("low", "value", "high", "n")}


EVENT = {201: EventOut, **PROBLEMS}


@router.post("/measures/{objective_id}/events", operation_id="measurement.name_event", response=EVENT)
def name_event(request: HttpRequest, objective_id: Id, body: EventIn) -> Status[ConversionEvent]:
    """Name the act that counts, and its window in days."""
    made = acts.name_event(
        objective_of(request, objective_id), body.name, body.window_days, by=asked_by(request), key=body.key
    )
    return Status(201, made)


@router.get(
    "/measures/{objective_id}/origins", operation_id="measurement.origins", response={200: OriginsOut, **PROBLEMS}
)
def origins(request: HttpRequest, objective_id: Id) -> dict[str, Any]:
    """Four readings side by side."""
    require(asked_by(request), "read")
    found = reads.origins(objective_of(request, objective_id))
    held_out = wide(found.answer.share if found.answer else None)
    return {
        "total": found.total, "untagged": found.untagged, "held_out": held_out,
        "readings": [
            {"key": one.key, "ours": one.ours, "known": one.known, "share": wide(one.share)} for one in found.readings
        ],
    }  # fmt: skip


@router.post("/events/{event_id}/acts", operation_id="measurement.tell_act", response={201: KeptOut, **PROBLEMS})
def tell_act(request: HttpRequest, event_id: Id, body: ActIn) -> Status[dict[str, int]]:
    """Tell one act, or a tally of answers; `id` makes it count once."""
    row = {key: value for key, value in body.dict().items() if value not in ("", None)}
    return Status(201, {"kept": acts.tell_act(event_of(request, event_id), row, by=asked_by(request), origin="api")})


FILED = {200: FileKeptOut, **PROBLEMS}


@router.post("/events/{event_id}/file", operation_id="measurement.take_in_acts", response=FILED)
def take_in_acts(
    request: HttpRequest, event_id: Id, file: Annotated[UploadedFile | None, File()] = None
) -> dict[str, Any]:
    """A CSV of acts; 422 without one."""
    event = event_of(request, event_id)
    if file is None:
        raise Refusal(N_("Choose a file."), [Fault("file", N_("Choose a file."))])
    kept, bad = acts.take_in_acts(event, file.read(acts.MOST_BYTES + 1), by=asked_by(request))
    return {"kept": kept, "left_out": [{"line": line, "why": why} for line, why in bad[:200]]}


@router.post("/door", operation_id="measurement.open_door", response={201: DoorOut, **PROBLEMS})
def open_door(request: HttpRequest) -> Status[dict[str, str]]:
    """Another signed address; the one before closes."""
    door = acts.open_door(by=asked_by(request))
    return Status(201, {"key": door.key, "secret": acts.secret_of(door)})


@router.post("/door/close", operation_id="measurement.close_door", response={204: None, **PROBLEMS})
def close_door(request: HttpRequest) -> Status[None]:
    acts.close_door(by=asked_by(request))
    return Status(204, None)


@router.post("/events/{event_id}/tools", operation_id="measurement.read_tool", response={201: ToolOut, **PROBLEMS})
def read_tool(request: HttpRequest, event_id: Id, body: ToolIn) -> Status[VisitTool]:
    """Read Matomo or Plausible once a day for this act."""
    return Status(201, acts.read_tool(event_of(request, event_id), by=asked_by(request), **body.dict()))


@router.post("/tools/{tool_id}/forget", operation_id="measurement.forget_tool", response={204: None, **PROBLEMS})
def forget_tool(request: HttpRequest, tool_id: Id) -> Status[None]:
    tool = VisitTool.objects.filter(organisation=asked_by(request).organisation, pk=tool_id).first()
    if tool is None:
        raise Http404
    acts.forget_tool(tool, by=asked_by(request))
    return Status(204, None)
