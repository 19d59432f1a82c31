"""The Graph API in small, for one page: unpublished posts, comments, Messenger, recommendations, insights."""

from pathlib import Path
from typing import Any, ClassVar
from zlib import crc32

from pupitre.connectors.fakes.exchange import Request, Response, answer
from pupitre.connectors.fakes.fake import Answered, Handler
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.graph import Graph
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.world import Message, Person, World
from pupitre.connectors.networks.facebook.fake_films import Films
from pupitre.connectors.networks.facebook.fake_words import PROBLEMS, SCOPES, listed, stamp, wrong

PAGE = "104000000000001"
HOURS = 3600


class Facebook(Films):
    """One page and its visitors."""

    key: ClassVar[str] = "facebook"
    origins: ClassVar[tuple[str, ...]] = ("https://graph.facebook.com", "https://rupload.facebook.com")
    publishing: ClassVar[str] = rf"POST /v26\.0/(\d+_\d+(/comments)?|{PAGE}/(videos|photo_stories|messages))\Z"
    answers: ClassVar[str] = "comment"

    def __init__(self, world: World | None = None, *, publics: Publics | None = None) -> None:
        super().__init__(world, publics=publics)
        self.contract = Graph(Path(__file__).parent / "contract" / "graph.json", self.node_of)
        me = self.world.person(id=PAGE, handle="levainetfils", name="Levain & Fils", ours=True)
        me.token = f"EAAG-page-{PAGE}"

    def routes(self) -> list[tuple[str, Handler]]:
        """The edges that the connector uses."""
        page, thing = rf"/v26\.0/{PAGE}", r"/v26\.0/(?P<id>[\w-]+)"
        return [
            (r"GET /v26\.0/oauth/access_token", self.token),
            (r"GET /v26\.0/me/accounts", self.pages),
            (r"GET /v26\.0/debug_token", self.debug),
            (rf"GET {page}", self.me),
            (rf"POST {page}/feed", self.draft),
            (rf"POST {page}/photos", self.photo),
            *self.film_routes(page),
            (rf"POST {page}/messages", self.whisper),
            (rf"GET {page}/(?P<edge>published_posts|tagged|ratings|conversations)", self.listing),
            (rf"GET {thing}/comments", self.comments),
            (rf"POST {thing}/comments", self.comment),
            (rf"GET {thing}/messages", self.told),
            (rf"GET {thing}/insights", self.insights),
            (rf"GET {thing}", self.one),
            (rf"POST {thing}", self.change),
            (rf"DELETE {thing}", self.delete),
        ]

    def vault(self) -> dict[str, str]:
        """After an authorisation."""
        return {
            "app_id": "4000",
            "app_secret": "facebook-app-secret",
            "page_id": PAGE,
            "page_token": f"EAAG-page-{PAGE}",
        }

    def stranger(self, handle: str, name: str = "") -> Person:
        """People have page-scoped numbers."""
        return self.world.person(id=f"2{crc32(handle.encode()):015d}", handle=handle, name=name or handle)

    def node_of(self, id: str) -> str:
        """What an id is."""
        if id == PAGE:
            return "Page"
        if id.startswith("t_"):
            return "UnifiedThread"
        kept = self.world.messages.get(id)
        return (
            "AdVideo" if kept is None or kept.extra.get("film") else "Comment" if kept.kind == "comment" else "PagePost"
        )

    def mint(self, author: Person, *, kind: str) -> str:
        """Two numbers, or m_ in Messenger."""
        number = 122_000_000_000_000_000 + self.world.number()
        return f"m_{number}" if kind == "dm" else f"{PAGE}_{number}"

    def problem(self, effect: Effect, seconds: float) -> Response:
        """Everything in `error`; the wait in minutes in a header."""
        status, code, words = PROBLEMS[effect]
        told = {"error": {"message": words, "type": "OAuthException", "code": code, "fbtrace_id": "A1"}}
        if effect is not Effect.QUOTA:
            return answer(told, status)
        use = f'{{"{PAGE}": [{{"type": "pages", "estimated_time_to_regain_access": {int((seconds or 60) // 60)}}}]}}'
        return answer(told, status, x_business_use_case_usage=use)

    def signed(self, request: Request) -> Person:
        """Whose token; calls must be proved with the application's secret."""
        who = self.world.by_token(request.bearer)
        if who is None:
            raise Answered(self.problem(Effect.ACCESS_DEAD, 0))
        if not request.arg("appsecret_proof"):
            raise Answered(wrong(100, "API calls from the server require an appsecret_proof argument"))
        return who

    def found_or_wrong(self, request: Request, id: str) -> Message:
        """A thing that exists."""
        self.signed(request)
        if id not in self.world.messages:
            raise Answered(wrong(100, f"Unsupported request. Object with ID '{id}' does not exist"))
        return self.world.messages[id]

    def token(self, request: Request) -> Response:
        """A code, then a longer token."""
        if request.arg("client_secret") != "facebook-app-secret" or request.arg("code", "agreed") != "agreed":
            return wrong(100, "This authorization code has been used.")
        return answer({"access_token": "EAAG-user-long" if request.arg("grant_type") else "EAAG-user-short"})

    def pages(self, request: Request) -> Response:
        """The pages that a person looks after."""
        names = self.world.store.get("pages", {PAGE: "Levain & Fils"})
        listed = [{"id": id, "name": name, "access_token": f"EAAG-page-{id}"} for id, name in names.items()]
        return answer({"data": listed if request.bearer == "EAAG-user-long" else []})

    def debug(self, request: Request) -> Response:
        """What a token may do, and until when."""
        alive = self.world.by_token(request.arg("input_token")) is not None
        scopes = self.world.store.get("scopes", SCOPES)
        return answer(
            {"data": {"is_valid": alive, "scopes": scopes, "expires_at": 0, "data_access_expires_at": 1_900_000_000}}
        )

    def me(self, request: Request) -> Response:
        """The page."""
        who = self.signed(request)
        return answer(
            {"id": PAGE, "name": who.name, "username": who.handle, "link": f"https://www.facebook.com/{who.handle}"}
        )

    def draft(self, request: Request) -> Response:
        """A post, unpublished when asked."""
        who = self.signed(request)
        shown = request.field("published", "true") == "true"
        media = [
            {"id": parts[0].content.decode()}
            for name, parts in request.parts.items()
            if name.startswith("attached_media")
        ]
        if any(one["id"][15:-2] not in self.world.store.get("photos", {}) for one in media):
            return wrong(100, "Invalid parameter: attached_media")
        text = request.field("message")
        kept = Message(self.mint(who, kind="post"), who.id, text, self.now(), public=shown, media=media)
        return answer({"id": self.world.add(kept).id})

    def photo(self, request: Request) -> Response:
        """A picture."""
        self.signed(request)
        id = str(123_000_000_000_000_000 + self.world.number())
        self.world.store.setdefault("photos", {})[id] = request.field("alt_text_custom")
        return answer({"id": id})

    def comment(self, request: Request, id: str) -> Response:
        """A comment of the page."""
        above, who = self.found_or_wrong(request, id), self.signed(request)
        said = Message(
            self.mint(who, kind="comment"),
            who.id,
            request.field("message"),
            self.now(),
            "comment",
            id,
            above.root or id,
        )
        self.published(self.world.add(said))
        return answer({"id": said.id})

    def whisper(self, request: Request) -> Response:
        """Messenger, within 24 hours of the person's last words; or once under a comment of the last seven days."""
        who, given = self.signed(request), request.json()
        comment = given["recipient"].get("comment_id", "")
        person = self.commenter(request, comment) if comment else given["recipient"]["id"]
        last = max((one.at for one in self.world.by(person) if one.kind == "dm"), default=0)
        if not comment and self.now() - last > 24 * HOURS:
            return wrong(551, "This message is sent outside of allowed window.")
        said = Message(
            self.mint(who, kind="dm"), who.id, given["message"]["text"], self.now(), "dm", to=person, public=False
        )
        self.world.add(said)
        return answer({"recipient_id": person, "message_id": said.id})

    def commenter(self, request: Request, comment: str) -> str:
        """Who wrote a comment that may still be answered privately."""
        said, answered = self.found_or_wrong(request, comment), self.world.store.setdefault("private_answers", set())
        if comment in answered:
            raise Answered(wrong(10900, "Activity already replied to"))
        if said.kind != "comment" or self.now() - said.at > 7 * 24 * HOURS:
            raise Answered(wrong(10903, "This user cannot reply to this activity"))
        answered.add(comment)
        return said.author

    def listing(self, request: Request, edge: str) -> Response:
        """The page's lists, newest first."""
        self.signed(request)
        kept = list(self.world.messages.values())[::-1]
        if edge == "published_posts":
            since = float(request.arg("since", "0"))
            posts = [
                one for one in kept if one.author == PAGE and one.kind == "post" and one.public and one.at >= since
            ]
            return listed([self.shown(one) | self.with_comments(one, request) for one in posts])
        if edge == "tagged":
            return listed([self.shown(one) for one in kept if one.kind == "mention"])
        if edge == "ratings":
            return listed([self.rated(one) for one in kept if one.kind == "review"])
        people = {(one.to if one.author == PAGE else one.author): one for one in kept if one.kind == "dm"}
        return listed([{"id": f"t_{id}", "messages": {"data": self.talk(id)}} for id in people])

    def with_comments(self, post: Message, request: Request) -> dict[str, Any]:
        """The comments that a field expansion asks for."""
        below = [self.shown(one) for one in self.world.under(post.id)] if "comments" in request.arg("fields") else []
        return {"comments": {"data": below[::-1]}} if below else {}

    def rated(self, message: Message) -> dict[str, Any]:
        """A recommendation."""
        who = self.world.people[message.author]
        kind = "positive" if (message.rating or 0) >= 3 else "negative"
        reviewer, story = {"id": who.id, "name": who.name}, {"id": message.id}
        base = {"created_time": stamp(message.at), "recommendation_type": kind, "review_text": message.text}
        return {**base, "reviewer": reviewer, "open_graph_story": story}

    def talk(self, person: str) -> list[dict[str, Any]]:
        """A conversation, newest first."""
        kept = [one for one in self.world.messages.values() if one.kind == "dm" and person in {one.author, one.to}]
        return [self.shown(one) for one in kept[::-1]]

    def told(self, request: Request, id: str) -> Response:
        """The messages of a conversation."""
        self.signed(request)
        return listed(self.talk(id.removeprefix("t_")))

    def comments(self, request: Request, id: str) -> Response:
        """What is under a post."""
        found = self.world.under(self.found_or_wrong(request, id).id)
        order = -1 if request.arg("order").startswith("reverse") else 1
        return listed([self.shown(one) for one in found][::order])

    def insights(self, request: Request, id: str) -> Response:
        """One metric; dead names are refused."""
        self.found_or_wrong(request, id)
        if request.arg("metric") not in {"post_media_view", "post_total_media_view_unique"}:
            return wrong(100, "(#100) The value must be a valid insights metric")
        return listed([{"name": request.arg("metric"), "period": "lifetime", "values": [{"value": 12}]}])

    def one(self, request: Request, id: str) -> Response:
        """A post, a comment or a film."""
        if self.node_of(id) == "AdVideo":
            return answer(self.film_shown(request, id))
        message = self.found_or_wrong(request, id)
        summed = {"reactions": message.counts.get("likes", 0), "comments": len(self.world.under(id))}
        counts = {name: {"data": [], "summary": {"total_count": count}} for name, count in summed.items()}
        return answer({**self.shown(message), **counts, **self.whispered(message)})

    def whispered(self, comment: Message) -> dict[str, Any]:
        """The conversation that the page's private answer to a comment began."""
        begun = comment.id in self.world.store.get("private_answers", set())
        return {"private_reply_conversation": {"id": f"t_{comment.author}"}} if begun else {}

    def change(self, request: Request, id: str) -> Response:
        """Publish a post, or hide a comment."""
        message = self.found_or_wrong(request, id)
        if request.field("is_published") == "true" and not message.public:
            message.public, message.at = True, self.now()
            self.published(message)
        message.hidden = request.field("is_hidden") == "true"
        return answer({"success": True})

    def delete(self, request: Request, id: str) -> Response:
        """Gone."""
        self.world.remove(self.found_or_wrong(request, id).id)
        return answer({"success": True})

    def shown(self, message: Message) -> dict[str, Any]:
        """As the API writes a post, a comment or a message."""
        who = self.world.people[message.author]
        base = {"id": message.id, "message": message.text, "created_time": stamp(message.at)}
        above = {"parent": {"id": message.parent}} if message.parent and message.parent != message.root else {}
        return {
            **base,
            **above,
            "from": {"id": who.id, "name": who.name},
            "permalink_url": f"https://www.facebook.com/{message.id}",
        }


Server = Facebook
