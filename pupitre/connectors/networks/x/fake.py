"""X in small, for one account: posts, mentions, a search, a purse, the rule of summoned answers, both vocabularies."""

from base64 import b64decode
from pathlib import Path
from typing import Any, ClassVar
from zlib import crc32

from pupitre.connectors.fakes.exchange import Request, Response, answer
from pupitre.connectors.fakes.fake import Answered, Fake, Handler
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.openapi import openapi
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.world import Message, Person, World
from pupitre.connectors.networks.x.fake_words import PROBLEMS, SCOPES, post, problem, seconds_of, user

ME = "1460000000000000001"
APP, WORD = "x-client", "x-client-secret-of-the-tests"
CONTRACT = Path(__file__).parent / "contract"


class Both:
    """The official description in the vocabulary that this server speaks."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.known = {name: openapi(CONTRACT / f"{name}.json") for name in ("old", "new")}

    def request(self, request: Request) -> list[str]:
        """What is wrong with a call."""
        contract = self.known[self.world.store.get("vocabulary", "old")]
        return contract.request(request) if contract else []

    def response(self, request: Request, response: Response) -> list[str]:
        """What is wrong with an answer."""
        contract = self.known[self.world.store.get("vocabulary", "old")]
        return contract.response(request, response) if contract else []


class X(Fake):
    """One account. `store["vocabulary"]` is old or new; `store["credits"]` false is an empty purse."""

    key: ClassVar[str] = "x"
    origins: ClassVar[tuple[str, ...]] = ("https://api.x.com",)
    publishing: ClassVar[str] = r"POST /2/tweets\Z"

    def __init__(self, world: World | None = None, *, publics: Publics | None = None) -> None:
        super().__init__(world, publics=publics)
        self.contract = Both(self.world)
        me = self.world.person(id=ME, handle="levainetfils", name="Levain & Fils", ours=True)
        me.token = "x-access-0"  # noqa: S105
        self.world.store.setdefault("refresh", "x-refresh-0")

    def routes(self) -> list[tuple[str, Handler]]:
        """The operations that the connector uses."""
        return [
            (r"POST /2/oauth2/token", self.tokens),
            (r"GET /2/users/me", self.me),
            (r"GET /2/users/(?P<id>\d+)/tweets", self.timeline),
            (r"GET /2/users/(?P<id>\d+)/mentions", self.mentions),
            (r"GET /2/tweets/search/recent", self.search),
            (r"POST /2/media/upload", self.upload),
            (r"POST /2/media/metadata", self.describe),
            (r"POST /2/tweets", self.publish),
            (r"GET /2/tweets/(?P<id>\d+)", self.one),
            (r"DELETE /2/tweets/(?P<id>\d+)", self.delete),
            (r"PUT /2/tweets/(?P<id>\d+)/hidden", self.hide),
        ]

    def vault(self) -> dict[str, str]:
        """After a consent."""
        known = {"client_id": APP, "client_secret": WORD, "monthly_cap": "50.00", "token": self.account().token}
        store = self.world.store
        return known | {"refresh": store["refresh"], "vocabulary": store.get("vocabulary", "old")}

    def mint(self, author: Person, *, kind: str) -> str:
        """Beyond 2^53."""
        return str(1_990_000_000_000_000_000 + self.world.number())

    def stranger(self, handle: str, name: str = "") -> Person:
        """People have numbers, and names without dots."""
        plain = handle.replace(".", "_").replace("-", "_")
        return self.world.person(id=f"15{crc32(handle.encode()):010d}", handle=plain, name=name or plain)

    def heard(self, message: Message, to: Person) -> None:
        """X writes the name of who is answered before the words; nobody writes privately or reviews here."""
        if message.kind == "reply":
            message.text = f"@{to.handle} {message.text}"

    def problem(self, effect: Effect, seconds: float) -> Response:
        """A problem document; the reset is a date in seconds."""
        status, kind, words = PROBLEMS[effect]
        reset = {"x_rate_limit_reset": str(int(self.now() + (seconds or 900)))} if effect is Effect.QUOTA else {}
        return problem(status, kind, words, **reset)

    def now(self) -> float:
        """Seconds since 1970."""
        return self.world.clock.now().timestamp()

    def signed(self, request: Request) -> Person:
        """Whose token; nothing is served to an empty purse."""
        who = self.world.by_token(request.bearer)
        if who is None:
            raise Answered(self.problem(Effect.ACCESS_DEAD, 0))
        if self.world.store.get("credits") is False:
            words = "Your enrolled account does not have any credits to fulfill this request."
            raise Answered(problem(402, "credits", words))
        wrong = "tweet.fields" if self.world.store.get("vocabulary") == "new" else "post.fields"
        if wrong in request.query:
            raise Answered(problem(400, "invalid-request", f"The query parameter [{wrong}] is not one of ..."))
        return who

    def tokens(self, request: Request) -> Response:
        """A code, or the one living refresh token, for new ones."""
        app = b64decode(request.headers.get("authorization", "").removeprefix("Basic ")).decode()
        agreed = request.field("code") == "agreed" and len(request.field("code_verifier")) >= 43
        renewed = request.field("refresh_token") == self.world.store["refresh"]
        kind = request.field("grant_type")
        if app != f"{APP}:{WORD}" or not {"authorization_code": agreed, "refresh_token": renewed}.get(kind):
            words = "Value passed for the token was invalid."
            return answer({"error": "invalid_request", "error_description": words}, 400)
        number = self.world.number()
        self.account().token, self.world.store["refresh"] = f"x-access-{number}", f"x-refresh-{number}"
        told = {"token_type": "bearer", "expires_in": 7200, "scope": self.world.store.get("scopes", SCOPES)}
        return answer({**told, "access_token": f"x-access-{number}", "refresh_token": f"x-refresh-{number}"})

    def me(self, request: Request) -> Response:
        """Who it is."""
        who = self.signed(request)
        return answer({"data": {**user(who), "subscription_type": self.world.store.get("subscription", "None")}})

    def page(self, request: Request, found: list[Message]) -> Response:
        """Newest first, with their authors."""
        start = int(request.arg("pagination_token") or request.arg("next_token") or 0)
        size = int(request.arg("max_results", "10"))
        since = seconds_of(request.arg("start_time")) if request.arg("start_time") else 0
        listed = [one for one in found if one.at >= since and one.visible_at <= self.now()]
        listed.sort(key=lambda one: (one.at, one.id), reverse=True)
        shown = listed[start : start + size]
        people = {one.author: user(self.world.people[one.author]) for one in shown}
        more = {"next_token": str(start + size)} if start + size < len(listed) else {}
        body: dict[str, Any] = {"meta": {"result_count": len(shown), **more}}
        if shown:
            body |= {"data": [self.shown(one) for one in shown], "includes": {"users": list(people.values())}}
        return answer(body)

    def shown(self, message: Message, *, metrics: bool = False) -> dict[str, Any]:
        """In the vocabulary of this server."""
        return post(self.world, message, new=self.world.store.get("vocabulary") == "new", metrics=metrics)

    def timeline(self, request: Request, id: str) -> Response:
        """What somebody posted."""
        self.signed(request)
        return self.page(request, list(self.world.by(id)))

    def mentions(self, request: Request, id: str) -> Response:
        """What names somebody, when X did not lose it."""
        self.signed(request)
        told = [one.message for one in self.world.notices if one.to == id and one.kind in {"reply", "mention"}]
        return self.page(request, [self.world.messages[one] for one in told if one in self.world.messages])

    def search(self, request: Request) -> Response:
        """A conversation, the last seven days."""
        self.signed(request)
        root = request.arg("query").removeprefix("conversation_id:")
        week = self.now() - 7 * 86_400
        found = [self.world.messages[root]] if root in self.world.messages else []
        return self.page(request, [one for one in found + self.world.under(root) if one.at >= week])

    def upload(self, request: Request) -> Response:
        """A picture."""
        self.signed(request)
        assert request.parts["media"][0].content
        id = str(1_780_000_000_000_000_000 + self.world.number())
        self.world.store.setdefault("media", {})[id] = ""
        return answer({"data": {"id": id, "media_key": f"3_{id}", "expires_after_secs": 86_400}, "meta": {}})

    def describe(self, request: Request) -> Response:
        """Its alternative text."""
        self.signed(request)
        given = request.json()
        text = given["metadata"]["alt_text"]["text"]
        self.world.store["media"][given["id"]] = text
        return answer({"data": {"id": given["id"], "associated_metadata": {"alt_text": {"text": text}}}})

    def publish(self, request: Request) -> Response:
        """A post, or an answer to who summoned us."""
        who, given = self.signed(request), request.json()
        above = self.world.messages.get(given.get("reply", {}).get("in_reply_to_tweet_id", ""))
        if "reply" in given and (above is None or f"@{who.handle}" not in above.text):
            return problem(403, "not-authorized", "You are not permitted to reply to this conversation.")
        media = [{"id": id, "alt": self.world.store["media"][id]} for id in given.get("media", {}).get("media_ids", [])]
        if any(
            one.text == given["text"] and self.now() - one.at < 86_400 for one in self.world.by(who.id, listed=False)
        ):
            return problem(403, "forbidden", "You are not allowed to create a Tweet with duplicate content.")
        parent, root = (above.id, above.root or above.id) if above else ("", "")
        id, kind = self.mint(who, kind="post"), "reply" if above else "post"
        message = Message(id, who.id, given["text"], self.now(), kind, parent, root, media=media)
        message.extra["poll"] = given.get("poll")
        self.published(self.world.add(message))
        return answer({"data": {"id": message.id, "text": message.text}}, 201)

    def one(self, request: Request, id: str) -> Response:
        """One post."""
        self.signed(request)
        kept = self.world.messages.get(id)
        return answer({"data": self.shown(kept, metrics=True)}) if kept else self.gone(id)

    def delete(self, request: Request, id: str) -> Response:
        """Gone."""
        self.signed(request)
        if id not in self.world.messages:
            return self.gone(id)
        self.world.remove(id)
        return answer({"data": {"deleted": True}})

    def gone(self, id: str) -> Response:
        """Nothing there."""
        return problem(404, "resource-not-found", f"Could not find tweet with id: [{id}].")

    def hide(self, request: Request, id: str) -> Response:
        """Hidden or shown."""
        self.signed(request)
        self.world.messages[id].hidden = request.json()["hidden"]
        return answer({"data": {"hidden": self.world.messages[id].hidden}})


Server = X
