"""LinkedIn in small, for one member: posts, pictures, a consent; an unescaped sign cuts a text, as there."""

import re
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import unquote

from pupitre.connectors.fakes.exchange import Request, Response, answer
from pupitre.connectors.fakes.fake import Answered, Fake, Handler
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.openapi import openapi
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.world import Message, Person, World

SUB = "Xy12Ab34Cd"
BARE = re.compile(r"(?<!\\)(?:\\\\)*[|{}@\[\]()<>#*_~]")
PROBLEMS = {
    Effect.ACCESS_DEAD: (401, "The token used in the request has expired", 65602),
    Effect.RIGHT_LOST: (403, "Not enough permissions to access: posts.CREATE", 100),
    Effect.SUSPENDED: (403, "Member is restricted", 101),
    Effect.QUOTA: (429, "Resource level throttle APPLICATION_AND_MEMBER DAY limit for calls is reached.", 101),
    Effect.REFUSED: (422, "Content is a duplicate of urn:li:share:1", 0),
    Effect.DOWN: (503, "Service Unavailable", 0),
    Effect.ERROR_AFTER: (500, "Internal Server Error", 0),
}


class LinkedInMember(Fake):
    """One member."""

    key: ClassVar[str] = "linkedin_member"
    origins: ClassVar[tuple[str, ...]] = ("https://api.linkedin.com", "https://www.linkedin.com")
    publishing: ClassVar[str] = r"POST /rest/posts\Z"

    def __init__(self, world: World | None = None, *, publics: Publics | None = None) -> None:
        super().__init__(world, publics=publics)
        self.contract = openapi(Path(__file__).parent / "contract" / "openapi.json")
        me = self.world.person(id=SUB, handle="Claire Aubry", name="Claire Aubry", ours=True)
        me.token = f"AQ-{SUB}"

    def routes(self) -> list[tuple[str, Handler]]:
        """The operations that the connector uses."""
        return [
            (r"POST /oauth/v2/accessToken", self.token),
            (r"GET /v2/userinfo", self.me),
            (r"POST /rest/images", self.image),
            (r"PUT /dms-uploads/(?P<id>\d+)", self.upload),
            (r"POST /rest/posts", self.post),
            (r"DELETE /rest/posts/(?P<urn>[^/]+)", self.delete),
        ]

    def vault(self) -> dict[str, str]:
        """After a consent."""
        return {"sub": SUB, "token": f"AQ-{SUB}", "scopes": "openid profile w_member_social"}

    def mint(self, author: Person, *, kind: str) -> str:
        """A share."""
        return f"urn:li:share:{7_130_000_000_000_000_000 + self.world.number()}"

    def problem(self, effect: Effect, seconds: float) -> Response:
        """Status, words, code; no header says when a day's ceiling opens again."""
        status, words, code = PROBLEMS[effect]
        return answer({"status": status, "message": words, "serviceErrorCode": code}, status)

    def signed(self, request: Request) -> Person:
        """Whose token; a version must be named and alive."""
        who = self.world.by_token(request.bearer)
        if who is None:
            raise Answered(self.problem(Effect.ACCESS_DEAD, 0))
        if request.path.startswith("/rest/") and request.headers.get("linkedin-version", "") < "202512":
            raise Answered(answer({"status": 426, "message": "Requested version is not active"}, 426))
        return who

    def token(self, request: Request) -> Response:
        """A code for 60 days."""
        if request.field("code") != "agreed" or request.field("client_secret") != "linkedin-app-secret":
            return answer({"error": "invalid_request", "message": "Unable to retrieve access token"}, 400)
        scopes = "openid,profile,w_member_social"
        return answer({"access_token": self.account().token, "expires_in": 60 * 86_400, "scope": scopes})

    def me(self, request: Request) -> Response:
        """The member."""
        who = self.signed(request)
        return answer({"sub": who.id, "name": who.name, "locale": {"language": "fr"}})

    def image(self, request: Request) -> Response:
        """A place to put a picture."""
        self.signed(request)
        number = self.world.number()
        place = {"uploadUrl": f"https://www.linkedin.com/dms-uploads/{number}", "image": f"urn:li:image:C4E{number}"}
        return answer({"value": {**place, "uploadUrlExpiresAt": 4_000_000_000_000}})

    def upload(self, request: Request, id: str) -> Response:
        """The bytes; a bearer token here is refused, as the real place does."""
        if request.bearer:
            return Response(400)
        self.world.store.setdefault("images", []).append(f"urn:li:image:C4E{id}")
        return Response(201)

    def post(self, request: Request) -> Response:
        """Publish; the name of the post is in a header."""
        who, given = self.signed(request), request.json()
        missing = [urn for urn in images(given.get("content", {})) if urn not in self.world.store.get("images", [])]
        if missing or len(given["commentary"]) > 3000:
            return answer({"status": 422, "message": f"ERROR :: invalid content {missing}", "serviceErrorCode": 0}, 422)
        cut = BARE.search(given["commentary"])
        text = given["commentary"][: cut.start()] if cut else given["commentary"]
        plain = re.sub(r"\\(.)", r"\1", text)
        message = Message(self.mint(who, kind="post"), who.id, plain, self.world.clock.now().timestamp(), extra=given)
        self.published(self.world.add(message))
        return Response(201, b"", {"x-restli-id": message.id})

    def delete(self, request: Request, urn: str) -> Response:
        """Gone, or already gone."""
        self.signed(request)
        if unquote(urn) in self.world.messages:
            self.world.remove(unquote(urn))
        return Response(204)


def images(content: dict[str, Any]) -> list[str]:
    """The pictures of a post."""
    many = content.get("multiImage", {}).get("images", [])
    return [one["id"] for one in [*many, *([content["media"]] if "media" in content else [])]]


Server = LinkedInMember
