"""TikTok in small, for one account: films laid in its inbox, finished by a person in the application; figures."""

import re
from pathlib import Path
from typing import Any, ClassVar

from pupitre.connectors.fakes.exchange import Request, Response, answer
from pupitre.connectors.fakes.fake import Answered, Fake, Handler
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.openapi import openapi
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.world import Message, Person, World

ME = "-000levain-open-id"
KEY, WORD = "tiktok-client-key", "tiktok-client-secret"
SCOPES = "user.info.basic,video.upload,video.list"
WORK = 20  # seconds that a draft takes to reach the inbox
PROBLEMS = {
    Effect.ACCESS_DEAD: (401, "access_token_invalid", "The access token is invalid or not found in the request."),
    Effect.RIGHT_LOST: (401, "scope_not_authorized", "The user did not authorize the scope required."),
    Effect.SUSPENDED: (403, "spam_risk_user_banned_from_posting", "The user is banned from making new posts."),
    Effect.QUOTA: (429, "rate_limit_exceeded", "The API rate limit was exceeded."),
    Effect.REFUSED: (400, "invalid_param", "The total chunk count is invalid"),
    Effect.DOWN: (503, "internal_error", "Something went wrong."),
    Effect.ERROR_AFTER: (500, "internal_error", "Something went wrong."),
}


class TikTok(Fake):
    """One account."""

    key: ClassVar[str] = "tiktok"
    origins: ClassVar[tuple[str, ...]] = ("https://open.tiktokapis.com", "https://open-upload.tiktokapis.com")
    publishing: ClassVar[str] = r"POST /v2/post/publish/inbox/video/init/\Z"
    answers: ClassVar[str] = "comment"

    def __init__(self, world: World | None = None, *, publics: Publics | None = None) -> None:
        super().__init__(world, publics=publics)
        self.contract = openapi(Path(__file__).parent / "contract" / "openapi.json")
        self.world.person(id=ME, handle="levainetfils", name="Levain & Fils", ours=True).token = "act.levain-0"  # noqa: S105

    def routes(self) -> list[tuple[str, Handler]]:
        """The operations that the connector uses."""
        return [
            (r"POST /v2/oauth/token/", self.tokens),
            (r"GET /v2/user/info/", self.me),
            (r"POST /v2/post/publish/inbox/video/init/", self.open),
            (r"PUT /video/", self.take),
            (r"POST /v2/post/publish/status/fetch/", self.status),
            (r"POST /v2/video/query/", self.figures),
        ]

    def vault(self) -> dict[str, str]:
        """After a consent."""
        return {"client_key": KEY, "client_secret": WORD, "token": self.account().token, "refresh": "rft.levain-0",
                "scopes": SCOPES}  # fmt: skip

    def mint(self, author: Person, *, kind: str) -> str:
        """Beyond 2^53."""
        return str(7_430_000_000_000_000_000 + self.world.number())

    def problem(self, effect: Effect, seconds: float) -> Response:
        """Everything in `error`; no header says when to come back."""
        status, code, words = PROBLEMS[effect]
        return answer({"data": {}, "error": {"code": code, "message": words, "log_id": "20261122"}}, status)

    def good(self, data: dict[str, Any]) -> Response:
        """A good answer has an error too."""
        return answer({"data": data, "error": {"code": "ok", "message": "", "log_id": "20261122"}})

    def now(self) -> float:
        """Seconds since 1970."""
        return self.world.clock.now().timestamp()

    def signed(self, request: Request, scope: str) -> Person:
        """Whose token, when it was granted this."""
        who = self.world.by_token(request.bearer)
        if who is None:
            raise Answered(self.problem(Effect.ACCESS_DEAD, 0))
        if scope not in self.world.store.get("scopes", SCOPES).split(","):
            raise Answered(self.problem(Effect.RIGHT_LOST, 0))
        return who

    def tokens(self, request: Request) -> Response:
        """A code, or the living refresh token, for new ones."""
        agreed = request.field("code") == "agreed" and bool(request.field("redirect_uri"))
        renewed = request.field("refresh_token") == self.world.store.get("refresh", "rft.levain-0")
        if request.field("client_secret") != WORD or not (agreed or renewed):
            return answer(
                {"error": "invalid_grant", "error_description": "Authorization code is expired.", "log_id": "1"}
            )
        number = self.world.number()
        self.account().token, self.world.store["refresh"] = f"act.levain-{number}", f"rft.levain-{number}"
        told = {"open_id": ME, "scope": self.world.store.get("scopes", SCOPES), "token_type": "Bearer"}
        told |= {"access_token": f"act.levain-{number}", "refresh_token": f"rft.levain-{number}"}
        return answer({**told, "expires_in": 86_400, "refresh_expires_in": 365 * 86_400})

    def me(self, request: Request) -> Response:
        """Who it is."""
        who = self.signed(request, "user.info.basic")
        return self.good({"user": {"open_id": who.id, "display_name": who.name}})

    def open(self, request: Request) -> Response:
        """A place for a draft; the pieces must add up."""
        self.signed(request, "video.upload")
        source = request.json()["source_info"]
        if source["total_chunk_count"] != max(1, source["video_size"] // source["chunk_size"]):
            return self.problem(Effect.REFUSED, 0)
        id = f"v_inbox_file~v2.{self.world.number()}"
        self.world.store.setdefault("drafts", {})[id] = {"size": source["video_size"], "held": 0, "ready": 0}
        return self.good({"publish_id": id, "upload_url": f"{self.origins[1]}/video/?upload_id={id}"})

    def take(self, request: Request) -> Response:
        """A piece, in order."""
        draft = self.world.store["drafts"][request.arg("upload_id")]
        found = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", request.headers["content-range"])
        assert found is not None
        if int(found.group(1)) != draft["held"]:
            return Response(416)
        draft["held"] += len(request.body)
        if draft["held"] < draft["size"]:
            return Response(206)
        draft["ready"] = self.now() + WORK
        return Response(201)

    def status(self, request: Request) -> Response:
        """How far a draft is."""
        self.signed(request, "video.upload")
        draft = self.world.store["drafts"].get(request.json()["publish_id"])
        if draft is None or self.world.store.get("fails"):
            reason = self.world.store.get("fails", "publish_cancelled")
            return self.good({"status": "FAILED", "fail_reason": reason})
        done = draft["ready"] and self.now() >= draft["ready"]
        return self.good({"status": "SEND_TO_USER_INBOX" if done else "PROCESSING_UPLOAD"})

    def finish(self, text: str) -> Message:
        """Our person opens the draft, pastes the words and publishes."""
        id = self.mint(self.account(), kind="post")
        made = Message(id, ME, text, self.now())
        made.extra["address"] = f"https://www.tiktok.com/@levainetfils/video/{id}"
        self.published(self.world.add(made))
        return made

    def figures(self, request: Request) -> Response:
        """Of our own films."""
        who = self.signed(request, "video.list")
        names = {"view_count": "views", "like_count": "likes", "comment_count": "replies", "share_count": "shares"}
        asked = request.json()["filters"]["video_ids"]
        kept = [one for one in self.world.by(who.id) if one.id in asked]
        shown = [{"id": one.id} | {name: one.counts.get(mine, 0) for name, mine in names.items()} for one in kept]
        return self.good({"videos": shown})


Server = TikTok
