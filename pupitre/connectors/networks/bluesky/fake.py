"""A personal data server, its app view and its chat, in small; every call is checked against the lexicons."""

import re
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

from pupitre.connectors.fakes.exchange import Request, Response, answer
from pupitre.connectors.fakes.fake import Answered, Fake, Handler
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.lexicons import Lexicons
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.world import Message, Person, World
from pupitre.connectors.families.atproto import record_key

from .fake_words import PROBLEMS, cid, convo, identifier, links, spoken, stamp, view, wrong

LEXICONS = Lexicons(Path(__file__).parent / "contract" / "lexicons.json")
POST = "app.bsky.feed.post"
VIEW = "chat.bsky.convo.defs#messageView"
LIFE = 7200  # seconds an access token lives


class Bluesky(Fake):
    """One server with everybody on it."""

    key: ClassVar[str] = "bluesky"
    origins: ClassVar[tuple[str, ...]] = ("https://bsky.social",)
    publishing: ClassVar[str] = r"POST /xrpc/com.atproto.repo.putRecord\Z"

    def __init__(self, world: World | None = None, *, publics: Publics | None = None) -> None:
        super().__init__(world, publics=publics)
        self.contract = LEXICONS
        me = self.world.person(id=identifier("levain"), handle="levain.bsky.social", name="Levain & Fils", ours=True)
        me.extra |= {"password": "abcd-efgh-ijkl-mnop", "chat": True}

    def routes(self) -> list[tuple[str, Handler]]:
        """The operations that the connector uses."""
        here = "/xrpc/"
        return [
            (rf"POST {here}com\.atproto\.server\.createSession", self.open),
            (rf"POST {here}com\.atproto\.server\.refreshSession", self.renew),
            (rf"GET {here}com\.atproto\.server\.getSession", self.session),
            (rf"POST {here}com\.atproto\.repo\.putRecord", self.put),
            (rf"GET {here}com\.atproto\.repo\.getRecord", self.get),
            (rf"GET {here}com\.atproto\.repo\.listRecords", self.records),
            (rf"POST {here}com\.atproto\.repo\.deleteRecord", self.delete),
            (rf"POST {here}com\.atproto\.repo\.uploadBlob", self.upload),
            (rf"GET {here}com\.atproto\.identity\.resolveHandle", self.resolve),
            (rf"GET {here}app\.bsky\.actor\.getProfile", self.profile),
            (rf"GET {here}app\.bsky\.notification\.listNotifications", self.notifications),
            (rf"GET {here}app\.bsky\.feed\.getPosts", self.posts),
            (rf"GET {here}app\.bsky\.feed\.getPostThread", self.thread),
            (rf"GET {here}chat\.bsky\.convo\.listConvos", self.convos),
            (rf"GET {here}chat\.bsky\.convo\.getMessages", self.messages),
            (rf"POST {here}chat\.bsky\.convo\.sendMessage", self.whisper),
        ]

    def vault(self) -> dict[str, str]:
        """What the form holds."""
        return {"server": "https://bsky.social", "handle": "levain.bsky.social", "password": "abcd-efgh-ijkl-mnop"}

    def stranger(self, handle: str, name: str = "") -> Person:
        """Handles are domain names here."""
        plain = re.sub(r"[^a-z0-9-]", "", handle.lower()).strip("-")
        return self.world.person(id=identifier(handle), handle=f"{plain}.bsky.social", name=name or handle)

    def mint(self, author: Person, *, kind: str) -> str:
        """An address for a post, a bare key for a direct message."""
        key = record_key(f"mint-{self.world.number()}", self.world.clock.now())
        return key if kind == "dm" else f"at://{author.id}/{POST}/{key}"

    def problem(self, effect: Effect, seconds: float) -> Response:
        """Errors by name, and the reset as seconds since 1970."""
        status, name, words = PROBLEMS[effect]
        reset = {"ratelimit_reset": str(int(self.now() + (seconds or 300)))} if effect is Effect.QUOTA else {}
        return answer({"error": name, "message": words}, status, **reset)

    def now(self) -> float:
        """Seconds since 1970."""
        return self.world.clock.now().timestamp()

    def who(self, request: Request) -> Person:
        """Whose access token; stale ones are named as the real server names them."""
        kept = self.world.store.get("sessions", {}).get(request.bearer)
        if kept is None or kept["kind"] != "access":
            raise Answered(wrong("InvalidToken", "Token could not be verified"))
        if kept["until"] < self.now():
            raise Answered(wrong("ExpiredToken", "Token has expired"))
        return self.world.people[kept["did"]]

    def open(self, request: Request) -> Response:
        """Sign in with an app password."""
        given = request.json()
        who = self.world.by_handle(given["identifier"].lstrip("@")) or self.world.people.get(given["identifier"])
        if who is None or who.extra.get("password") != given["password"]:
            return self.problem(Effect.ACCESS_DEAD, 0)
        return self.tokens(who)

    def renew(self, request: Request) -> Response:
        """A new pair for a refresh token, which is then spent."""
        kept = self.world.store.get("sessions", {}).pop(request.bearer, None)
        if kept is None or kept["kind"] != "refresh":
            return wrong("ExpiredToken", "Token has been revoked")
        return self.tokens(self.world.people[kept["did"]])

    def tokens(self, who: Person) -> Response:
        """A pair of tokens."""
        sessions = self.world.store.setdefault("sessions", {})
        access, refresh = (f"eyJ{kind}.{self.world.number()}.sig" for kind in ("access", "refresh"))
        sessions[access] = {"did": who.id, "kind": "access", "until": self.now() + LIFE}
        sessions[refresh] = {"did": who.id, "kind": "refresh", "until": self.now() + 60 * LIFE}
        return answer({"accessJwt": access, "refreshJwt": refresh, "handle": who.handle, "did": who.id, "active": True})

    def session(self, request: Request) -> Response:
        """Who this token is."""
        who = self.who(request)
        state = {"active": False, "status": who.extra["status"]} if "status" in who.extra else {"active": True}
        return answer({"handle": who.handle, "did": who.id, **state})

    def put(self, request: Request) -> Response:
        """Keep a record; the same record under the same key is no change."""
        who, given = self.who(request), request.json()
        record, uri = given["record"], f"at://{who.id}/{given['collection']}/{given['rkey']}"
        wrongs = LEXICONS.record(given["collection"], given["rkey"], record)
        missing = [link for link in links(record) if link not in self.world.store.get("blobs", {})]
        if wrongs or missing or given["repo"] not in {who.id, who.handle}:
            return wrong("InvalidRecord", "; ".join(wrongs) or f"Could not find blob: {missing}")
        if uri not in self.world.messages:
            message = self.kept(who, uri, record)
            self.told(who, message)
            self.published(message)
        self.world.messages[uri].extra["record"] = record
        return answer({"uri": uri, "cid": cid(record), "validationStatus": "valid"})

    def kept(self, who: Person, uri: str, record: dict[str, Any]) -> Message:
        """A record as a message of the world."""
        reply = record.get("reply")
        message = Message(
            uri, who.id, record["text"], self.now(), "reply" if reply else "post",
            reply["parent"]["uri"] if reply else "", reply["root"]["uri"] if reply else "",
            language=str((record.get("langs") or [""])[0]), extra={"record": record},
        )  # fmt: skip
        return self.world.add(message)

    def told(self, who: Person, message: Message) -> None:
        """Count and notify an answer."""
        above = self.world.messages.get(message.parent)
        if above is not None:
            above.counts["replies"] = above.counts.get("replies", 0) + 1
            if above.author != who.id:
                self.world.notify(above.author, "reply", who=who.id, message=message.id)

    def heard(self, message: Message, to: Person) -> None:
        """A stranger's post has a record too."""
        if message.kind == "dm":
            message.extra["convo"] = convo(message.author, to.id)
            return
        record: dict[str, Any] = {"$type": POST, "text": message.text, "createdAt": stamp(message.at), "langs": ["fr"]}
        if message.parent:
            record["reply"] = {"root": self.strong(message.root), "parent": self.strong(message.parent)}
        message.extra["record"] = record

    def strong(self, uri: str) -> dict[str, str]:
        """A strong reference."""
        return {"uri": uri, "cid": cid(self.world.messages[uri].extra["record"])}

    def get(self, request: Request) -> Response:
        """One record."""
        uri = f"at://{self.who(request).id}/{request.arg('collection')}/{request.arg('rkey')}"
        if uri not in self.world.messages:
            return wrong("RecordNotFound", f"Could not locate record: {uri}")
        record = self.world.messages[uri].extra["record"]
        return answer({"uri": uri, "cid": cid(record), "value": record})

    def records(self, request: Request) -> Response:
        """One's own records, newest first."""
        mine = [one for one in self.world.by(self.who(request).id) if one.public][::-1]
        shown = [
            {**self.strong(one.id), "value": one.extra["record"]} for one in mine[: int(request.arg("limit", "50"))]
        ]
        return answer({"records": shown})

    def delete(self, request: Request) -> Response:
        """Gone, or already gone."""
        given = request.json()
        uri = f"at://{self.who(request).id}/{given['collection']}/{given['rkey']}"
        if uri in self.world.messages:
            self.world.remove(uri)
        return answer({})

    def upload(self, request: Request) -> Response:
        """Keep a blob by its content id."""
        self.who(request)
        link = cid({"blob": sha256(request.body).hexdigest()})
        self.world.store.setdefault("blobs", {})[link] = len(request.body)
        kind = request.headers["content-type"]
        return answer({"blob": {"$type": "blob", "ref": {"$link": link}, "mimeType": kind, "size": len(request.body)}})

    def resolve(self, request: Request) -> Response:
        """A handle's identifier."""
        found = self.world.by_handle(request.arg("handle"))
        return answer({"did": found.id}) if found else wrong("InvalidRequest", "Unable to resolve handle")

    def profile(self, request: Request) -> Response:
        """Somebody's page."""
        self.who(request)
        found = self.world.people.get(request.arg("actor")) or self.world.by_handle(request.arg("actor"))
        return answer(view(found)) if found else wrong("InvalidRequest", "Profile not found")

    def notifications(self, request: Request) -> Response:
        """Newest first, by pages."""
        who = self.who(request)
        mine = [one for one in self.world.notices if one.to == who.id and one.kind != "dm"][::-1]
        start, size = int(request.arg("cursor", "0")), int(request.arg("limit", "50"))
        shown = []
        for one in mine[start : start + size]:
            record = self.world.messages[one.message].extra["record"] if one.message else {}
            about = {"reason": one.kind, "isRead": False, "indexedAt": stamp(one.at), "record": record}
            uri = one.message or f"at://{one.who}"
            shown.append({"uri": uri, "cid": cid(record), "author": view(self.world.people[one.who]), **about})
        more = {"cursor": str(start + size)} if start + size < len(mine) else {}
        return answer({"notifications": shown, **more})

    def posts(self, request: Request) -> Response:
        """Posts with their counts; unknown ones are left out."""
        self.who(request)
        found = [self.world.messages[uri] for uri in request.query.get("uris", []) if uri in self.world.messages]
        return answer({"posts": [self.post(one) for one in found]})

    def post(self, message: Message) -> dict[str, Any]:
        """A post as the app view writes it."""
        counts = {
            f"{name[:-1]}Count": message.counts.get(name, 0) for name in ("likes", "reposts", "quotes", "bookmarks")
        }
        counts["replyCount"] = len(self.world.children(message.id))
        written = {"record": message.extra["record"], "indexedAt": stamp(message.at)}
        return {**self.strong(message.id), "author": view(self.world.people[message.author]), **written, **counts}

    def thread(self, request: Request) -> Response:
        """A post and all below."""
        self.who(request)
        message = self.world.messages.get(request.arg("uri"))
        if message is None:
            return wrong("NotFound", f"Post not found: {request.arg('uri')}")
        return answer({"thread": self.branch(message)})

    def branch(self, message: Message) -> dict[str, Any]:
        """A post and its answers."""
        below = [self.branch(child) for child in self.world.children(message.id)]
        return {"$type": "app.bsky.feed.defs#threadViewPost", "post": self.post(message), "replies": below}

    def chatting(self, request: Request) -> Person:
        """Direct messages need a right that an app password may lack."""
        if not (who := self.who(request)).extra.get("chat"):
            raise Answered(wrong("InvalidToken", "Bad token method", status=403))
        return who

    def convos(self, request: Request) -> Response:
        """Conversations with their last message."""
        who = self.chatting(request)
        last: dict[str, Message] = {}
        for message in self.world.messages.values():
            if message.kind == "dm" and who.id in {message.author, message.to}:
                last[message.extra["convo"]] = message
        return answer({"convos": [self.talk(id, message) for id, message in last.items()]})

    def talk(self, id: str, last: Message) -> dict[str, Any]:
        """A conversation."""
        members = [view(self.world.people[did]) for did in (last.author, last.to)]
        shown = {"$type": VIEW, **spoken(last)}
        return {"id": id, "rev": "1", "members": members, "muted": False, "unreadCount": 0, "lastMessage": shown}

    def messages(self, request: Request) -> Response:
        """What was said in a conversation, newest first."""
        self.chatting(request)
        told = [one for one in self.world.messages.values() if one.extra.get("convo") == request.arg("convoId")]
        return answer({"messages": [{"$type": VIEW, **spoken(one)} for one in told[::-1]]})

    def whisper(self, request: Request) -> Response:
        """Send a direct message."""
        who, given = self.chatting(request), request.json()
        others = [one for one in self.world.messages.values() if one.extra.get("convo") == given["convoId"]]
        if not others:
            return wrong("InvalidConvo", "Convo not found")
        to = next(did for did in (others[0].author, others[0].to) if did != who.id)
        said = Message(
            self.mint(who, kind="dm"), who.id, given["message"]["text"], self.now(), "dm", to=to, public=False
        )
        said.extra["convo"] = given["convoId"]
        return answer(spoken(self.world.add(said)))


Server = Bluesky
