"""Threads in small: containers, posts, answers, mentions, insights."""

import json
from pathlib import Path
from typing import Any, ClassVar

from pupitre.connectors.fakes.exchange import Request, Response, answer
from pupitre.connectors.fakes.fake import Answered, Fake, Handler
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.openapi import openapi
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.world import Message, Person, World
from pupitre.connectors.networks.threads.client import SITE
from pupitre.connectors.networks.threads.oauth import SCOPES

ME = "25000000000000001"
DAY = 86_400
METRICS = {"views": 40, "likes": 0, "replies": 0, "reposts": 1, "quotes": 0, "shares": 0}
PROBLEMS = {
    Effect.ACCESS_DEAD: (400, 190, "Error validating access token: the session has expired."),
    Effect.RIGHT_LOST: (403, 10, "Application does not have permission for this action"),
    Effect.SUSPENDED: (400, 368, "The action attempted has been deemed abusive or is otherwise disallowed"),
    Effect.QUOTA: (400, 4, "Application request limit reached"),
    Effect.REFUSED: (400, 100, "Param text must be at most 500 characters long."),
    Effect.DOWN: (503, 2, "Service temporarily unavailable"),
    Effect.ERROR_AFTER: (500, 1, "An unknown error occurred"),
}


class Threads(Fake):
    """One account and the people who answer it."""

    key: ClassVar[str] = "threads"
    origins: ClassVar[tuple[str, ...]] = ("https://graph.threads.net",)
    publishing: ClassVar[str] = r"POST /v1\.0/\d+/threads_publish\Z"

    def __init__(self, world: World | None = None, *, publics: Publics | None = None) -> None:
        super().__init__(world, publics=publics)
        self.contract = openapi(Path(__file__).parent / "contract" / "openapi.json")
        me = self.world.person(id=ME, handle="levainetfils", name="Levain & Fils", ours=True)
        me.token = f"THAA-{ME}"

    def routes(self) -> list[tuple[str, Handler]]:
        """The operations that the connector uses."""
        me, thing = rf"/v1\.0/{ME}", r"/v1\.0/(?P<id>\d+)"
        return [
            (r"POST /oauth/access_token", self.short),
            (r"GET /(access_token|refresh_access_token)", self.longer),
            (r"GET /v1\.0/debug_token", self.rights),
            (r"GET /v1\.0/me", self.me),
            (rf"GET {me}/threads_publishing_limit", self.quota),
            (rf"POST {me}/threads", self.contain),
            (rf"POST {me}/threads_publish", self.publish),
            (rf"GET {me}/(?P<edge>threads|replies|mentions)", self.listing),
            (rf"GET {thing}/conversation", self.conversation),
            (rf"GET {thing}/insights", self.insights),
            (rf"POST {thing}/manage_reply", self.hide),
            (rf"GET {thing}", self.one),
            (rf"DELETE {thing}", self.delete),
        ]

    def vault(self) -> dict[str, str]:
        """After an authorisation."""
        until = "2099-01-01T00:00:00+00:00"
        return {"user_id": ME, "token": f"THAA-{ME}", "token_until": until, "scopes": SCOPES}

    def mint(self, author: Person, *, kind: str) -> str:
        """A long number."""
        return str(18_000_000_000_000_000 + self.world.number())

    def problem(self, effect: Effect, seconds: float) -> Response:
        """Everything in `error`."""
        status, code, words = PROBLEMS[effect]
        return wrong(code, words, status)

    def now(self) -> float:
        """Seconds since 1970."""
        return self.world.clock.now().timestamp()

    def signed(self, request: Request) -> Person:
        """Whose token."""
        who = self.world.by_token(request.bearer)
        if who is None:
            raise Answered(self.problem(Effect.ACCESS_DEAD, 0))
        return who

    def kept(self, request: Request, id: str) -> Message:
        """A thing that exists."""
        self.signed(request)
        if id not in self.world.messages:
            raise Answered(gone(id))
        return self.world.messages[id]

    def short(self, request: Request) -> Response:
        """A code for a token of one hour; the only right code is "agreed"."""
        if request.field("code") != "agreed" or request.field("client_secret") != "threads-app-secret":
            return wrong(100, "Invalid authorization code")
        return answer({"access_token": "THAA-short", "user_id": int(ME)})

    def longer(self, request: Request) -> Response:
        """60 more days."""
        if request.arg("access_token") not in {"THAA-short", self.account().token}:
            return self.problem(Effect.ACCESS_DEAD, 0)
        return answer({"access_token": self.account().token, "token_type": "bearer", "expires_in": 60 * DAY})

    def rights(self, request: Request) -> Response:
        """What was granted."""
        self.signed(request)
        return answer({"data": {"is_valid": True, "user_id": ME, "scopes": SCOPES.split(",")}})

    def me(self, request: Request) -> Response:
        """The account."""
        who = self.signed(request)
        return answer({"id": ME, "username": who.handle, "name": who.name})

    def quota(self, request: Request) -> Response:
        """How many of today's publications are used."""
        self.signed(request)
        recent = sum(1 for one in self.world.by(ME, since=self.now() - DAY) if one.kind == "post")
        return answer({"data": [{"quota_usage": recent, "config": {"quota_total": 250, "quota_duration": DAY}}]})

    def contain(self, request: Request) -> Response:
        """A container; films take a minute."""
        self.signed(request)
        given = {name: values[0] for name, values in request.query.items()}
        boxes = self.world.store.setdefault("boxes", {})
        fault = unfit(given, boxes)
        if fault:
            return wrong(100, fault)
        id = str(17_900_000_000_000_000 + self.world.number())
        ready = self.now() + (60 if "video_url" in given else 0)
        boxes[id] = {**given, "ready": ready, "born": self.now(), "published": False}
        return answer({"id": id})

    def state(self, box: dict[str, Any]) -> str:
        """Where a container is in its life of a day."""
        if box["published"]:
            return "PUBLISHED"
        if self.now() - box["born"] > DAY:
            return "EXPIRED"
        return "FINISHED" if self.now() >= box["ready"] else "IN_PROGRESS"

    def publish(self, request: Request) -> Response:
        """A container, once: a post, or an answer where it says so."""
        who, box = self.signed(request), self.world.store["boxes"].get(request.arg("creation_id"))
        if box is None or self.state(box) != "FINISHED":
            return wrong(24, "The requested resource does not exist")
        above = self.world.messages.get(box.get("reply_to_id", ""))
        if above is None and box.get("reply_to_id"):
            return gone(box["reply_to_id"])
        box["published"] = True
        kind, parent = ("reply", above.id) if above else ("post", "")
        root = (above.root or above.id) if above else ""
        said = Message(
            self.mint(who, kind=kind), who.id, box.get("text", ""), self.now(), kind, parent, root, extra={"box": box}
        )
        self.published(self.world.add(said))
        return answer({"id": said.id})

    def listing(self, request: Request, edge: str) -> Response:
        """The account's posts, its answers, or where others name it; newest first."""
        self.signed(request)
        since = float(request.arg("since", "0"))
        if edge == "mentions":
            found = [one for one in self.world.messages.values() if one.kind == "mention" and one.at >= since]
        else:
            kind = "post" if edge == "threads" else "reply"
            found = [one for one in self.world.by(ME, since=since) if one.kind == kind]
        return answer({"data": [self.shown(one) for one in found[::-1][: int(request.arg("limit", "25"))]]})

    def shown(self, one: Message) -> dict[str, Any]:
        """As the API writes a post or an answer."""
        who = self.world.people[one.author]
        told = {
            "id": one.id,
            "text": one.text,
            "timestamp": one.when.strftime("%Y-%m-%dT%H:%M:%S+0000"),
            "permalink": f"{SITE}/@{who.handle}/post/{one.id}",
            "username": who.handle,
            "has_replies": bool(self.world.children(one.id)),
            "is_reply_owned_by_me": one.author == ME and one.kind == "reply",
        }
        above = {"replied_to": {"id": one.parent}, "root_post": {"id": one.root}} if one.parent else {}
        return told | above

    def conversation(self, request: Request, id: str) -> Response:
        """Everything below, oldest first."""
        return answer({"data": [self.shown(one) for one in self.world.under(self.kept(request, id).id)]})

    def insights(self, request: Request, id: str) -> Response:
        """Figures under their names; an unknown name refuses the whole call."""
        message, asked = self.kept(request, id), request.arg("metric").split(",")
        if set(asked) - set(METRICS):
            return wrong(100, "(#100) metric[0] must be one of the following values")
        values = METRICS | {"likes": message.counts.get("likes", 0), "replies": message.counts.get("replies", 0)}
        return answer(
            {"data": [{"name": one, "period": "lifetime", "values": [{"value": values[one]}]} for one in asked]}
        )

    def hide(self, request: Request, id: str) -> Response:
        """A first answer, with what is below it; no deeper one alone."""
        message = self.kept(request, id)
        if message.parent != message.root:
            return wrong(100, "Only top-level replies can be hidden")
        message.hidden = request.arg("hide") == "true"
        return answer({"success": True})

    def one(self, request: Request, id: str) -> Response:
        """A container or a post."""
        self.signed(request)
        box = self.world.store.get("boxes", {}).get(id)
        if box is not None:
            return answer({"id": id, "status": self.state(box)})
        return answer(self.shown(self.kept(request, id)))

    def delete(self, request: Request, id: str) -> Response:
        """Gone for good."""
        self.world.remove(self.kept(request, id).id)
        return answer({"success": True, "deleted_id": id})


def unfit(given: dict[str, str], boxes: dict[str, Any]) -> str:
    """Why a container cannot be made; nothing when it can."""
    children = list(filter(None, given.get("children", "").split(",")))
    poll = json.loads(given.get("poll_attachment", "{}"))
    if given["media_type"] == "CAROUSEL" and not 2 <= len(children) <= 20:
        return "A carousel holds between 2 and 20 items"
    if set(children) - set(boxes) or len(given.get("text", "")) > 500:
        return "Invalid parameter"
    if poll and (given["media_type"] != "TEXT" or not {"option_a", "option_b"} <= set(poll)):
        return "A poll goes with words alone and has at least two options"
    wanted = {"TEXT": "text", "IMAGE": "image_url", "VIDEO": "video_url", "CAROUSEL": "children"}
    return "" if given.get(wanted.get(given["media_type"], "?")) else "Invalid parameter"


def gone(id: str) -> Response:
    """No such thing."""
    return wrong(100, f"Unsupported request. Object with ID '{id}' does not exist")


def wrong(code: int, words: str, status: int = 400) -> Response:
    """A refusal."""
    return answer({"error": {"message": words, "type": "THApiException", "code": code, "fbtrace_id": "A1"}}, status)


Server = Threads
