"""Instagram in small: containers, posts, comments, tags, direct messages, insights."""

from pathlib import Path
from typing import Any, ClassVar
from zlib import crc32

from pupitre.connectors.fakes.exchange import Request, Response, answer
from pupitre.connectors.fakes.fake import Answered, Fake, Handler
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.graph import Graph
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.world import Message, Person, World
from pupitre.connectors.networks.instagram.oauth import SCOPES

ME = "17841400000000001"
SITE = "https://www.instagram.com"
DAY = 86_400
METRICS = {"reach": 30, "likes": 0, "comments": 0, "shares": 0, "saved": 1}
PROBLEMS = {
    Effect.ACCESS_DEAD: (400, 190, "Error validating access token: the session has expired."),
    Effect.RIGHT_LOST: (403, 10, "Application does not have permission for this action"),
    Effect.SUSPENDED: (400, 368, "The action attempted has been deemed abusive or is otherwise disallowed"),
    Effect.QUOTA: (400, 9, "Application request limit reached"),
    Effect.REFUSED: (400, 36000, "The image is too large to download."),
    Effect.DOWN: (503, 2, "Service temporarily unavailable"),
    Effect.ERROR_AFTER: (500, 1, "An unknown error occurred"),
}


class Instagram(Fake):
    """One account and its followers."""

    key: ClassVar[str] = "instagram"
    origins: ClassVar[tuple[str, ...]] = ("https://graph.instagram.com", "https://api.instagram.com")
    publishing: ClassVar[str] = r"POST /v26\.0/\d+/(media_publish|comments|replies|messages)\Z"
    answers: ClassVar[str] = "comment"

    def __init__(self, world: World | None = None, *, publics: Publics | None = None) -> None:
        super().__init__(world, publics=publics)
        graph = Graph(Path(__file__).parent / "contract" / "graph.json", self.node_of)
        graph.apart |= {"/oauth/access_token", "/access_token", "/refresh_access_token"}
        self.contract = graph
        me = self.world.person(id=ME, handle="levainetfils", name="Levain & Fils", ours=True)
        me.token = f"IGAA-{ME}"

    def routes(self) -> list[tuple[str, Handler]]:
        """The edges that the connector uses."""
        me, thing = rf"/v26\.0/{ME}", r"/v26\.0/(?P<id>[\w-]+)"
        return [
            (r"POST /oauth/access_token", self.short),
            (r"GET /(?P<kind>access_token|refresh_access_token)", self.longer),
            (r"GET /v26\.0/me", self.me),
            (rf"GET {me}/content_publishing_limit", self.quota),
            (rf"POST {me}/media", self.contain),
            (rf"POST {me}/media_publish", self.publish),
            (rf"POST {me}/messages", self.whisper),
            (rf"GET {me}/(?P<edge>media|tags|conversations)", self.listing),
            (rf"GET {thing}/(comments|replies)", self.comments),
            (rf"POST {thing}/(comments|replies)", self.comment),
            (rf"GET {thing}/messages", self.told),
            (rf"GET {thing}/insights", self.insights),
            (rf"GET {thing}", self.one),
            (rf"POST {thing}", self.hide),
        ]

    def vault(self) -> dict[str, str]:
        """After an authorisation."""
        until = "2099-01-01T00:00:00+00:00"
        return {"user_id": ME, "token": f"IGAA-{ME}", "token_until": until, "scopes": SCOPES}

    def stranger(self, handle: str, name: str = "") -> Person:
        """People have numbers and a name in the address."""
        return self.world.person(id=f"3{crc32(handle.encode()):014d}", handle=handle, name=name or handle)

    def node_of(self, id: str) -> str:
        """What an id is."""
        if id == ME:
            return "User"
        if id.startswith("t_"):
            return "Thread"
        kept = self.world.messages.get(id)
        return "Container" if kept is None else "Comment" if kept.kind == "comment" else "Media"

    def mint(self, author: Person, *, kind: str) -> str:
        """A long number; m_ for direct messages."""
        number = 18_000_000_000_000_000 + self.world.number()
        return f"m_{number}" if kind == "dm" else str(number)

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
            raise Answered(wrong(100, f"Unsupported request. Object with ID '{id}' does not exist"))
        return self.world.messages[id]

    def short(self, request: Request) -> Response:
        """A code for a token of one hour; the only right code is "agreed"."""
        if request.field("code") != "agreed" or request.field("client_secret") != "instagram-app-secret":
            return wrong(100, "Invalid authorization code")
        told = {"access_token": "IGAA-short", "user_id": ME, "permissions": SCOPES}
        return answer({"data": [told]})

    def longer(self, request: Request, kind: str) -> Response:
        """60 more days."""
        known = {"IGAA-short", self.account().token}
        if request.arg("access_token") not in known:
            return self.problem(Effect.ACCESS_DEAD, 0)
        return answer({"access_token": self.account().token, "token_type": "bearer", "expires_in": 60 * DAY})

    def me(self, request: Request) -> Response:
        """The account."""
        who = self.signed(request)
        return answer({"id": "1", "user_id": ME, "username": who.handle, "name": who.name, "account_type": "BUSINESS"})

    def quota(self, request: Request) -> Response:
        """How many of today's publications are used."""
        self.signed(request)
        recent = sum(1 for one in self.world.by(ME, since=self.now() - DAY) if one.kind == "post")
        return answer({"data": [{"quota_usage": recent, "config": {"quota_total": 50, "quota_duration": DAY}}]})

    def contain(self, request: Request) -> Response:
        """A container; films take a minute."""
        self.signed(request)
        given, id = request.json(), str(17_900_000_000_000_000 + self.world.number())
        children = given.get("children", [])
        boxes = self.world.store.setdefault("boxes", {})
        unknown = [child for child in children if child not in boxes]
        if unknown or (children and not 2 <= len(children) <= 10) or len(given.get("caption", "")) > 2200:
            return wrong(100, "Invalid parameter")
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
        """A container, once."""
        who, box = self.signed(request), self.world.store["boxes"].get(request.json()["creation_id"])
        if box is None or self.state(box) != "FINISHED":
            return wrong(9007, "The media is not ready for publishing, please wait for a moment")
        box["published"] = True
        text = box.get("caption", "")
        message = self.world.add(Message(self.mint(who, kind="post"), who.id, text, self.now(), extra={"box": box}))
        self.published(message)
        return answer({"id": message.id})

    def comment(self, request: Request, id: str) -> Response:
        """A comment of the account."""
        above, who = self.kept(request, id), self.signed(request)
        words, root = request.json()["message"], above.root or id
        said = Message(self.mint(who, kind="comment"), who.id, words, self.now(), "comment", id, root)
        self.published(self.world.add(said))
        return answer({"id": said.id})

    def whisper(self, request: Request) -> Response:
        """A direct message, within a day of the person's last words."""
        who, given = self.signed(request), request.json()
        person = given["recipient"]["id"]
        last = max((one.at for one in self.world.by(person) if one.kind == "dm"), default=0)
        if self.now() - last > DAY:
            return wrong(551, "This message is sent outside of allowed window.")
        words = given["message"]["text"]
        said = Message(self.mint(who, kind="dm"), who.id, words, self.now(), "dm", to=person, public=False)
        return answer({"recipient_id": person, "message_id": self.world.add(said).id})

    def listing(self, request: Request, edge: str) -> Response:
        """The account's lists, newest first."""
        self.signed(request)
        every = list(self.world.messages.values())[::-1]
        if edge == "media":
            return listed([self.post(one) for one in every if one.author == ME and one.kind == "post"])
        if edge == "tags":
            return listed([self.post(one) for one in every if one.kind == "mention"])
        people = {(one.to if one.author == ME else one.author): one for one in every if one.kind == "dm"}
        return listed([{"id": f"t_{id}", "messages": {"data": self.talk(id)}} for id in people])

    def post(self, message: Message) -> dict[str, Any]:
        """As the API writes a post."""
        base = {
            "id": message.id,
            "caption": message.text,
            "timestamp": stamp(message),
            "permalink": f"{SITE}/p/{message.id}/",
        }
        below = [self.shown(one) for one in self.world.children(message.id)]
        return {**base, "username": self.world.people[message.author].handle, "comments": {"data": below}}

    def shown(self, message: Message) -> dict[str, Any]:
        """As the API writes a comment, with what is under it."""
        who = self.world.people[message.author]
        base = {"id": message.id, "text": message.text, "timestamp": stamp(message), "username": who.handle}
        parent = {"parent_id": message.parent} if message.parent != message.root else {}
        below = [self.shown(one) for one in self.world.under(message.id)] if not parent else []
        nested = {"replies": {"data": below}} if below else {}
        return {**base, **parent, **nested, "from": {"id": who.id, "username": who.handle}, "hidden": message.hidden}

    def talk(self, person: str) -> list[dict[str, Any]]:
        """A conversation, newest first."""
        said = [one for one in self.world.messages.values() if one.kind == "dm" and person in {one.author, one.to}]
        people = self.world.people
        return [
            {"id": one.id, "message": one.text, "created_time": stamp(one),
             "from": {"id": one.author, "username": people[one.author].handle}} for one in said[::-1]
        ]  # fmt: skip

    def told(self, request: Request, id: str) -> Response:
        """The messages of a conversation."""
        self.signed(request)
        return listed(self.talk(id.removeprefix("t_")))

    def comments(self, request: Request, id: str) -> Response:
        """What is directly under a post or a comment."""
        return listed([self.shown(one) for one in self.world.children(self.kept(request, id).id)])

    def insights(self, request: Request, id: str) -> Response:
        """One metric; dead names are refused."""
        message, metric = self.kept(request, id), request.arg("metric")
        if metric not in METRICS:
            return wrong(100, "(#100) metric[0] must be one of the following values")
        value = message.counts.get("likes", 0) if metric == "likes" else METRICS[metric]
        return listed([{"name": metric, "period": "lifetime", "values": [{"value": value}]}])

    def one(self, request: Request, id: str) -> Response:
        """A container or a post."""
        self.signed(request)
        box = self.world.store.get("boxes", {}).get(id)
        if box is not None:
            return answer({"id": id, "status_code": self.state(box), "status": self.state(box)})
        return answer(self.post(self.kept(request, id)))

    def hide(self, request: Request, id: str) -> Response:
        """Hide a comment, or show it."""
        self.kept(request, id).hidden = bool(request.json()["hide"])
        return answer({"success": True})


def listed(data: list[dict[str, Any]]) -> Response:
    """A page of a list."""
    return answer({"data": data})


def wrong(code: int, words: str, status: int = 400) -> Response:
    """A refusal."""
    return answer({"error": {"message": words, "type": "IGApiException", "code": code, "fbtrace_id": "A1"}}, status)


def stamp(message: Message) -> str:
    """A date of the API."""
    return message.when.strftime("%Y-%m-%dT%H:%M:%S+0000")


Server = Instagram
