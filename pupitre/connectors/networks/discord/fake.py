"""Discord in small: one webhook and its room."""

import json
from pathlib import Path
from typing import Any, ClassVar

from pupitre.connectors.fakes.exchange import Request, Response, answer
from pupitre.connectors.fakes.fake import Answered, Fake, Handler
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.openapi import OpenApi, openapi
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.world import Message, Person, World

HOOK, GUILD, ROOM = "1180000000000000001", "1170000000000000001", "1170000000000000002"
WORDS = "/components/schemas/IncomingWebhookRequestPartial"
PROBLEMS: dict[Effect, tuple[int, dict[str, Any]]] = {
    Effect.ACCESS_DEAD: (401, {"message": "Invalid Webhook Token", "code": 50027}),
    Effect.RIGHT_LOST: (403, {"message": "Missing Permissions", "code": 50013}),
    Effect.SUSPENDED: (404, {"message": "Unknown Webhook", "code": 10015}),
    Effect.QUOTA: (429, {"message": "You are being rate limited.", "global": False}),
    Effect.REFUSED: (400, {"message": "Invalid Form Body", "code": 50035}),
    Effect.DOWN: (502, {"message": "502: Bad Gateway", "code": 0}),
    Effect.ERROR_AFTER: (500, {"message": "500: Internal Server Error", "code": 0}),
}


class Discord(Fake):
    """One room."""

    key: ClassVar[str] = "discord"
    origins: ClassVar[tuple[str, ...]] = ("https://discord.com/api/v10",)
    publishing: ClassVar[str] = r"POST .*/webhooks/\d+/[\w-]+\Z"

    def __init__(self, world: World | None = None, *, publics: Publics | None = None) -> None:
        super().__init__(world, publics=publics)
        self.contract = openapi(Path(__file__).parent / "contract" / "openapi.json", prefix="/api/v10")
        me = self.world.person(id=HOOK, handle="Levain & Fils", name="Levain & Fils", ours=True)
        me.token = "levain-et-fils-hook-" + "x" * 48

    def routes(self) -> list[tuple[str, Handler]]:
        """The webhook and its messages; over HTTP the version is in the origin."""
        hook = r"(/api/v10)?/webhooks/(?P<hook>\d+)/(?P<token>[\w-]+)"
        message = hook + r"/messages/(?P<id>\d+)"
        return [
            (rf"GET {hook}", self.hook),
            (rf"POST {hook}", self.post),
            (rf"GET {message}", self.one),
            (rf"DELETE {message}", self.delete),
        ]

    def vault(self) -> dict[str, str]:
        """What the form holds."""
        return {"webhook": f"https://discord.com/api/webhooks/{HOOK}/{self.account().token}"}

    def mint(self, author: Person, *, kind: str) -> str:
        """A snowflake."""
        return str(1_190_000_000_000_000_000 + self.world.number())

    def problem(self, effect: Effect, seconds: float) -> Response:
        """Code and words; the wait in a header and in the body."""
        status, told = PROBLEMS[effect]
        if effect is not Effect.QUOTA:
            return answer(told, status)
        wait = seconds or 30
        return answer({**told, "retry_after": wait}, status, retry_after=str(wait), x_ratelimit_reset_after=str(wait))

    def signed(self, hook: str, token: str) -> Person:
        """The webhook."""
        who = self.account()
        if hook != who.id or token != who.token:
            raise Answered(self.problem(Effect.ACCESS_DEAD, 0))
        return who

    def hook(self, request: Request, hook: str, token: str) -> Response:
        """What it is."""
        who = self.signed(hook, token)
        place = {"guild_id": GUILD, "channel_id": ROOM, "application_id": None, "avatar": None, "type": 1}
        return answer({"id": who.id, "name": who.name, "token": who.token, "url": "https://discord.com/x", **place})

    def post(self, request: Request, hook: str, token: str) -> Response:
        """A message, with files when it is a form."""
        who = self.signed(hook, token)
        given = json.loads(request.field("payload_json")) if request.parts else request.json()
        if isinstance(self.contract, OpenApi):
            self.violations += self.contract.faults(WORDS, given)
        files = [parts[0] for name, parts in request.parts.items() if name.startswith("files[")]
        text = given.get("content") or given.get("poll", {}).get("question", {}).get("text", "")
        if len(text) > 2000 or len(files) != len(given.get("attachments", [])) or not (text or files):
            return self.problem(Effect.REFUSED, 0)
        now = self.world.clock.now().timestamp()
        message = self.world.add(Message(self.mint(who, kind="post"), who.id, text, now, extra=given))
        self.published(message)
        return answer(self.shown(message)) if request.arg("wait") == "true" else Response(204)

    def shown(self, message: Message) -> dict[str, Any]:
        """As the API writes a message."""
        who = self.world.people[message.author]
        lists: dict[str, Any] = {
            name: [] for name in ("mentions", "mention_roles", "attachments", "embeds", "components")
        }
        flags = {
            "pinned": False,
            "mention_everyone": False,
            "tts": False,
            "flags": 0,
            "type": 0,
            "edited_timestamp": None,
        }
        author = {
            "id": who.id,
            "username": who.name,
            "avatar": None,
            "discriminator": "0000",
            "public_flags": 0,
            "flags": 0,
        }
        author |= {"bot": True, "global_name": None, "primary_guild": None}
        likes = message.counts.get("likes", 0)
        counted = {"count": likes, "count_details": {"burst": 0, "normal": likes}, "burst_colors": []}
        heart = {"emoji": {"id": None, "name": "❤️"}, "me_burst": False, "me": False, **counted}
        said = {"id": message.id, "content": message.text, "channel_id": ROOM, "timestamp": message.when.isoformat()}
        return {**lists, **flags, **said, "author": author, "reactions": [heart] if likes else []}

    def found_or_404(self, id: str) -> Message:
        """A message of the webhook."""
        if id not in self.world.messages:
            raise Answered(answer({"message": "Unknown Message", "code": 10008}, 404))
        return self.world.messages[id]

    def one(self, request: Request, hook: str, token: str, id: str) -> Response:
        """One message."""
        self.signed(hook, token)
        return answer(self.shown(self.found_or_404(id)))

    def delete(self, request: Request, hook: str, token: str, id: str) -> Response:
        """Gone."""
        self.signed(hook, token)
        self.world.remove(self.found_or_404(id).id)
        return Response(204)


Server = Discord
