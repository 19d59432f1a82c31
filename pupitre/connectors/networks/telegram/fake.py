"""Telegram in small: a channel, its discussion group, private chats, one queue of updates."""

import json
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

CHANNEL, GROUP, BOT = -1001234567890, -1009876543210, 7000000001
CHANNEL_CHAT = {"id": CHANNEL, "type": "channel", "title": "Levain & Fils", "username": "levain"}
GROUP_CHAT = {"id": GROUP, "type": "supergroup", "title": "Autour du four"}
BOT_USER = {"id": BOT, "is_bot": True, "first_name": "Levain", "username": "levain_bot"}
PROBLEMS = {
    Effect.ACCESS_DEAD: (401, "Unauthorized"),
    Effect.RIGHT_LOST: (400, "Bad Request: need administrator rights in the channel chat"),
    Effect.SUSPENDED: (403, "Forbidden: bot was kicked from the channel chat"),
    Effect.QUOTA: (429, "Too Many Requests: retry after"),
    Effect.REFUSED: (400, "Bad Request: message is too long"),
    Effect.DOWN: (502, "Bad Gateway"),
    Effect.ERROR_AFTER: (500, "Internal Server Error"),
}


class Telegram(Fake):
    """One bot's view of the place."""

    key: ClassVar[str] = "telegram"
    origins: ClassVar[tuple[str, ...]] = ("https://api.telegram.org",)
    publishing: ClassVar[str] = r"/send(Message|Photo|Video|MediaGroup|Poll)\Z"
    answers: ClassVar[str] = "comment"

    def __init__(self, world: World | None = None, *, publics: Publics | None = None) -> None:
        super().__init__(world, publics=publics)
        self.contract = openapi(Path(__file__).parent / "contract" / "openapi.json")
        me = self.world.person(id=str(CHANNEL), handle="levain", name="Levain & Fils", ours=True)
        me.token = f"{BOT}:AAH-levain-et-fils-levain-et-fils-000"
        self.rights = ["can_post_messages", "can_edit_messages", "can_delete_messages"]

    def routes(self) -> list[tuple[str, Handler]]:
        """The methods that the connector uses."""
        named = ["getMe", "getChat", "getChatMember", "getUpdates", "sendMessage", "sendPoll", "deleteMessage"]
        routes: list[tuple[str, Handler]] = [
            (rf"POST /bot(?P<token>[^/]+)/{name}", getattr(self, name)) for name in named
        ]
        routes.append((r"POST /bot(?P<token>[^/]+)/send(Photo|Video)", self.sendPhoto))
        routes.append((r"POST /bot(?P<token>[^/]+)/sendMediaGroup", self.sendMediaGroup))
        return routes

    def vault(self) -> dict[str, str]:
        """What the form holds."""
        return {"token": self.account().token, "channel": "@levain"}

    def stranger(self, handle: str, name: str = "") -> Person:
        """People have numbers."""
        return self.world.person(id=str(crc32(handle.encode())), handle=re.sub(r"\W", "_", handle), name=name or handle)

    def mint(self, author: Person, *, kind: str) -> str:
        """Chat and number."""
        chat = author.id if kind == "dm" else GROUP if kind == "comment" else CHANNEL
        return f"{chat}:{self.world.number()}"

    def problem(self, effect: Effect, seconds: float) -> Response:
        """Description and code; the wait is in the body."""
        status, words = PROBLEMS[effect]
        told: dict[str, Any] = {"ok": False, "error_code": status, "description": words}
        if effect is Effect.QUOTA:
            told |= {"description": f"{words} {int(seconds or 30)}", "parameters": {"retry_after": int(seconds or 30)}}
        return answer(told, status)

    def signed(self, token: str) -> Person:
        """The bot of a token."""
        person = self.world.by_token(token)
        if person is None:
            raise Answered(self.problem(Effect.ACCESS_DEAD, 0))
        return person

    def getMe(self, request: Request, token: str) -> Response:
        """The bot."""
        self.signed(token)
        return ok(BOT_USER)

    def getChat(self, request: Request, token: str) -> Response:
        """The channel and its group."""
        self.signed(token)
        if request.json()["chat_id"] not in {"@levain", CHANNEL, str(CHANNEL)}:
            return answer({"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}, 400)
        more = {"accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": {}}
        linked = {} if self.world.store.get("alone") else {"linked_chat_id": GROUP}
        return ok({**CHANNEL_CHAT, **more, **linked})

    def getChatMember(self, request: Request, token: str) -> Response:
        """What the bot may do."""
        self.signed(token)
        names = "be_edited manage_chat delete_messages manage_video_chats restrict_members promote_members change_info "
        names += "invite_users post_stories edit_stories delete_stories post_messages edit_messages"
        flags = {f"can_{name}": f"can_{name}" in self.rights for name in names.split()}
        return ok({"status": "administrator", "user": BOT_USER, "is_anonymous": False, **flags})

    def getUpdates(self, request: Request, token: str) -> Response:
        """What was not confirmed; asking from an offset forgets what is before."""
        self.signed(token)
        if self.world.store.get("knocks"):
            words = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it"
            return answer({"ok": False, "error_code": 409, "description": words}, 409)
        given, queue = request.json(), self.world.store.setdefault("updates", [])
        queue[:] = [one for one in queue if one["update_id"] >= given.get("offset", 0)]
        return ok(queue[: given.get("limit", 100)])

    def sendMessage(self, request: Request, token: str) -> Response:
        """Words."""
        return self.keep(token, request.json(), "text", limit=4096)

    def sendPoll(self, request: Request, token: str) -> Response:
        """A question."""
        return self.keep(token, request.json(), "question", limit=300)

    def sendPhoto(self, request: Request, token: str) -> Response:
        """One file with a caption (photo and video)."""
        given = {name: parts[0].content.decode() for name, parts in request.parts.items() if not parts[0].filename}
        return self.keep(
            token,
            {**given, "reply_parameters": json.loads(given.get("reply_parameters", "null"))},
            "caption",
            limit=1024,
        )

    def sendMediaGroup(self, request: Request, token: str) -> Response:
        """An album; its words are with the first file."""
        media = json.loads(request.field("media"))
        missing = [one["media"] for one in media if one["media"].removeprefix("attach://") not in request.parts]
        if missing or not 2 <= len(media) <= 10:
            return self.problem(Effect.REFUSED, 0)
        kept = self.keep(
            token, {"chat_id": request.field("chat_id"), "caption": media[0]["caption"]}, "caption", limit=1024
        )
        first = json.loads(kept.body)
        return kept if not first["ok"] else ok([first["result"]] * len(media))

    def keep(self, token: str, given: dict[str, Any], words: str, *, limit: int) -> Response:
        """A message of ours, and its copy in the group when it is a post of the channel."""
        who, text = self.signed(token), given[words]
        chat = str(given["chat_id"]).replace("@levain", str(CHANNEL))
        if len(text.encode("utf-16-le")) // 2 > limit:
            return self.problem(Effect.REFUSED, 0)
        reply = given.get("reply_parameters")
        parent = f"{chat}:{reply['message_id']}" if reply else ""
        kind = "post" if chat == str(CHANNEL) else "comment" if chat == str(GROUP) else "dm"
        above = self.world.messages.get(parent)
        root = (above.root or above.id) if above else ""
        id = f"{chat}:{self.world.number()}"
        now = self.world.clock.now().timestamp()
        message = self.world.add(Message(id, who.id, text, now, kind, parent, root, public=kind != "dm"))
        if kind == "post" and not self.world.store.get("alone"):
            message.extra["copy"] = self.world.number()
            self.queue(self.copied(message))
        self.published(message)
        place = (
            CHANNEL_CHAT
            if kind == "post"
            else GROUP_CHAT
            if kind == "comment"
            else {"id": int(chat), "type": "private"}
        )
        return ok(
            {
                "message_id": int(id.partition(":")[2]),
                "date": int(now),
                "chat": place,
                words.replace("question", "text"): text,
            }
        )

    def copied(self, post: Message) -> dict[str, Any]:
        """A post as Telegram copies it into the discussion group."""
        source = {
            "type": "channel",
            "date": int(post.at),
            "chat": CHANNEL_CHAT,
            "message_id": int(post.id.partition(":")[2]),
        }
        base = {"message_id": post.extra["copy"], "date": int(post.at), "chat": GROUP_CHAT, "text": post.text}
        return {**base, "sender_chat": CHANNEL_CHAT, "is_automatic_forward": True, "forward_origin": source}

    def queue(self, message: dict[str, Any]) -> None:
        """One more update."""
        self.world.store.setdefault("updates", []).append({"update_id": self.world.number(), "message": message})

    def heard(self, message: Message, to: Person) -> None:
        """People's messages become updates."""
        who = self.world.people[message.author]
        base = {"message_id": number(message.id), "date": int(message.at), "text": message.text}
        base |= {"from": {"id": int(who.id), "is_bot": False, "first_name": who.name, "username": who.handle}}
        if message.kind == "dm":
            self.queue({**base, "chat": {"id": int(who.id), "type": "private"}})
        elif message.root:
            post, above = self.world.messages[message.root], self.world.messages[message.parent]
            shown = (
                self.copied(post)
                if above is post
                else {"message_id": number(above.id), "date": int(above.at), "chat": GROUP_CHAT}
            )
            self.queue({**base, "chat": GROUP_CHAT, "message_thread_id": post.extra["copy"], "reply_to_message": shown})

    def deleteMessage(self, request: Request, token: str) -> Response:
        """Gone."""
        self.signed(token)
        id = f"{request.json()['chat_id']}:{request.json()['message_id']}"
        if id not in self.world.messages:
            words = "Bad Request: message to delete not found"
            return answer({"ok": False, "error_code": 400, "description": words}, 400)
        self.world.remove(id)
        return ok(True)


def number(id: str) -> int:
    """A message's number in its chat."""
    return int(id.partition(":")[2])


def ok(result: Any) -> Response:
    """A good answer."""
    return answer({"ok": True, "result": result})


Server = Telegram
