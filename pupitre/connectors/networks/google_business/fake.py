"""Google's interfaces in small, for one establishment: its consent, its reviews and their answers, its local posts."""

from pathlib import Path
from typing import Any, ClassVar

from pupitre.connectors.fakes.exchange import Request, Response, answer
from pupitre.connectors.fakes.fake import Answered, Fake, Handler
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.openapi import openapi
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.world import Message, Person, World

PLACE = "accounts/101/locations/202"
OTHER = "locations/303"
HOUR = 3600
STARS = ("STAR_RATING_UNSPECIFIED", "ONE", "TWO", "THREE", "FOUR", "FIVE")
PROBLEMS = {
    Effect.ACCESS_DEAD: (401, "UNAUTHENTICATED", "Request had invalid authentication credentials."),
    Effect.RIGHT_LOST: (403, "PERMISSION_DENIED", "The caller does not have permission"),
    Effect.SUSPENDED: (403, "PERMISSION_DENIED", "The location is suspended."),
    Effect.QUOTA: (429, "RESOURCE_EXHAUSTED", "Quota exceeded for quota metric 'Requests' and limit 'per minute'"),
    Effect.REFUSED: (400, "INVALID_ARGUMENT", "Request contains an invalid argument."),
    Effect.DOWN: (503, "UNAVAILABLE", "The service is currently unavailable."),
    Effect.ERROR_AFTER: (500, "INTERNAL", "Internal error encountered."),
}


class GoogleBusiness(Fake):
    """One establishment and its customers."""

    key: ClassVar[str] = "google_business"
    origins: ClassVar[tuple[str, ...]] = (
        "https://mybusiness.googleapis.com",
        "https://mybusinessaccountmanagement.googleapis.com",
        "https://mybusinessbusinessinformation.googleapis.com",
        "https://oauth2.googleapis.com",
    )
    publishing: ClassVar[str] = r"POST /v4/accounts/\d+/locations/\d+/localPosts\Z"

    def __init__(self, world: World | None = None, *, publics: Publics | None = None) -> None:
        super().__init__(world, publics=publics)
        self.contract = openapi(Path(__file__).parent / "contract" / "openapi.json")
        me = self.world.person(id=PLACE, handle="Levain & Fils", name="Levain & Fils", ours=True)
        me.token = self.vault()["token"]

    def routes(self) -> list[tuple[str, Handler]]:
        """The operations that the connector uses."""
        post, review = rf"/v4/(?P<name>{PLACE}/localPosts/\d+)", rf"/v4/(?P<name>{PLACE}/reviews/\d+)"
        return [
            (r"POST /token", self.token),
            (r"GET /v1/accounts", self.accounts),
            (r"GET /v1/accounts/101/locations", self.places),
            (r"GET /v1/locations/(?P<id>\d+)", self.place),
            (rf"GET /v4/{PLACE}/reviews", self.reviews),
            (rf"GET {review}", self.review),
            (rf"PUT {review}/reply", self.reply),
            (rf"DELETE {review}/reply", self.unreply),
            (rf"GET /v4/{PLACE}/localPosts", self.posts),
            (rf"POST /v4/{PLACE}/localPosts", self.post),
            (rf"GET {post}", self.one),
            (rf"DELETE {post}", self.delete),
        ]

    def vault(self) -> dict[str, str]:
        """After a consent."""
        app = {"app_id": "9.apps.googleusercontent.com", "app_secret": "google-app-secret"}
        token = {"token": "ya29.levain", "token_until": "2099-01-01T00:00:00+00:00", "refresh_token": "1//levain"}
        return {**app, **token, "location": PLACE}

    def mint(self, author: Person, *, kind: str) -> str:
        """The whole name of a review or of a local post."""
        number = 7_000_000_000_000_000_000 + self.world.number()
        return f"{PLACE}/{'reviews' if kind == 'review' else 'localPosts'}/{number}"

    def problem(self, effect: Effect, seconds: float) -> Response:
        """Everything in `error`; a quota by the minute says when it opens again."""
        status, name, words = PROBLEMS[effect]
        later = {"retry_after": str(int(seconds))} if effect is Effect.QUOTA and seconds else {}
        return wrong(status, name, words, **later)

    def signed(self, request: Request) -> Person:
        """Whose token."""
        who = self.world.by_token(request.bearer)
        if who is None:
            raise Answered(self.problem(Effect.ACCESS_DEAD, 0))
        return who

    def kept(self, request: Request, name: str) -> Message:
        """A thing that exists."""
        self.signed(request)
        if name not in self.world.messages:
            raise Answered(wrong(404, "NOT_FOUND", "Requested entity was not found."))
        return self.world.messages[name]

    def token(self, request: Request) -> Response:
        """A code, or a refresh token, for an hour; a consent screen in testing gives seven days."""
        fresh = request.field("refresh_token") == "1//levain" or request.field("code") == "agreed"
        proven = request.field("grant_type") == "refresh_token" or request.field("code_verifier")
        if not fresh or not proven or request.field("client_secret") != "google-app-secret":
            return answer({"error": "invalid_grant", "error_description": "Token has been expired or revoked."}, 400)
        self.account().token = f"ya29.levain{self.world.number()}"
        told = {"access_token": self.account().token, "expires_in": HOUR, "token_type": "Bearer"}
        if request.field("code"):
            told |= {"refresh_token": "1//levain", "scope": "https://www.googleapis.com/auth/business.manage"}
            told |= {"refresh_token_expires_in": 604_800} if self.world.store.get("testing") else {}
        return answer(told)

    def accounts(self, request: Request) -> Response:
        """The accounts of the person."""
        self.signed(request)
        return answer({"accounts": [{"name": "accounts/101", "accountName": "Levain", "type": "PERSONAL"}]})

    def places(self, request: Request) -> Response:
        """The establishments of the account, one a page."""
        self.signed(request)
        second = {"locations": [{"name": OTHER, "title": "Levain & Fils, le port"}]}
        if request.arg("pageToken"):
            return answer(second)
        more = {"nextPageToken": "2"} if self.world.store.get("two") else {}
        return answer({"locations": [{"name": "locations/202", "title": self.account().name}], **more})

    def place(self, request: Request, id: str) -> Response:
        """The establishment, and what it may do."""
        self.signed(request)
        may = {"hasVoiceOfMerchant": True, "canOperateLocalPost": True, "mapsUri": "https://maps.google.com/?cid=1"}
        metadata = may | self.world.store.get("metadata", {})
        return answer({"name": f"locations/{id}", "title": self.account().name, "metadata": metadata})

    def reviews(self, request: Request) -> Response:
        """What customers wrote, last changed first, page by page."""
        self.signed(request)
        found = [one for one in self.world.messages.values() if one.kind == "review"]
        found.sort(key=lambda one: one.at, reverse=True)
        start, size = int(request.arg("pageToken", "0")), int(request.arg("pageSize"))
        more = {"nextPageToken": str(start + size)} if start + size < len(found) else {}
        page = [self.told(one) for one in found[start : start + size]]
        return answer({"reviews": page, "totalReviewCount": len(found), **more} if found else {})

    def told(self, one: Message) -> dict[str, Any]:
        """A review as the interface writes it."""
        who, at = self.world.people[one.author], stamp(one)
        reviewer = {"displayName": who.name, "isAnonymous": False}
        base = {"name": one.id, "reviewId": one.id.rpartition("/")[2], "reviewer": reviewer}
        below = [said for said in self.world.children(one.id) if said.author == PLACE]
        reply = {"reviewReply": {"comment": below[-1].text, "updateTime": stamp(below[-1])}} if below else {}
        words = {"comment": one.text} if one.text else {}
        return {**base, "createTime": at, "updateTime": at, "starRating": STARS[one.rating or 0], **words, **reply}

    def review(self, request: Request, name: str) -> Response:
        """One review."""
        return answer(self.told(self.kept(request, name)))

    def reply(self, request: Request, name: str) -> Response:
        """The answer of the house: one a review, the last one given."""
        who, above, words = self.signed(request), self.kept(request, name), request.json()["comment"]
        if len(words.encode()) > 4096:
            return self.problem(Effect.REFUSED, 0)
        now = self.world.clock.now().timestamp()
        said = Message(f"{name}/reply", who.id, words, now, "reply", above.id, above.id)
        if said.id in self.world.messages:
            self.world.messages[said.id].text = words
        else:
            self.published(self.world.add(said))
        return answer({"comment": words, "updateTime": stamp(said)})

    def unreply(self, request: Request, name: str) -> Response:
        """The answer, taken back."""
        self.world.remove(self.kept(request, f"{name}/reply").id)
        return answer({})

    def posts(self, request: Request) -> Response:
        """The local posts, last first."""
        self.signed(request)
        found = [one for one in self.world.by(PLACE) if one.kind == "post"][::-1]
        return answer({"localPosts": [self.shown(one) for one in found]} if found else {})

    def post(self, request: Request) -> Response:
        """A local post, looked at before it is shown when the world says so."""
        who, given = self.signed(request), request.json()
        if len(given["summary"]) > 1500:
            return self.problem(Effect.REFUSED, 0)
        now = self.world.clock.now().timestamp()
        extra = {**given, "live": now + self.world.store.get("looks", 0)}
        message = self.world.add(Message(self.mint(who, kind="post"), who.id, given["summary"], now, extra=extra))
        self.published(message)
        return answer(self.shown(message))

    def shown(self, one: Message) -> dict[str, Any]:
        """As the interface writes a local post."""
        live = self.world.clock.now().timestamp() >= one.extra["live"]
        state = self.world.store.get("verdict", "LIVE") if live else "PROCESSING"
        base = {"name": one.id, "summary": one.text, "createTime": stamp(one), "updateTime": stamp(one)}
        return {**base, "state": state, "searchUrl": f"https://local.google.com/place?id={one.id.rpartition('/')[2]}"}

    def one(self, request: Request, name: str) -> Response:
        """One local post."""
        return answer(self.shown(self.kept(request, name)))

    def delete(self, request: Request, name: str) -> Response:
        """Gone."""
        self.world.remove(self.kept(request, name).id)
        return answer({})


def stamp(one: Message) -> str:
    """A date of Google."""
    return one.when.isoformat().replace("+00:00", "Z")


def wrong(status: int, name: str, words: str, *details: dict[str, Any], **headers: str) -> Response:
    """A refusal."""
    error = {"code": status, "message": words, "status": name, **({"details": list(details)} if details else {})}
    return answer({"error": error}, status, **headers)


Server = GoogleBusiness
