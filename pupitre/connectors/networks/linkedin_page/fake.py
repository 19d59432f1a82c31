"""LinkedIn in small, for one page: posts, films in pieces, comments one level deep, notifications, statistics."""

import json
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import unquote

from pupitre.connectors.fakes.exchange import Request, Response, answer
from pupitre.connectors.fakes.fake import Answered, Fake, Handler
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.openapi import openapi
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.world import Message, Person, World
from pupitre.connectors.networks.linkedin_page.fake_words import cut, images, problem_of, shown, stamp
from pupitre.connectors.networks.linkedin_page.oauth import SCOPES

PAGE = "5515715"
URN = f"urn:li:organization:{PAGE}"
OTHER = "77"
SLOW = 30  # seconds before a film is ready
PIECE = 16  # bytes of a film's piece: small, so that the smallest film has several


class LinkedInPage(Fake):
    """One page and those who comment it."""

    key: ClassVar[str] = "linkedin_page"
    origins: ClassVar[tuple[str, ...]] = ("https://api.linkedin.com", "https://www.linkedin.com")
    publishing: ClassVar[str] = r"POST /rest/(posts|socialActions/[^/]+/comments)\Z"
    answers: ClassVar[str] = "comment"

    def __init__(self, world: World | None = None, *, publics: Publics | None = None) -> None:
        super().__init__(world, publics=publics)
        self.contract = openapi(Path(__file__).parent / "contract" / "openapi.json")
        me = self.world.person(id=URN, handle="levain-et-fils", name="Levain & Fils", ours=True)
        me.token = f"AQ-{PAGE}"

    def routes(self) -> list[tuple[str, Handler]]:
        """The operations that the connector uses."""
        talk = r"/rest/socialActions/(?P<urn>[^/]+)/comments"
        return [
            (r"POST /oauth/v2/accessToken", self.token),
            (r"GET /rest/organizationAcls", self.roles),
            (r"GET /rest/organizations/(?P<id>\d+)", self.page),
            (r"POST /rest/images", self.image),
            (r"POST /rest/videos", self.video),
            (r"GET /rest/videos/(?P<urn>[^/]+)", self.state),
            (r"PUT /dms-uploads/(?P<id>\w+)", self.upload),
            (r"POST /rest/posts", self.post),
            (r"GET /rest/posts", self.posts),
            (r"DELETE /rest/posts/(?P<urn>[^/]+)", self.delete),
            (rf"POST {talk}", self.comment),
            (rf"GET {talk}", self.comments),
            (rf"DELETE {talk}/(?P<number>\w+)", self.uncomment),
            (r"GET /rest/organizationalEntityNotifications", self.notifications),
            (r"GET /rest/organizationalEntityShareStatistics", self.statistics),
        ]

    def vault(self) -> dict[str, str]:
        """After a consent."""
        until = "2099-01-01T00:00:00+00:00"
        return {"organization": PAGE, "token": f"AQ-{PAGE}", "token_until": until, "scopes": SCOPES}

    def stranger(self, handle: str, name: str = "") -> Person:
        """People have a number that says nothing."""
        return self.world.person(id=f"urn:li:person:{handle}", handle=handle, name=name or handle)

    def mint(self, author: Person, *, kind: str) -> str:
        """A share, or the number of a comment: its whole name says what it is under."""
        number = 7_130_000_000_000_000_000 + self.world.number()
        return f"urn:li:share:{number}" if kind != "comment" else f"urn:li:comment:(?,{number})"

    def heard(self, message: Message, to: Person) -> None:
        """A comment bears the name of the post."""
        if message.kind == "comment":
            message.id = message.id.replace("?", message.root)

    def problem(self, effect: Effect, seconds: float) -> Response:
        """Status, words, code; no header says when a day's ceiling opens again."""
        return problem_of(effect)

    def signed(self, request: Request) -> Person:
        """Whose token; a version must be named and alive."""
        who = self.world.by_token(request.bearer)
        if who is None:
            raise Answered(self.problem(Effect.ACCESS_DEAD, 0))
        if request.headers.get("linkedin-version", "") < "202512":
            raise Answered(answer({"status": 426, "message": "Requested version is not active"}, 426))
        return who

    def token(self, request: Request) -> Response:
        """A code, or a refresh token, for 60 days."""
        fresh = request.field("refresh_token") == "AQR-1" or request.field("code") == "agreed"
        if not fresh or request.field("client_secret") != "linkedin-app-secret":
            return answer({"error": "invalid_request", "message": "Unable to retrieve access token"}, 400)
        told = {"access_token": self.account().token, "expires_in": 60 * 86_400, "scope": SCOPES.replace(" ", ",")}
        return answer(told | {"refresh_token": "AQR-1", "refresh_token_expires_in": 365 * 86_400})

    def roles(self, request: Request) -> Response:
        """The pages that the person looks after."""
        self.signed(request)
        others = self.world.store.get("others", [])
        role = {"role": "ADMINISTRATOR", "state": "APPROVED", "roleAssignee": "urn:li:person:me"}
        return answer({"elements": [{"organization": urn, **role} for urn in [URN, *others]]})

    def page(self, request: Request, id: str) -> Response:
        """One page."""
        self.signed(request)
        if id == OTHER:
            return answer({"id": int(OTHER), "localizedName": "Fournil du Port", "vanityName": "fournil-du-port"})
        me = self.account()
        return answer({"id": int(PAGE), "localizedName": me.name, "vanityName": me.handle})

    def image(self, request: Request) -> Response:
        """A place to put a picture."""
        self.signed(request)
        number = self.world.number()
        place = {"uploadUrl": f"https://www.linkedin.com/dms-uploads/{number}", "image": f"urn:li:image:C4E{number}"}
        return answer({"value": {**place, "uploadUrlExpiresAt": 4_000_000_000_000}})

    def video(self, request: Request) -> Response:
        """Places for the pieces of a film, then its end."""
        self.signed(request)
        films = self.world.store.setdefault("films", {})
        if request.arg("action") == "finalizeUpload":
            ended = request.json()["finalizeUploadRequest"]
            film = films[ended["video"]]
            if ended["uploadedPartIds"] != film["parts"]:
                return answer({"status": 400, "message": "uploadedPartIds do not match"}, 400)
            film["ready"] = self.world.clock.now().timestamp() + SLOW
            return Response(200)
        size, number = request.json()["initializeUploadRequest"]["fileSizeBytes"], self.world.number()
        urn = f"urn:li:video:C5F{number}"
        starts = range(0, size, PIECE)
        films[urn] = {"parts": [f"etag-{number}x{rank}" for rank in range(len(starts))], "ready": 0, "came": []}
        places = [
            {
                "uploadUrl": f"https://www.linkedin.com/dms-uploads/{number}x{rank}",
                "firstByte": start,
                "lastByte": min(start + PIECE, size) - 1,
            }
            for rank, start in enumerate(starts)
        ]
        return answer({"value": {"video": urn, "uploadToken": "", "uploadInstructions": places}})

    def state(self, request: Request, urn: str) -> Response:
        """Whether a film is ready."""
        self.signed(request)
        film = self.world.store["films"][unquote(urn)]
        done = film["ready"] and self.world.clock.now().timestamp() >= film["ready"]
        return answer({"id": unquote(urn), "status": "AVAILABLE" if done else "PROCESSING"})

    def upload(self, request: Request, id: str) -> Response:
        """The bytes; a bearer token here is refused, as the real place does."""
        if request.bearer:
            return Response(400)
        self.world.store.setdefault("images", []).append(f"urn:li:image:C4E{id}")
        return Response(201, b"", {"etag": f"etag-{id}"})

    def post(self, request: Request) -> Response:
        """Publish; the name of the post is in a header."""
        who, given = self.signed(request), request.json()
        known = [*self.world.store.get("images", []), *self.world.store.get("films", {})]
        missing = [urn for urn in images(given.get("content", {})) if urn not in known]
        if missing or len(given["commentary"]) > 3000:
            return answer({"status": 422, "message": f"ERROR :: invalid content {missing}", "serviceErrorCode": 0}, 422)
        now = self.world.clock.now().timestamp()
        message = Message(self.mint(who, kind="post"), who.id, cut(given["commentary"]), now, extra=given)
        self.published(self.world.add(message))
        return Response(201, b"", {"x-restli-id": message.id})

    def posts(self, request: Request) -> Response:
        """The page's own, last first; words come back in little text."""
        self.signed(request)
        found = [one for one in self.world.by(request.arg("author")) if one.kind == "post"][::-1]
        return answer({"elements": [shown(one) for one in found[: int(request.arg("count"))]], "paging": {"start": 0}})

    def delete(self, request: Request, urn: str) -> Response:
        """Gone, or already gone."""
        self.signed(request)
        if unquote(urn) in self.world.messages:
            self.world.remove(unquote(urn))
        return Response(204)

    def comment(self, request: Request, urn: str) -> Response:
        """A comment under a post, or one level below a comment."""
        who, given, above = self.signed(request), request.json(), self.world.messages.get(unquote(urn))
        deep = above is not None and above.kind == "comment"
        if above is None or (deep and (above.parent != above.root or given.get("parentComment") != above.id)):
            return answer({"status": 400, "message": "parentComment is not a first-level comment"}, 400)
        now, number = self.world.clock.now().timestamp(), str(self.world.number() + 7_000_000)
        root = above.root or above.id
        id, words = f"urn:li:comment:({root},{number})", given["message"]["text"]
        self.published(self.world.add(Message(id, who.id, words, now, "comment", above.id, root)))
        return Response(201, json.dumps({"id": number}).encode(), {"x-restli-id": number})

    def comments(self, request: Request, urn: str) -> Response:
        """What is directly below, oldest first."""
        self.signed(request)
        start, count = int(request.arg("start")), int(request.arg("count"))
        below = self.world.children(unquote(urn))[start : start + count]
        return answer({"elements": [self.told(one) for one in below], "paging": {"start": start, "count": count}})

    def told(self, one: Message) -> dict[str, Any]:
        """A comment as the API lists it."""
        base = {"$URN": one.id, "id": one.id.rpartition(",")[2][:-1], "actor": one.author, "object": one.root}
        parent = {"parentComment": one.parent} if one.parent != one.root else {}
        summary = {"commentsSummary": {"aggregatedTotalComments": len(self.world.children(one.id))}}
        return {**base, "message": {"text": one.text}, "created": {"time": stamp(one)}, **parent, **summary}

    def uncomment(self, request: Request, urn: str, number: str) -> Response:
        """One comment, taken back."""
        self.signed(request)
        self.world.remove(f"urn:li:comment:({unquote(urn)},{number})")
        return Response(204)

    def notifications(self, request: Request) -> Response:
        """What happened to the page between two moments; one that was lost never comes."""
        self.signed(request)
        span = [int(part.partition(":")[2]) for part in request.arg("timeRange")[1:-1].split(",")]
        kept = [one for one in self.world.notices if one.to == URN and one.kind in {"comment", "mention"}]
        near = [one for one in kept if span[0] <= one.at * 1000 < span[1] and one.message in self.world.messages]
        return answer({"elements": [self.notice(self.world.messages[one.message]) for one in near]})

    def notice(self, one: Message) -> dict[str, Any]:
        """A notification, decorated with the words."""
        base = {"notificationId": self.world.number(), "organizationalEntity": URN, "lastModifiedAt": stamp(one)}
        told = {"entity": one.id, "owner": one.author, "text": one.text}
        if one.kind == "mention":
            return {**base, "action": "SHARE_MENTION", "sourcePost": one.id, "decoratedSourcePost": told}
        said = {"generatedActivity": one.id, "decoratedGeneratedActivity": {"comment": told}}
        return {**base, "action": "COMMENT", "sourcePost": one.root, **said}

    def statistics(self, request: Request) -> Response:
        """One post's counts."""
        self.signed(request)
        asked = (request.arg("shares") or request.arg("ugcPosts")).removeprefix("List(").removesuffix(")")
        one = self.world.messages[unquote(asked)]
        counts = {"impressionCount": 240, "uniqueImpressionsCount": 150, "clickCount": 6, "shareCount": 1}
        counts |= {"likeCount": one.counts.get("likes", 0), "commentCount": one.counts.get("replies", 0)}
        total = {"totalShareStatistics": {**counts, "engagement": 0.05}, "share": one.id, "organizationalEntity": URN}
        return answer({"elements": [total], "paging": {"start": 0, "count": 10}})


Server = LinkedInPage
