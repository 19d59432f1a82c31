"""A mail provider in small: one mailbox, the people who write to it, IMAP and SMTP as bare as the connector needs.

Each command is a call: its verb, then /imap or /smtp. The provider keeps a copy of what is sent, unless told not to.
"""

import json
import re
import socket
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from pathlib import Path
from typing import Any, ClassVar

from pupitre.connectors.fakes.exchange import Request, Response
from pupitre.connectors.fakes.fake import Fake, Handler
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.world import Message, Person, World
from pupitre.connectors.networks.mailbox.fake_lines import Letter, imap, smtp

ADDRESS, WORD = "bonjour@levain.example", "mot-de-passe-du-levain"
# IMAP code, SMTP number and words.
PROBLEMS = {
    Effect.ACCESS_DEAD: ("AUTHENTICATIONFAILED", 535, "5.7.8 Username and Password not accepted"),
    Effect.RIGHT_LOST: ("NOPERM", 550, "5.7.60 Client does not have permissions to send as this sender"),
    Effect.SUSPENDED: ("CONTACTADMIN", 550, "5.1.8 Access denied, bad outbound sender"),
    Effect.QUOTA: ("LIMIT", 452, "4.5.3 Too many messages in this period"),
    Effect.REFUSED: ("CANNOT", 552, "5.3.4 Message size exceeds fixed limit"),
    Effect.DOWN: ("UNAVAILABLE", 451, "4.3.2 Service temporarily unavailable"),
    Effect.ERROR_AFTER: ("UNAVAILABLE", 421, "4.3.2 Service shutting down"),
}


class Commands:
    """The contract: the commands of RFC 3501 and RFC 5321 that are used, in the forms that are used."""

    def __init__(self, path: Path) -> None:
        known = json.loads(path.read_text("utf-8"))
        self.forms = {call: re.compile(one["form"]) for call, one in known["commands"].items()}
        self.statuses = set(known["statuses"])

    def request(self, request: Request) -> list[str]:
        """Known, and well formed."""
        form = self.forms.get(f"{request.method} {request.path}")
        if form is None:
            return ["the contract has no such command"]
        given = request.headers.get("args", "")
        return [] if form.fullmatch(given) else [f"{given!r} is not {form.pattern}"]

    def response(self, request: Request, response: Response) -> list[str]:
        """A status that the protocol has."""
        return [] if response.status in self.statuses else [f"no status {response.status}"]


class Mailbox(Fake):
    """One mailbox. `store["forgets"]`: the provider keeps no copy of what is sent."""

    key: ClassVar[str] = "mailbox"
    origins: ClassVar[tuple[str, ...]] = ()
    lines: ClassVar[tuple[str, ...]] = ("imaps://imap.levain.example:993", "smtps://smtp.levain.example:465")
    publishing: ClassVar[str] = r"DATA /smtp\Z"

    def __init__(self, world: World | None = None, *, publics: Publics | None = None) -> None:
        super().__init__(world, publics=publics)
        self.contract = Commands(Path(__file__).parent / "contract" / "mail.json")
        self.world.person(id=ADDRESS, handle=ADDRESS, name="Levain & Fils", ours=True).token = WORD

    def routes(self) -> list[tuple[str, Handler]]:
        """The commands that the connector uses."""
        verbs = {"LOGIN": self.login, "LIST": self.boxes, "SEARCH": self.search, "FETCH": self.fetch,
                 "EXAMINE": self.examine, "APPEND": self.append}  # fmt: skip
        found: list[tuple[str, Handler]] = [(f"{verb} /imap", handler) for verb, handler in verbs.items()]
        found += [(f"{verb} /imap", lambda _request: Response()) for verb in ("CAPABILITY", "LOGOUT")]
        found += [("AUTH /smtp", self.login), ("DATA /smtp", self.data)]
        return found + [(f"{verb} /smtp", lambda _request: Response(250, b"OK")) for verb in ("MAIL", "RCPT")]

    def vault(self) -> dict[str, str]:
        """What the form holds."""
        return {"address": ADDRESS, "password": WORD, "name": "Levain & Fils", "imap": "imap.levain.example",
                "smtp": "smtp.levain.example:465"}  # fmt: skip

    def speak(self, line: socket.socket, address: str) -> None:
        """IMAP or SMTP."""
        (imap if address.startswith("imap") else smtp)(self, line)

    def stranger(self, handle: str, name: str = "") -> Person:
        """People have addresses."""
        address = f"{re.sub(r'[^a-z0-9]', '.', handle)}@courrier.example"
        return self.world.person(id=address, handle=address, name=name or handle)

    def mint(self, author: Person, *, kind: str) -> str:
        """A Message-ID without its brackets."""
        return f"{self.world.number():08d}.{kind}@{author.id.partition('@')[2]}"

    def problem(self, effect: Effect, seconds: float) -> Response:
        """Both protocols' words; the door that speaks takes its own."""
        code, number, words = PROBLEMS[effect]
        return Response(number, words.encode(), {"code": code})

    def heard(self, message: Message, to: Person) -> None:
        """A letter arrives in the box."""
        who, above = self.world.people[message.author], self.world.messages.get(message.parent)
        letter = EmailMessage(policy=policy.SMTP)
        letter["From"] = formataddr((who.name, who.id))
        letter["To"] = to.id
        letter["Subject"] = ("Re: " if above else "") + " ".join(message.text.split())[:40]
        letter["Date"] = format_datetime(message.when)
        letter["Message-ID"] = f"<{message.id}>"
        if above is not None:
            letter["References"] = f"<{message.root}> <{above.id}>"
        letter.set_content(message.text, cte="quoted-printable")
        self.arrive(message, letter.as_bytes(), "INBOX")

    def arrive(self, message: Message, raw: bytes, box: str) -> None:
        """Give it its place and its number there."""
        numbers = self.world.store.setdefault("uids", {"INBOX": 100, "Sent": 10})
        numbers[box] += 1
        message.public = False
        message.extra |= {"raw": raw.decode("latin-1"), "box": box, "uid": numbers[box]}

    def login(self, request: Request) -> Response:
        """The one password."""
        right = request.headers.get("user") == ADDRESS and request.headers.get("word") == WORD
        return Response(235, b"2.7.0 Accepted") if right else self.problem(Effect.ACCESS_DEAD, 0)

    def boxes(self, request: Request) -> Response:
        """Two folders."""
        return Response(200, b'* LIST (\\HasNoChildren) "/" INBOX\r\n* LIST (\\HasNoChildren \\Sent) "/" "Sent"\r\n')

    def kept(self, box: str) -> list[Message]:
        """The letters of a folder, by their numbers."""
        found = [one for one in self.world.messages.values() if one.extra.get("box") == box]
        return sorted(found, key=lambda one: int(one.extra["uid"]))

    def examine(self, request: Request) -> Response:
        """How many, and the numbers."""
        box = request.headers["args"].strip('"')
        count, last = len(self.kept(box)), self.world.store.get("uids", {}).get(box, 100)
        validity = self.world.store.get("validity", 7)
        return Response(
            200, f"* {count} EXISTS\r\n* OK [UIDVALIDITY {validity}] .\r\n* OK [UIDNEXT {last + 1}] .\r\n".encode()
        )

    def search(self, request: Request) -> Response:
        """By number, by day, by header, or all."""
        kind, _space, rest = request.headers["args"].partition(" ")
        box = self.kept(request.headers["box"])
        last = box[-1].extra["uid"] if box else 0
        tests: dict[str, Any] = {
            "ALL": lambda one: bool(one),
            "UID": lambda one: one.extra["uid"] >= min(int(rest.partition(":")[0]), last),
            "SINCE": lambda one: one.at >= datetime.strptime(rest, "%d-%b-%Y").replace(tzinfo=UTC).timestamp(),
            "HEADER": lambda one: rest.partition(" ")[2].strip('"') in headers(one).get(rest.partition(" ")[0], ""),
        }
        found = " ".join(str(one.extra["uid"]) for one in box if tests[kind](one))
        return Response(200, f"* SEARCH {found}".rstrip().encode() + b"\r\n")

    def fetch(self, request: Request) -> Response:
        """Letters by their numbers."""
        wanted = {int(one) for one in request.headers["args"].partition(" ")[0].split(",")}
        most = int(request.headers["args"].rpartition(".")[2].strip(">)"))
        shown = b""
        for one in self.kept(request.headers["box"]):
            if one.extra["uid"] in wanted:
                raw, when = one.extra["raw"].encode("latin-1")[:most], one.when.strftime("%d-%b-%Y %H:%M:%S +0000")
                head = (
                    f'* {one.extra["uid"]} FETCH (UID {one.extra["uid"]} INTERNALDATE "{when}" BODY[]<0> {{{len(raw)}}}'
                )
                shown += head.encode() + b"\r\n" + raw + b")\r\n"
        return Response(200, shown)

    def append(self, request: Request) -> Response:
        """A copy that the client files itself."""
        letter = message_from_bytes(request.body, policy=policy.default)
        known = self.world.messages.get(str(letter["Message-ID"]).strip("<> "))
        if known is not None:
            self.arrive(known, request.body, "Sent")
        return Response(200)

    def data(self, request: Request) -> Response:
        """A letter leaves: whoever answers later finds it."""
        assert isinstance(request, Letter)
        raw = request.taken()
        letter = message_from_bytes(raw, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        above = str(letter["In-Reply-To"]).strip("<> ")
        root = str(letter["References"]).split()[0].strip("<>")
        text = str(letter.get_content()).replace("\r\n", "\n").strip()
        now = self.world.clock.now().timestamp()
        id = str(letter["Message-ID"]).strip("<> ")
        message = Message(id, ADDRESS, text, now, "reply", above, root, to=request.headers["to"], public=False)
        if not self.world.store.get("forgets"):
            self.arrive(message, raw, "Sent")
        self.published(self.world.add(message))
        return Response(250, b"2.0.0 OK queued")


def headers(message: Message) -> dict[str, str]:
    """Of a kept letter."""
    raw = message.extra["raw"].encode("latin-1")
    return {name: " ".join(str(value).split()) for name, value in message_from_bytes(raw).items()}


Server = Mailbox
