"""A WordPress site in small: drafts, publication by id, media with alternative text, visitors' comments."""

import json
import re
from base64 import b64decode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlencode

from pupitre.connectors.fakes.exchange import Request, Response, answer
from pupitre.connectors.fakes.fake import Answered, Fake, Handler
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.openapi import openapi
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.world import Message, Person, World
from pupitre.connectors.markup import plain

HOME = Path(__file__).parent / "contract"
SHAPES: dict[str, Any] = json.loads((HOME / "shapes.json").read_text("utf-8"))
SITE = "https://levain.example"
EDITOR = ["publish_posts", "upload_files", "delete_published_posts", "moderate_comments", "edit_posts"]
PROBLEMS = {
    Effect.ACCESS_DEAD: (401, "incorrect_password", "The provided password is an invalid application password."),
    Effect.RIGHT_LOST: (403, "rest_cannot_publish", "Sorry, you are not allowed to publish posts in this post type."),
    Effect.SUSPENDED: (403, "rest_cannot_edit", "Sorry, you are not allowed to edit this post."),
    Effect.QUOTA: (429, "too_many_requests", "Too many requests."),
    Effect.REFUSED: (400, "rest_invalid_param", "Invalid parameter(s): content"),
    Effect.DOWN: (503, "wp_maintenance", "Briefly unavailable for scheduled maintenance."),
    Effect.ERROR_AFTER: (500, "internal_server_error", "There has been a critical error on this website."),
}


class WordPress(Fake):
    """One site. Posts and comments share the world under "p" and "c" before their numbers."""

    key: ClassVar[str] = "wordpress"
    origins: ClassVar[tuple[str, ...]] = (SITE,)
    publishing: ClassVar[str] = r"POST /wp-json/wp/v2/(posts/\d+|comments)\Z"
    answers: ClassVar[str] = "comment"

    def __init__(self, world: World | None = None, *, publics: Publics | None = None) -> None:
        super().__init__(world, publics=publics)
        self.contract = openapi(HOME / "openapi.json")
        me = self.world.person(id="2", handle="claire", name="Claire Aubry", ours=True)
        me.extra |= {"password": "abcd EFGH 1234 ijkl", "may": EDITOR}

    def routes(self) -> list[tuple[str, Handler]]:
        """The front page and the routes that the connector uses."""
        here = "/wp-json/wp/v2/"
        return [
            (r"GET /", self.front),
            (rf"GET {here}users/me", self.me),
            (rf"GET {here}posts", self.posts),
            (rf"POST {here}posts", self.draft),
            (rf"POST {here}posts/(?P<id>\d+)", self.update),
            (rf"DELETE {here}(?P<kind>posts|comments)/(?P<id>\d+)", self.delete),
            (rf"GET {here}media", self.files),
            (rf"POST {here}media", self.upload),
            (rf"POST {here}media/(?P<id>\d+)", self.describe),
            (rf"GET {here}comments", self.comments),
            (rf"POST {here}comments", self.comment),
            (rf"POST {here}comments/(?P<id>\d+)", self.moderate),
        ]

    def handle(self, request: Request) -> Response:
        """A site without readable addresses (store["plain"]) takes the route as an argument of its front page."""
        if "rest_route" in request.query:
            rest = [(name, one) for name, values in request.query.items() for one in values if name != "rest_route"]
            target = f"/wp-json{request.arg('rest_route')}?{urlencode(rest)}".removesuffix("?")
            request = Request(request.method, target, request.headers, request.body)
        return super().handle(request)

    def vault(self) -> dict[str, str]:
        """What the form holds."""
        return {"site": SITE, "user": "claire", "password": "abcd EFGH 1234 ijkl"}

    def mint(self, author: Person, *, kind: str) -> str:
        """A small number, as on any site."""
        return f"{'p' if kind == 'post' else 'c'}{self.world.number() + 10}"

    def found(self, id: str) -> Message:
        """By the connector's id."""
        return self.world.messages[f"c{id.removeprefix('comment-')}" if id.startswith("comment-") else f"p{id}"]

    def problem(self, effect: Effect, seconds: float) -> Response:
        """Code, words, status; the wait in seconds."""
        status, code, words = PROBLEMS[effect]
        wait = {"retry_after": str(int(seconds or 60))} if effect is Effect.QUOTA else {}
        return wrong(code, words, status, **wait)

    def now(self) -> float:
        """Seconds since 1970."""
        return self.world.clock.now().timestamp()

    def who(self, request: Request) -> Person:
        """Whose application password; spaces in it do not matter."""
        user, _colon, password = b64decode(request.headers.get("authorization", "")[6:]).decode().partition(":")
        person = self.world.by_handle(user)
        if person is None or person.extra.get("password", "").replace(" ", "") != password.replace(" ", ""):
            raise Answered(self.problem(Effect.ACCESS_DEAD, 0))
        return person

    def may(self, request: Request, right: str) -> Person:
        """A member with a right."""
        person = self.who(request)
        if right not in person.extra["may"]:
            raise Answered(wrong("rest_forbidden", "Sorry, you are not allowed to do that.", 403))
        return person

    def front(self, request: Request) -> Response:
        """Says where the API is."""
        base = f"{SITE}/?rest_route=/" if self.world.store.get("plain") else f"{SITE}/wp-json/"
        link = f'<{base}>; rel="https://api.w.org/"'
        return Response(200, b"<!doctype html>", {"content-type": "text/html", "link": link})

    def me(self, request: Request) -> Response:
        """The member, with capabilities."""
        who = self.who(request)
        shown = {"id": int(who.id), "name": who.name, "slug": who.handle, "link": f"{SITE}/author/{who.handle}/"}
        return answer({**SHAPES["user"], **shown, "capabilities": dict.fromkeys(who.extra["may"], True)})

    def posts(self, request: Request) -> Response:
        """Articles by slug and status."""
        self.who(request)
        wanted = request.arg("status", "publish").split(",")
        mine = [one for one in self.world.messages.values() if one.kind == "post" and one.extra["status"] in wanted]
        return answer([self.post(one) for one in mine if request.arg("slug", one.extra["slug"]) == one.extra["slug"]])

    def draft(self, request: Request) -> Response:
        """A new article; a slug already taken gets a number."""
        who, given = self.may(request, "edit_posts"), request.json()
        body = plain(given["content"])
        text = body if body.startswith(given["title"].rstrip("…")) else f"{given['title']}\n{body}".strip()
        kept = {**given, "slug": self.free(given["slug"])}
        message = Message(self.mint(who, kind="post"), who.id, text, self.now(), public=False, extra=kept)
        return answer(self.post(self.world.add(message)), 201)

    def free(self, slug: str) -> str:
        """As WordPress: levain, levain-2, levain-3."""
        taken = {one.extra.get("slug") for one in self.world.messages.values()}
        return next(name for name in [slug, *(f"{slug}-{n}" for n in range(2, 99))] if name not in taken)

    def update(self, request: Request, id: str) -> Response:
        """Publish, or change."""
        self.may(request, "publish_posts")
        message = self.existing(f"p{id}")
        message.extra |= request.json()
        if message.extra["status"] == "publish" and not message.public:
            message.public, message.at = True, self.now()
            self.published(message)
        return answer(self.post(message))

    def existing(self, id: str) -> Message:
        """An article or a comment."""
        if id not in self.world.messages:
            kind = "post" if id.startswith("p") else "comment"
            raise Answered(wrong(f"rest_{kind}_invalid_id", f"Invalid {kind} ID.", 404))
        return self.world.messages[id]

    def post(self, message: Message) -> dict[str, Any]:
        """As the API writes an article."""
        id, slug = int(message.id[1:]), message.extra["slug"]
        dates = dict.fromkeys(["date", "date_gmt", "modified", "modified_gmt"], stamp(message.at))
        address = {"link": f"{SITE}/{slug}/", "guid": {"rendered": f"{SITE}/?p={id}"}, "slug": slug}
        words = {
            "title": {"rendered": message.extra["title"]},
            "content": {"rendered": message.extra["content"], "protected": False},
        }
        return {
            **SHAPES["post"],
            **dates,
            **address,
            **words,
            "id": id,
            "author": int(message.author),
            "status": message.extra["status"],
        }

    def delete(self, request: Request, kind: str, id: str) -> Response:
        """To the bin."""
        self.may(request, "delete_published_posts")
        message = self.existing(f"{kind[0]}{id}")
        shown = self.post(message) if kind == "posts" else self.shown(message)
        self.world.remove(message.id)
        return answer({**shown, "status": "trash"})

    def files(self, request: Request) -> Response:
        """Files by slug."""
        self.who(request)
        kept = self.world.store.get("files", {}).values()
        return answer([file for file in kept if file["slug"] == request.arg("slug")])

    def upload(self, request: Request) -> Response:
        """A new file, named by its header."""
        self.may(request, "upload_files")
        named = re.search(r'filename="([^"]+)"', request.headers["content-disposition"])
        name, id = named.group(1) if named else "file", self.world.number() + 10
        kind = request.headers["content-type"]
        address = {"link": f"{SITE}/{name}/", "source_url": f"{SITE}/wp-content/{name}", "guid": {"rendered": name}}
        dates = dict.fromkeys(["date", "date_gmt", "modified", "modified_gmt"], stamp(self.now()))
        about = {
            "mime_type": kind,
            "media_type": "image" if kind.startswith("image/") else "file",
            "slug": name.partition(".")[0],
        }
        file = {**SHAPES["attachment"], **address, **dates, **about, "id": id, "author": 2, "alt_text": ""}
        self.world.store.setdefault("files", {})[str(id)] = file
        return answer(file, 201)

    def describe(self, request: Request, id: str) -> Response:
        """Its alternative text."""
        self.may(request, "upload_files")
        self.world.store["files"][id] |= request.json()
        return answer(self.world.store["files"][id])

    def comments(self, request: Request) -> Response:
        """Comments by article, author, date and page."""
        who = self.who(request)
        if "status" in request.query and "moderate_comments" not in who.extra["may"]:
            return wrong("rest_forbidden_param", "Query parameter not permitted: status", 403)
        found = [one for one in self.world.messages.values() if one.kind in {"comment", "reply"}]
        held = request.arg("status") == "all"
        found = [one for one in found if held or not one.hidden]
        for name, value in (("post", lambda one: one.root[1:]), ("author", lambda one: self.member(one))):
            found = [one for one in found if request.arg(name, str(value(one))) == str(value(one))]
        after = datetime.fromisoformat(request.arg("after", "2000-01-01T00:00:00Z")).timestamp()
        found = sorted((one for one in found if one.at > after), key=lambda one: one.at)
        size, start = int(request.arg("per_page", "10")), int(request.arg("page", "1")) - 1
        return answer([self.shown(one) for one in found[start * size : (start + 1) * size]])

    def member(self, message: Message) -> int:
        """The number of the author's account, 0 for visitors."""
        return int(message.author) if message.author.isdigit() else 0

    def comment(self, request: Request) -> Response:
        """A comment of a member; the same words twice are refused."""
        who, given = self.who(request), request.json()
        post = self.existing(f"p{given['post']}")
        parent = f"c{given['parent']}" if given.get("parent") else post.id
        if any(one.text == given["content"] and one.author == who.id for one in self.world.children(parent)):
            return wrong(
                "comment_duplicate", "Duplicate comment detected; it looks as though you've already said that!", 409
            )
        said = Message(self.mint(who, kind="comment"), who.id, given["content"], self.now(), "comment", parent, post.id)
        self.published(self.world.add(said))
        return answer(self.shown(said), 201)

    def moderate(self, request: Request, id: str) -> Response:
        """Hold or approve."""
        self.may(request, "moderate_comments")
        message = self.existing(f"c{id}")
        message.hidden = request.json()["status"] == "hold"
        return answer(self.shown(message))

    def shown(self, message: Message) -> dict[str, Any]:
        """As the API writes a comment."""
        parent = int(message.parent[1:]) if message.parent.startswith("c") else 0
        about = {
            "id": int(message.id[1:]),
            "post": int(message.root[1:]),
            "parent": parent,
            "author": self.member(message),
        }
        words = {
            "content": {"rendered": f"<p>{message.text}</p>"},
            "author_name": self.world.people[message.author].name,
        }
        dates = dict.fromkeys(["date", "date_gmt"], stamp(message.at))
        state = {
            "status": "hold" if message.hidden else "approved",
            "link": f"{SITE}/?p={message.root[1:]}#comment-{message.id[1:]}",
        }
        return {**SHAPES["comment"], **about, **words, **dates, **state}


def wrong(code: str, words: str, status: int, **headers: str) -> Response:
    """An error as WordPress writes it."""
    return answer({"code": code, "message": words, "data": {"status": status}}, status, **headers)


def stamp(at: float) -> str:
    """UTC without saying so."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S")


Server = WordPress
