"""YouTube in small, for one channel: films uploaded by pieces then prepared, comments at two depths, a quota."""

import re
from pathlib import Path
from typing import Any, ClassVar
from zlib import crc32

from pupitre.connectors.fakes.exchange import Request, Response, answer
from pupitre.connectors.fakes.fake import Answered, Fake, Handler
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.openapi import openapi
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.world import Message, Person, World
from pupitre.connectors.networks.youtube import fake_captions as captions
from pupitre.connectors.networks.youtube.fake_words import PROBLEMS, comment, item, problem, thread, video

ME = "UC1levainetfils0000000000"
UPLOADS = "UU1levainetfils0000000000"
AUTH = "https://www.googleapis.com/auth"
SCOPES = f"{AUTH}/youtube.upload {AUTH}/youtube.force-ssl {AUTH}/yt-analytics.readonly"
WORK = 45  # seconds that a film takes to be prepared
HOUR = 3600


class YouTube(Fake):
    """One channel. `store["audited"]` false keeps its films private; `store["rejects"]` refuses them."""

    key: ClassVar[str] = "youtube"
    origins: ClassVar[tuple[str, ...]] = (
        "https://youtube.googleapis.com", "https://oauth2.googleapis.com", "https://youtubeanalytics.googleapis.com",
    )  # fmt: skip
    publishing: ClassVar[str] = r"(PUT /resumable/upload/youtube/v3/videos|POST /youtube/v3/comments)\Z"
    answers: ClassVar[str] = "comment"

    def __init__(self, world: World | None = None, *, publics: Publics | None = None) -> None:
        super().__init__(world, publics=publics)
        self.contract = openapi(Path(__file__).parent / "contract" / "openapi.json")
        self.world.person(id=ME, handle="@levainetfils", name="Levain & Fils", ours=True).token = "ya29.youtube-levain"  # noqa: S105
        self.sessions: dict[str, tuple[dict[str, Any], int, bytearray]] = {}

    def routes(self) -> list[tuple[str, Handler]]:
        """The operations that the connector uses."""
        at = r"/youtube/v3"
        return [
            (r"POST /token", self.tokens),
            (rf"GET {at}/channels", self.channels),
            (rf"GET {at}/videos", self.videos),
            (rf"DELETE {at}/(videos|comments)", self.delete),
            (rf"GET {at}/playlistItems", self.uploads),
            (rf"GET {at}/commentThreads", self.threads),
            (rf"GET {at}/comments", self.below),
            (rf"POST {at}/comments", self.comment),
            (rf"POST {at}/comments/setModerationStatus", self.moderate),
            (r"POST /resumable/upload/youtube/v3/videos", self.open),
            (r"PUT /resumable/upload/youtube/v3/videos", self.take),
            *captions.routes(self),
            (r"GET /v2/reports", self.reports),
        ]

    def vault(self) -> dict[str, str]:
        """After a consent."""
        return {
            "app_id": "youtube-project.apps", "app_secret": "youtube-app-secret", "channel": ME,
            "token": self.account().token, "refresh_token": "1//youtube-refresh", "scopes": SCOPES,
            "token_until": "2999-01-01T00:00:00+00:00",
        }  # fmt: skip

    def mint(self, author: Person, *, kind: str) -> str:
        """Eleven signs for a film, many for a comment."""
        number = self.world.number()
        return f"v{number:010d}" if kind == "post" else f"Ugx{number:08d}levain4AaABAg"

    def stranger(self, handle: str, name: str = "") -> Person:
        """People have channels."""
        return self.world.person(id=f"UC{crc32(handle.encode()):022d}", handle=f"@{handle}", name=name or handle)

    def problem(self, effect: Effect, seconds: float) -> Response:
        """Words, and the reason that decides."""
        return problem(*PROBLEMS[effect])

    def now(self) -> float:
        """Seconds since 1970."""
        return self.world.clock.now().timestamp()

    def signed(self, request: Request) -> Person:
        """Whose token."""
        who = self.world.by_token(request.bearer)
        if who is None:
            raise Answered(self.problem(Effect.ACCESS_DEAD, 0))
        return who

    def tokens(self, request: Request) -> Response:
        """A code, or the refresh token, for an hour."""
        agreed = request.field("code") == "agreed" and bool(request.field("code_verifier"))
        if request.field("client_secret") != "youtube-app-secret" or not (
            agreed or request.field("refresh_token") == "1//youtube-refresh"
        ):
            return answer({"error": "invalid_grant", "error_description": "Bad Request"}, 400)
        told: dict[str, Any] = {"access_token": self.account().token, "expires_in": HOUR, "token_type": "Bearer"}
        if agreed:
            told |= {"refresh_token": "1//youtube-refresh", "scope": self.world.store.get("scopes", SCOPES)}
            if self.world.store.get("testing"):
                told["refresh_token_expires_in"] = 7 * 24 * HOUR
        return answer(told)

    def channels(self, request: Request) -> Response:
        """Ours."""
        who = self.signed(request)
        if self.world.store.get("no_channel"):
            return answer({"kind": "youtube#channelListResponse"})
        shown: dict[str, Any] = {"id": who.id, "snippet": {"title": who.name, "customUrl": who.handle}}
        shown["contentDetails"] = {"relatedPlaylists": {"uploads": UPLOADS}}
        return answer({"items": [shown]})

    def open(self, request: Request) -> Response:
        """A place to upload to."""
        self.signed(request)
        given, size = request.json(), int(request.headers["x-upload-content-length"])
        title = given["snippet"]["title"]
        if not 0 < len(title) <= 100 or set("<>") & set(title + given["snippet"]["description"]):
            return problem(400, "invalidTitle", "The request metadata specifies an invalid video title.")
        id = f"up-{self.world.number()}"
        self.sessions[id] = (given, size, bytearray())
        place = f"{self.origins[0]}/resumable/upload/youtube/v3/videos?upload_id={id}"
        return Response(200, b"", {"location": place})

    def take(self, request: Request) -> Response:
        """A piece, in its place; the last one makes the film."""
        who = self.signed(request)
        given, size, held = self.sessions[request.arg("upload_id")]
        found = re.fullmatch(r"bytes (?:(\d+)-\d+|\*)/(\d+)", request.headers["content-range"])
        assert found is not None
        if found.group(1) is not None and int(found.group(1)) == len(held):
            held += request.body
        if len(held) < size:
            return Response(308, b"", {"range": f"bytes=0-{len(held) - 1}"} if held else {})
        message = Message(self.mint(who, kind="post"), who.id, given["snippet"]["description"], self.now())
        message.extra = {"title": given["snippet"]["title"], "ready": self.now() + WORK, "bytes": len(held)}
        message.public = self.world.store.get("audited") is not False
        self.published(self.world.add(message))
        return answer(video(self.world, message, self.now()))

    def videos(self, request: Request) -> Response:
        """One film: its state, its figures."""
        self.signed(request)
        kept = self.world.messages.get(request.arg("id"))
        return answer({"items": [video(self.world, kept, self.now())] if kept else []})

    def uploads(self, request: Request) -> Response:
        """Our films, newest first."""
        who = self.signed(request)
        if request.arg("playlistId") != UPLOADS:
            return problem(404, "playlistNotFound", "The playlist cannot be found.")
        mine = [one for one in self.world.by(who.id) if one.kind == "post"]
        return answer({"items": [item(one) for one in reversed(mine)][: int(request.arg("maxResults", "5"))]})

    def threads(self, request: Request) -> Response:
        """First comments, newest first, with five of their answers."""
        who = self.signed(request)
        film = request.arg("videoId")
        films = [film] if film else [one.id for one in self.world.by(who.id) if one.kind == "post"]
        tops = [one for id in films for one in self.world.children(id)]
        tops.sort(key=lambda one: one.at, reverse=True)
        start, size = int(request.arg("pageToken") or 0), int(request.arg("maxResults", "20"))
        more = {"nextPageToken": str(start + size)} if start + size < len(tops) else {}
        shown = [thread(self.world, one, self.world.under(one.id)) for one in tops[start : start + size]]
        return answer({"items": shown, **more})

    def below(self, request: Request) -> Response:
        """Every answer under a first comment."""
        self.signed(request)
        found = self.world.under(request.arg("parentId"))
        start, size = int(request.arg("pageToken") or 0), int(request.arg("maxResults", "20"))
        more = {"nextPageToken": str(start + size)} if start + size < len(found) else {}
        return answer({"items": [comment(self.world, one) for one in found[start : start + size]], **more})

    def comment(self, request: Request) -> Response:
        """An answer under a first comment; nothing lies deeper."""
        who, given = self.signed(request), request.json()["snippet"]
        above = self.world.messages.get(given["parentId"])
        if above is None or above.kind == "post" or above.parent != above.root:
            return problem(400, "parentCommentIsInvalid", "The parent comment is not a top-level comment.")
        id = f"{above.id}.{self.mint(who, kind='comment')}"
        said = Message(id, who.id, given["textOriginal"], self.now(), "comment", above.id, above.root)
        self.published(self.world.add(said))
        return answer(comment(self.world, said))

    def moderate(self, request: Request) -> Response:
        """Rejected or published."""
        self.signed(request)
        self.world.messages[request.arg("id")].hidden = request.arg("moderationStatus") == "rejected"
        return Response(204)

    def reports(self, request: Request) -> Response:
        """How long a film was watched; nothing during its first two days."""
        self.signed(request)
        if self.world.store.get("analytics") is False:
            return problem(403, "accessNotConfigured", "YouTube Analytics API has not been used in this project.")
        kept = self.world.messages.get(request.arg("filters").removeprefix("video=="))
        names = request.arg("metrics").split(",")
        headers = [{"name": name, "columnType": "METRIC", "dataType": "INTEGER"} for name in names]
        old = kept is not None and self.now() - kept.at > 48 * HOUR
        rows = [[self.world.store.get("watched", {}).get(name, 0) for name in names]] if old else []
        return answer({"kind": "youtubeAnalytics#resultTable", "columnHeaders": headers, "rows": rows})

    def delete(self, request: Request) -> Response:
        """Gone."""
        self.signed(request)
        if request.arg("id") not in self.world.messages:
            return problem(404, "videoNotFound", "The video that you are trying to delete cannot be found.")
        self.world.remove(request.arg("id"))
        return Response(204)


Server = YouTube
