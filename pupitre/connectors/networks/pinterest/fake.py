"""Pinterest in small: a consent, boards, pins, films at a place apart, counts."""

from base64 import b64decode
from pathlib import Path
from typing import Any, ClassVar

from pupitre.connectors.fakes.exchange import Request, Response, answer
from pupitre.connectors.fakes.fake import Answered, Fake, Handler
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.openapi import openapi
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.world import Message, Person, World

ME = "2783136121146311751"
BOARD = "549755885175"
SLOW = 30  # seconds before a film is ready
PLACE = "https://pinterest-media-upload.s3-accelerate.amazonaws.com"
APP = b"1500000:pinterest-app-secret"
SCOPES = "user_accounts:read boards:read pins:read pins:write"
PROBLEMS = {
    Effect.ACCESS_DEAD: (401, 2, "Authentication failed."),
    Effect.RIGHT_LOST: (403, 3, "Authorization failed."),
    Effect.SUSPENDED: (403, 12, "Your account has been suspended."),
    Effect.QUOTA: (429, 8, "You have exceeded your rate limit. Try again later."),
    Effect.REFUSED: (400, 1, "Invalid request: the image could not be read."),
    Effect.DOWN: (503, 0, "Service unavailable"),
    Effect.ERROR_AFTER: (500, 0, "An unexpected error occurred."),
}


class Pinterest(Fake):
    """One account with its boards."""

    key: ClassVar[str] = "pinterest"
    origins: ClassVar[tuple[str, ...]] = ("https://api.pinterest.com", PLACE)
    publishing: ClassVar[str] = r"POST /v5/pins\Z"

    def __init__(self, world: World | None = None, *, publics: Publics | None = None) -> None:
        super().__init__(world, publics=publics)
        self.contract = openapi(Path(__file__).parent / "contract" / "openapi.json")
        me = self.world.person(id=ME, handle="levainetfils", name="Levain & Fils", ours=True)
        me.token = f"pina_{ME}"

    def routes(self) -> list[tuple[str, Handler]]:
        """The operations that the connector uses."""
        return [
            (r"POST /v5/oauth/token", self.token),
            (r"GET /v5/user_account", self.me),
            (r"GET /v5/boards", self.boards),
            (r"POST /v5/media", self.media),
            (r"GET /v5/media/(?P<id>\d+)", self.state),
            (r"POST /", self.upload),
            (r"POST /v5/pins", self.pin),
            (r"GET /v5/pins", self.pins),
            (r"GET /v5/pins/(?P<id>\d+)", self.one),
            (r"DELETE /v5/pins/(?P<id>\d+)", self.delete),
        ]

    def vault(self) -> dict[str, str]:
        """After a consent."""
        app = {"app_id": "1500000", "app_secret": "pinterest-app-secret"}
        token = {"token": f"pina_{ME}", "token_until": "2099-01-01T00:00:00+00:00", "scopes": SCOPES}
        return {**app, **token, "board_id": BOARD}

    def mint(self, author: Person, *, kind: str) -> str:
        """A long number."""
        return str(813_744_226_420_795_000 + self.world.number())

    def problem(self, effect: Effect, seconds: float) -> Response:
        """Code and words; a ceiling says when it opens again."""
        status, code, words = PROBLEMS[effect]
        later = {"x_ratelimit_reset": str(int(seconds))} if effect is Effect.QUOTA else {}
        return wrong(status, code, words, **later)

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
        """A pin that exists."""
        self.signed(request)
        if id not in self.world.messages:
            raise Answered(wrong(404, 50, "Pin not found."))
        return self.world.messages[id]

    def token(self, request: Request) -> Response:
        """A code, or the last refresh token given, for 30 and 60 days."""
        basic = request.headers.get("authorization", "").removeprefix("Basic ")
        last = self.world.store.get("refresh", "pinr_0")
        fresh = request.field("code") == "agreed" or request.field("refresh_token") == last
        if b64decode(basic) != APP or not fresh:
            return wrong(400, 283, "Invalid authorization code or refresh token.")
        self.world.store["refresh"] = f"pinr_{self.world.number()}"
        told = {"access_token": self.account().token, "token_type": "bearer", "expires_in": 30 * 86_400}
        told |= {"refresh_token": self.world.store["refresh"], "refresh_token_expires_in": 60 * 86_400}
        return answer(told | {"scope": SCOPES, "response_type": request.field("grant_type")})

    def me(self, request: Request) -> Response:
        """The account."""
        who = self.signed(request)
        return answer({"id": ME, "username": who.handle, "business_name": who.name, "account_type": "BUSINESS"})

    def boards(self, request: Request) -> Response:
        """The boards, one a page."""
        self.signed(request)
        if request.arg("bookmark"):
            return answer({"items": [{"id": "549755885176", "name": "Viennoiseries"}]})
        more = {"bookmark": "b2"} if self.world.store.get("two") else {}
        return answer({"items": [{"id": BOARD, "name": "Pains"}], **more})

    def media(self, request: Request) -> Response:
        """A place for a film, and the fields that open it."""
        self.signed(request)
        id = str(5_212_123_920_968_240_000 + self.world.number())
        self.world.store.setdefault("films", {})[id] = 0
        fields = {"key": f"uploads/{id}", "policy": "eyJ9", "x-amz-algorithm": "AWS4-HMAC-SHA256"}
        told = {"media_id": id, "media_type": "video", "upload_url": f"{PLACE}/", "upload_parameters": fields}
        return answer(told, 201)

    def upload(self, request: Request) -> Response:
        """The bytes, at the place apart: no token goes there."""
        id = request.field("key").removeprefix("uploads/")
        if request.bearer or id not in self.world.store["films"]:
            return Response(403)
        self.world.store["films"][id] = self.now() + SLOW
        return Response(204)

    def state(self, request: Request, id: str) -> Response:
        """Whether a film is ready."""
        self.signed(request)
        when = self.world.store["films"].get(id, 0)
        status = "registered" if not when else "processing" if self.now() < when else "succeeded"
        return answer({"media_id": id, "media_type": "video", "status": self.world.store.get("verdict", status)})

    def pin(self, request: Request) -> Response:
        """A pin on a board of ours."""
        who, given = self.signed(request), request.json()
        source = given["media_source"]
        if source["source_type"] == "video_id" and not 0 < self.world.store["films"][source["media_id"]] <= self.now():
            return wrong(400, 1, "The video is not ready.")
        if given["board_id"] != BOARD:
            return wrong(404, 40, "Board not found.")
        words = given.get("description", "")
        message = Message(self.mint(who, kind="post"), who.id, words, self.now(), extra=given)
        self.published(self.world.add(message))
        return answer(self.shown(message), 201)

    def shown(self, one: Message) -> dict[str, Any]:
        """A pin as the API writes it; its date bears no zone."""
        told = {"id": one.id, "board_id": one.extra["board_id"], "description": one.text}
        return told | {"created_at": one.when.strftime("%Y-%m-%dT%H:%M:%S")}

    def pins(self, request: Request) -> Response:
        """The last pins, newest first."""
        self.signed(request)
        found = list(self.world.by(ME))[::-1][: int(request.arg("page_size"))]
        return answer({"items": [self.shown(one) for one in found]})

    def one(self, request: Request, id: str) -> Response:
        """A pin, with its counts."""
        message = self.kept(request, id)
        counts = {"impression": 120, "pin_click": 7, "clickthrough": 3, "comment": 0}
        counts["reaction"] = message.counts.get("likes", 0)
        return answer({**self.shown(message), "pin_metrics": {"lifetime_metrics": counts}})

    def delete(self, request: Request, id: str) -> Response:
        """Gone."""
        self.world.remove(self.kept(request, id).id)
        return Response(204)


def wrong(status: int, code: int, words: str, **headers: str) -> Response:
    """A refusal."""
    return answer({"code": code, "message": words}, status, **headers)


Server = Pinterest
