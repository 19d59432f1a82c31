"""New mail, by the numbers that the server gives it: nothing is lost, and what is told twice has the same id."""

import imaplib
import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pupitre.connectors.contract import Author, Incoming, Ref
from pupitre.connectors.networks.mailbox.client import Client, Imap
from pupitre.connectors.networks.mailbox.letters import Letter, read

ONE_VISIT = 200
ONE_CALL = 20
PIECE = 1_048_576  # bytes read of each letter: the words come first, large files after
OLD = timedelta(days=7)  # a letter filed here later is news; an archive is not
LISTED = re.compile(rb'\((?P<flags>[^)]*)\) (?:"[^"]*"|NIL) "?(?P<name>.*?)"?\Z')
SENT_NAMES = ("Sent", "INBOX.Sent", "Sent Items", "Sent Messages", "Envoyés", "Éléments envoyés")


@dataclass
class Cursor:
    """How far the box was read. `sure`: kept for certain up to this number; `given`: told since, and when."""

    validity: str = ""
    sure: int = 0
    given: dict[str, str] = field(default_factory=dict)

    def moved(self, uids: Sequence[int], *, since: datetime | None, now: datetime) -> "Cursor":
        """After these were told. A letter is sure once a later visit than the one that told it ended well."""
        told = {uid: self.given.get(str(uid), now.isoformat()) for uid in sorted(uids)}
        sure = self.sure
        for uid, when in told.items():
            if since is None or datetime.fromisoformat(when) >= since:
                break
            sure = uid
        return Cursor(self.validity, sure, {str(uid): when for uid, when in told.items() if uid > sure})


def inbox(client: Client, *, since: datetime | None) -> Sequence[Incoming]:
    """What people wrote, oldest first. Letters of machines and of ourselves are left out."""
    now = client.http.now()
    with client.reading() as imap:
        imap.select("INBOX", readonly=True)
        cursor = known(client, number(imap, "UIDVALIDITY"))
        uids = news(imap, cursor, since)[:ONE_VISIT]
        if not cursor.sure:
            cursor.sure = min(uids, default=int(number(imap, "UIDNEXT") or 1)) - 1
        found = list(letters(imap, uids))
    client.vault.put(cursor=json.dumps(vars(cursor.moved(uids, since=since, now=now))))
    oldest = since - OLD if since else datetime.min.replace(tzinfo=UTC)
    heard = [incoming(one, at) for one, at in found if at >= oldest and not one.automatic]
    return sorted((one for one in heard if one.author.remote_id != client.address), key=lambda one: one.at)


def known(client: Client, validity: str) -> Cursor:
    """Where we were; the server may have numbered everything again."""
    kept = json.loads(client.vault.get("cursor") or "{}")
    return Cursor(**kept) if kept.get("validity") == validity else Cursor(validity)


def number(imap: Imap, name: str) -> str:
    """What the server said of the open box."""
    _kind, found = imap.response(name)
    return found[-1].decode() if found and isinstance(found[-1], bytes) else ""


def news(imap: Imap, cursor: Cursor, since: datetime | None) -> list[int]:
    """The numbers not kept for certain, oldest first; a first visit goes by the date, a day wider."""
    if cursor.sure:
        return [uid for uid in search(imap, "UID", f"{cursor.sure + 1}:*") if uid > cursor.sure]
    if since is None:
        return search(imap, "ALL")[-ONE_VISIT:]
    day = since - timedelta(days=1)
    return search(imap, "SINCE", imaplib.Time2Internaldate(day)[1:12])


def search(imap: Imap, *criteria: str) -> list[int]:
    """Numbers that match, in order."""
    _status, found = imap.uid("SEARCH", *criteria)
    return sorted(int(one) for line in found if line for one in line.split())


def letters(imap: Imap, uids: Sequence[int]) -> Iterator[tuple[Letter, datetime]]:
    """The letters with these numbers and when they arrived. Reading does not mark them as read."""
    for start in range(0, len(uids), ONE_CALL):
        wanted = ",".join(map(str, uids[start : start + ONE_CALL]))
        _status, given = imap.uid("FETCH", wanted, f"(UID INTERNALDATE BODY.PEEK[]<0.{PIECE}>)")
        for rank, part in enumerate(given):
            if isinstance(part, tuple):
                after = given[rank + 1] if rank + 1 < len(given) else b""
                yield read(part[1]), arrived(part[0] + (after if isinstance(after, bytes) else b""))


def arrived(words: bytes) -> datetime:
    """The moment the server received it: the sender's own date may say anything."""
    told = re.search(rb'INTERNALDATE "[^"]+"', words)
    when = imaplib.Internaldate2tuple(told.group(0)) if told else None
    return datetime.fromtimestamp(time.mktime(when), UTC) if when else datetime.fromtimestamp(0, UTC)


def incoming(letter: Letter, at: datetime) -> Incoming:
    """From a letter to the product's words."""
    beside = {"reply_to": letter.reply_to, "subject": letter.subject, "references": " ".join(letter.references)}
    return Incoming(
        Ref(letter.id, beside), "mail", Author(letter.address, letter.address, letter.name), letter.words, at,
        thread=letter.root, parent=letter.references[-1] if letter.references else "", root=Ref(letter.root),
        public=False,
    )  # fmt: skip


def thread(client: Client, ref: Ref) -> Sequence[Incoming]:
    """Every letter of the conversation but the first, received and sent, oldest first."""
    root = (ref.extra.get("references", "").split() or [ref.id])[0]
    found: dict[str, Incoming] = {}
    with client.reading() as imap:
        for box in ("INBOX", sent_box(imap)):
            if imap.select(quoted(box), readonly=True)[0] != "OK":
                continue
            for letter, at in letters(imap, by_header(imap, "References", root)[-ONE_VISIT:]):
                found.setdefault(letter.id, incoming(letter, at))
    # Moments are whole seconds: within one, an answer comes after what it answers.
    return sorted(found.values(), key=lambda one: (one.at, len(one.ref.extra["references"].split())))


def by_header(imap: Imap, name: str, id: str) -> list[int]:
    """The letters that carry this id in this header."""
    return search(imap, "HEADER", name, quoted(f"<{id}>")) if id.isascii() else []


def quoted(text: str) -> str:
    """A word that the protocol takes whole."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def sent_box(imap: Imap) -> str:
    """Where the copies of what we send are: the box marked so (RFC 6154), else a usual name."""
    names = []
    for line in imap.list()[1]:
        parts = LISTED.match(line if isinstance(line, bytes) else b"")
        if parts:
            name = parts["name"].decode("ascii", "replace")
            if b"\\Sent" in parts["flags"]:
                return name
            names.append(name)
    return next((name for name in SENT_NAMES if name in names), "Sent")
