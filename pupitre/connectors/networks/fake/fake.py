"""The fake network's server. Modes, set by the token: plain, keyed, drops, late.

plain forgets keys; keyed gives the same post for the same Idempotency-Key; drops commits one post in three then
breaks the connection; late shows a post in listings five seconds after it is public.
"""

from typing import ClassVar

from pupitre.connectors.fakes.exchange import Request, Response, answer
from pupitre.connectors.fakes.fake import Answered, Broken, Fake, Handler
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.world import Message, Person, World

MODES = ("plain", "keyed", "drops", "late")
LATE = 5.0
PROBLEMS = {
    Effect.ACCESS_DEAD: (401, "token_dead", "This token is no longer valid."),
    Effect.RIGHT_LOST: (403, "right_lost", "The right to publish was withdrawn."),
    Effect.SUSPENDED: (403, "suspended", "This account is suspended."),
    Effect.QUOTA: (429, "quota", "Too many posts."),
    Effect.REFUSED: (422, "refused", "This text breaks the rules of the place."),
    Effect.DOWN: (503, "down", "Back soon."),
    Effect.ERROR_AFTER: (500, "error", "Something went wrong."),
}


class FakeServer(Fake):
    """Every network in small."""

    key: ClassVar[str] = "fake"
    origins: ClassVar[tuple[str, ...]] = ("https://fake.example",)
    publishing: ClassVar[str] = r"POST /posts\Z"

    def __init__(self, world: World | None = None, *, publics: Publics | None = None) -> None:
        super().__init__(world, publics=publics)
        for mode in MODES:
            self.world.person(id=f"us-{mode}", handle=f"levain-{mode}", name="Levain", ours=True, token=f"token-{mode}")

    def routes(self) -> list[tuple[str, Handler]]:
        """The whole API."""
        return [
            (r"GET /me", self.me),
            (r"POST /posts", self.post),
            (r"GET /posts", self.posts),
            (r"GET /inbox", self.inbox),
            (r"GET /posts/(?P<id>\w+)", self.one),
            (r"DELETE /posts/(?P<id>\w+)", self.delete),
            (r"GET /posts/(?P<id>\w+)/thread", self.thread),
            (r"GET /posts/(?P<id>\w+)/figures", self.figures),
            (r"PUT /posts/(?P<id>\w+)/hidden", self.hide),
        ]

    def vault(self, mode: str = "plain") -> dict[str, str]:
        """For the connection of one mode."""
        return {"server": "https://fake.example", "token": f"token-{mode}"}

    def mint(self, author: Person, *, kind: str) -> str:
        """Longer than 2^53, as real ones are."""
        return str(9_100_000_000_000_000_000 + self.world.number())

    def problem(self, effect: Effect, seconds: float) -> Response:
        """Its own words."""
        status, code, message = PROBLEMS[effect]
        headers = {"retry_after": str(int(seconds or 60))} if effect is Effect.QUOTA else {}
        return answer({"error": code, "message": message}, status, **headers)

    def who(self, request: Request) -> Person:
        """The account of the token."""
        person = self.world.by_token(request.bearer)
        if person is None:
            raise Answered(self.problem(Effect.ACCESS_DEAD, 0))
        return person

    def me(self, request: Request) -> Response:
        """The account."""
        who = self.who(request)
        return answer({"id": who.id, "handle": who.handle, "name": who.name, "url": url(who.handle), "rights": ["all"]})

    def post(self, request: Request) -> Response:
        """Publish one message, with its files or its poll."""
        who, body = self.who(request), request.json()
        key = request.headers.get("idempotency-key", "")
        keys = self.world.store.setdefault("keys", {})
        mode = who.id.removeprefix("us-")
        if mode == "keyed" and key in keys:
            return answer(self.shown(self.world.messages[keys[key]]))
        if not body["text"].strip() and not body["media"]:
            return answer({"error": "empty", "message": "Say something."}, 422)
        message = self.keep(who, body, late=LATE if mode == "late" else 0)
        keys[key] = message.id
        if mode == "drops" and self.world.number() % 3 == 0:
            raise Broken("reset")
        return answer(self.shown(message))

    def keep(self, who: Person, body: dict[str, object], *, late: float) -> Message:
        """One message, in its place."""
        now = self.world.clock.now().timestamp()
        parent, media = str(body["parent"]), body["media"]
        above = self.world.messages.get(parent)
        assert isinstance(media, list)
        kind = "dm" if body["private"] else "reply" if parent else "post"
        message = Message(
            self.mint(who, kind=kind), who.id, str(body["text"]), now, kind, parent,
            (above.root or above.id) if above else "", language=str(body["language"]), public=not body["private"],
            visible_at=now + late, media=media, extra={"poll": body["poll"], "kind": body["kind"]},
        )  # fmt: skip
        if any(one["mime"].startswith("video/") for one in media):
            message.extra["ready_at"] = now + 3
        self.world.add(message)
        self.published(message)
        return message

    def posts(self, request: Request) -> Response:
        """One's own recent messages, as listings show them."""
        since = float(request.arg("since", "0"))
        return answer([self.shown(message) for message in self.world.by(self.who(request).id, since=since)])

    def inbox(self, request: Request) -> Response:
        """Notifications that carry a message."""
        who, since = self.who(request), float(request.arg("since", "0"))
        mine = [one for one in self.world.notices if one.to == who.id and one.at >= since]
        return answer(
            [self.shown(self.world.messages[one.message]) for one in mine if one.kind not in {"like", "follow"}]
        )

    def one(self, request: Request, id: str) -> Response:
        """One message."""
        return answer(self.shown(self.own(request, id)))

    def thread(self, request: Request, id: str) -> Response:
        """Everything below one message."""
        return answer([self.shown(message) for message in self.world.under(self.own(request, id).id)])

    def figures(self, request: Request, id: str) -> Response:
        """Counts of one message."""
        counts = self.own(request, id).counts
        return answer({name: counts.get(name, 0) for name in ("views", "likes", "replies", "shares")})

    def delete(self, request: Request, id: str) -> Response:
        """Gone for all."""
        self.world.remove(self.own(request, id).id)
        return Response(204)

    def hide(self, request: Request, id: str) -> Response:
        """Hide an answer under one of ours."""
        self.own(request, id).hidden = bool(request.json()["hidden"])
        return Response(204)

    def own(self, request: Request, id: str) -> Message:
        """A message that exists, for somebody signed in."""
        self.who(request)
        if id not in self.world.messages:
            raise Answered(answer({"error": "not_found", "message": "No such message."}, 404))
        return self.world.messages[id]

    def shown(self, message: Message) -> dict[str, object]:
        """As the API writes a message."""
        who = self.world.people[message.author]
        ready = message.extra.get("ready_at", 0) <= self.world.clock.now().timestamp()
        return {
            "id": message.id, "text": message.text, "kind": message.kind, "at": message.when.isoformat(),
            "parent": message.parent, "root": message.root, "public": message.public, "language": message.language,
            "rating": message.rating, "state": "public" if ready else "processing", "media": message.media,
            "url": f"{url(who.handle)}/{message.id}",
            "author": {"id": who.id, "handle": who.handle, "name": who.name, "url": url(who.handle)},
        }  # fmt: skip


def url(handle: str) -> str:
    """Where a person would see the account."""
    return f"https://fake.example/@{handle}"


Server = FakeServer
