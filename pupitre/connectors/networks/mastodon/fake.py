"""A Mastodon server in small, with the habits of its relatives; every call is checked against the official contract.

world.store["habits"] changes it: ignores_key (the same key makes two posts), v1 (no second version of instance and
media), limit (characters), refusal (400 instead of 422), slow_media (looks before a file is ready), mute_scopes.
"""

import re
from pathlib import Path
from typing import Any, ClassVar
from zlib import crc32

from pupitre.connectors.contract import TextRule, Unit
from pupitre.connectors.counting import length
from pupitre.connectors.fakes.exchange import Request, Response, answer
from pupitre.connectors.fakes.fake import Answered, Fake, Handler
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.openapi import openapi
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.world import Message, Person, World
from pupitre.connectors.networks.mastodon.fake_words import HOST, SHAPES, account, attachment, page, stamp, status

CONTRACT = Path(__file__).parent / "contract" / "openapi.json"
SCOPES = ["read:accounts", "read:statuses", "read:notifications", "write:statuses", "write:media"]
PROBLEMS = {
    Effect.ACCESS_DEAD: (401, "The access token was revoked"),
    Effect.RIGHT_LOST: (403, "This action is outside the authorized scopes"),
    Effect.SUSPENDED: (403, "Your login is currently disabled"),
    Effect.QUOTA: (429, "Too many requests"),
    Effect.REFUSED: (422, "Validation failed: Text character limit of 500 exceeded"),
    Effect.DOWN: (503, "Remote data could not be fetched"),
    Effect.ERROR_AFTER: (500, "We're sorry, but something went wrong on our end."),
}


class Mastodon(Fake):
    """One server with everybody on it."""

    key: ClassVar[str] = "mastodon"
    origins: ClassVar[tuple[str, ...]] = (HOST,)
    publishing: ClassVar[str] = r"POST /api/v1/statuses\Z"

    def __init__(self, world: World | None = None, *, publics: Publics | None = None) -> None:
        super().__init__(world, publics=publics)
        self.contract = openapi(CONTRACT)
        me = self.world.person(id="109300000000000001", handle="levain", name="Levain & Fils", ours=True)
        me.token = f"masto-token-{me.handle}"
        self.habits: dict[str, Any] = self.world.store.setdefault("habits", {})

    def routes(self) -> list[tuple[str, Handler]]:
        """The operations that the connector uses."""
        return [
            (r"POST /api/v1/apps", self.register),
            (r"GET /api/v1/apps/verify_credentials", self.app),
            (r"POST /oauth/token", self.token),
            (r"GET /api/v1/accounts/verify_credentials", self.me),
            (r"GET /api/(?P<version>v[12])/instance", self.instance),
            (r"POST /api/v1/statuses", self.post),
            (r"GET /api/v1/statuses/(?P<id>\w+)", self.one),
            (r"DELETE /api/v1/statuses/(?P<id>\w+)", self.delete),
            (r"GET /api/v1/statuses/(?P<id>\w+)/context", self.context),
            (r"GET /api/v1/accounts/(?P<id>\w+)/statuses", self.statuses),
            (r"POST /api/(?P<version>v[12])/media", self.upload),
            (r"GET /api/v1/media/(?P<id>\w+)", self.media),
            (r"GET /api/v1/notifications", self.notifications),
        ]

    def vault(self) -> dict[str, str]:
        """What the form holds."""
        return {"instance": HOST, "token": "masto-token-levain"}

    def mint(self, author: Person, *, kind: str) -> str:
        """A number that grows, beyond 2^53."""
        return str(115_000_000_000_000_000 + self.world.number())

    def stranger(self, handle: str, name: str = "") -> Person:
        """User names have letters, digits and underscores here."""
        plain = re.sub(r"[^a-z0-9_]", "", handle.lower())
        return self.world.person(id=f"1094{crc32(plain.encode()):014d}", handle=plain, name=name or plain)

    def problem(self, effect: Effect, seconds: float) -> Response:
        """Words in `error`; the reset as a date."""
        status, words = PROBLEMS[effect]
        reset = {"x_ratelimit_reset": stamp(self.now() + (seconds or 300))} if effect is Effect.QUOTA else {}
        return answer({"error": words}, status, **reset)

    def now(self) -> float:
        """Seconds since 1970."""
        return self.world.clock.now().timestamp()

    def who(self, request: Request) -> Person:
        """Whose token."""
        person = self.world.by_token(request.bearer)
        if person is None:
            raise Answered(answer({"error": "The access token is invalid"}, 401))
        return person

    def register(self, request: Request) -> Response:
        """An application."""
        given = request.json()
        app = {"client_id": f"app-{self.world.number()}", "client_secret": "app-secret", **given}
        self.world.store.setdefault("apps", {})[app["client_id"]] = app
        uris = given["redirect_uris"]
        described = {
            "id": "1",
            "name": given["client_name"],
            "redirect_uri": uris[0],
            "redirect_uris": uris,
            "vapid_key": "",
        }
        scopes = given["scopes"].split()
        return answer({**described, "scopes": scopes, "client_id": app["client_id"], "client_secret": "app-secret"})

    def app(self, request: Request) -> Response:
        """The application of a token."""
        self.who(request)
        scopes = {} if self.habits.get("mute_scopes") else {"scopes": self.habits.get("scopes", SCOPES)}
        uris = ["https://pupitre.example/retour"]
        return answer(
            {
                "id": "1",
                "name": "Pupitre",
                "redirect_uri": uris[0],
                "redirect_uris": uris,
                "vapid_key": "",
                "scopes": [],
                **scopes,
            }
        )

    def token(self, request: Request) -> Response:
        """A code for a token; the only right code is "agreed"."""
        given = request.json()
        app = self.world.store.get("apps", {}).get(given["client_id"], {})
        known = given["redirect_uri"] in app.get("redirect_uris", []) and given["client_secret"] == app["client_secret"]
        if given["code"] != "agreed" or not known or len(given["code_verifier"]) < 43:
            words = "The provided authorization grant is invalid, expired or revoked"
            return answer({"error": "invalid_grant", "error_description": words}, 400)
        created = int(self.now())
        return answer(
            {
                "access_token": "masto-token-levain",
                "token_type": "Bearer",
                "scope": given["scope"],
                "created_at": created,
            }
        )

    def me(self, request: Request) -> Response:
        """Our account."""
        return answer({**account(self.who(request)), **SHAPES["own_account"]})

    def instance(self, request: Request, version: str) -> Response:
        """The server's rules, in the way of either version."""
        if version == "v2" and self.habits.get("v1"):
            return answer({"error": "Record not found"}, 404)
        rules = {**SHAPES["rules"], "statuses": {**SHAPES["rules"]["statuses"], "max_characters": self.limit}}
        told = {"version": self.habits.get("version", "4.5.2"), "configuration": rules}
        return answer({**SHAPES["instance"], **SHAPES[f"instance_{version}"], **told})

    @property
    def limit(self) -> int:
        """Characters allowed."""
        return int(self.habits.get("limit", 500))

    def post(self, request: Request) -> Response:
        """Publish; an unused key is kept, a known one gives the same status."""
        who, given = self.who(request), request.json()
        keys, key = self.world.store.setdefault("keys", {}), request.headers.get("idempotency-key", "")
        if key in keys and not self.habits.get("ignores_key"):
            return answer(status(self.world, self.world.messages[keys[key]]))
        text = given.get("status", "")
        if length(text, TextRule(0, Unit.GRAPHEMES, url_length=23, local_mentions=True)) > self.limit:
            refusal = 400 if self.habits.get("refusal") == 400 else 422
            return answer({"error": f"Validation failed: Text character limit of {self.limit} exceeded"}, refusal)
        if any(self.world.store["media"].get(id, {}).get("looks") for id in given.get("media_ids", [])):
            return answer(
                {"error": "Cannot attach files that have not finished processing. Try again in a moment"}, 422
            )
        above = self.world.messages.get(given.get("in_reply_to_id", ""))
        if given.get("in_reply_to_id") and above is None:
            return answer({"error": "Record not found"}, 404)
        message = self.kept(who, given, above)
        keys[key] = message.id
        self.published(message)
        return answer(status(self.world, message))

    def kept(self, who: Person, given: dict[str, Any], above: Message | None) -> Message:
        """A status as a message of the world."""
        shown = given.get("visibility", self.habits.get("default", "public"))
        media = [self.world.store["media"][id] for id in given.get("media_ids", [])]
        kind = "dm" if shown == "direct" else "reply" if above else "post"
        parent, root = (above.id, above.root or above.id) if above else ("", "")
        message = Message(
            self.mint(who, kind=kind), who.id, given.get("status", ""), self.now(), kind, parent, root,
            public=shown != "direct", language=given.get("language", ""), media=media,
            extra={"visibility": shown, "poll": given.get("poll"), "warning": given.get("spoiler_text", "")},
        )  # fmt: skip
        return self.world.add(message)

    def heard(self, message: Message, to: Person) -> None:
        """People name whom they talk to."""
        message.extra["visibility"] = "direct" if message.kind == "dm" else "public"
        if f"@{to.handle}" not in message.text and to.id != message.author:
            message.text = f"@{to.handle} {message.text}"

    def found_or_404(self, id: str) -> Message:
        """A status that exists."""
        if id not in self.world.messages:
            raise Answered(answer({"error": "Record not found"}, 404))
        return self.world.messages[id]

    def one(self, request: Request, id: str) -> Response:
        """One status."""
        self.who(request)
        return answer(status(self.world, self.found_or_404(id)))

    def delete(self, request: Request, id: str) -> Response:
        """Gone; the answer is what it was."""
        self.who(request)
        shown = status(self.world, self.found_or_404(id))
        self.world.remove(id)
        return answer(shown)

    def context(self, request: Request, id: str) -> Response:
        """What is above and below."""
        self.who(request)
        message = self.found_or_404(id)
        above: list[Message] = []
        while message.parent in self.world.messages:
            message = self.world.messages[message.parent]
            above.insert(0, message)
        below = self.world.under(id)
        return answer(
            {
                "ancestors": [status(self.world, one) for one in above],
                "descendants": [status(self.world, one) for one in below],
            }
        )

    def statuses(self, request: Request, id: str) -> Response:
        """Somebody's statuses, newest first."""
        self.who(request)
        mine = list(self.world.by(id))[::-1]
        return answer([status(self.world, one) for one in page(mine, request)])

    def upload(self, request: Request, version: str) -> Response:
        """Keep a file; the second version answers before it is ready."""
        self.who(request)
        if version == "v2" and self.habits.get("v1"):
            return answer({"error": "Record not found"}, 404)
        part = request.parts["file"][0]
        looks = int(self.habits.get("slow_media", 2 if part.mime.startswith("video/") else 0))
        kind = "video" if part.mime.startswith("video/") else "image"
        media = {
            "id": str(self.world.number() + 10**17),
            "type": kind,
            "description": request.field("description"),
            "looks": looks,
        }
        self.world.store.setdefault("media", {})[media["id"]] = media
        return answer(attachment(media), 202 if looks else 200)

    def media(self, request: Request, id: str) -> Response:
        """Is the file ready?"""
        self.who(request)
        media = self.world.store["media"][id]
        media["looks"] = max(media["looks"] - 1, 0)
        return answer(attachment(media), 206 if media["looks"] else 200)

    def notifications(self, request: Request) -> Response:
        """Newest first. Answers and mentions are both mentions here."""
        who = self.who(request)
        wanted = request.query.get("types[]", ["mention", "quote", "favourite", "follow_request"])
        names = {"reply": "mention", "mention": "mention", "dm": "mention", "quote": "quote", "like": "favourite"}
        mine = [one for one in self.world.notices[::-1] if one.to == who.id and names.get(one.kind, one.kind) in wanted]
        shown = []
        for one in page(mine, request):
            base = {
                "id": one.id,
                "type": names.get(one.kind, one.kind),
                "created_at": stamp(one.at),
                "group_key": f"ungrouped-{one.id}",
            }
            said = {"status": status(self.world, self.world.messages[one.message])} if one.message else {}
            shown.append({**base, "account": account(self.world.people[one.who]), **said})
        return answer(shown)


Server = Mastodon
