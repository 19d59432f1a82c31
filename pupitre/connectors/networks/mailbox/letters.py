"""Reads and writes letters. Pure: bytes in, words out. A letter never runs anything: its HTML becomes plain text."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, getaddresses
from hashlib import sha256

import nh3

from pupitre.connectors.contract import Outgoing, Ref
from pupitre.connectors.markup import plain

CLIP = "\N{PAPERCLIP}"
ANSWERED = re.compile(r"\A\s*(re|r|rép|aw|sv)\s*:", re.I)
QUOTED = re.compile(r"(?s)\n[^\n]{0,200}(?:\n[^\n]{0,80})?:\s*\n+(?:>[^\n]*(?:\n|\Z)|[ \t]*\n)+\Z")
SIGNATURE = re.compile(r"(?s)\n-- \n.*\Z")
LONGEST = 50_000
WIRE = policy.SMTP.clone(max_line_length=998)  # shorter, the library would write long ids as encoded words
ANCESTORS = 20


@dataclass(frozen=True, slots=True)
class Letter:
    """What a person wrote. Ids have no angle brackets; `references` goes from the first letter to the one answered."""

    id: str
    references: tuple[str, ...]
    subject: str
    name: str
    address: str
    reply_to: str
    text: str
    files: tuple[str, ...]
    automatic: bool

    @property
    def root(self) -> str:
        """The first letter of the conversation."""
        return self.references[0] if self.references else self.id

    @property
    def words(self) -> str:
        """What the conversation shows: the subject when it opens one, the words, the names of the files."""
        opening = self.subject and not self.references and not ANSWERED.match(self.subject)
        repeated = " ".join(self.text.split()).casefold().startswith(self.subject.casefold())
        head = [self.subject] if opening and not repeated else []
        files = [f"{CLIP} {', '.join(self.files)}"] if self.files else []
        return "\n\n".join([*head, *([self.text] if self.text else []), *files])[:LONGEST]


def read(raw: bytes) -> Letter:
    """Any bytes make a letter; what cannot be read is left out."""
    message = message_from_bytes(raw, policy=policy.default)
    name, address = next(iter(people(header(message, "From"))), ("", ""))
    replies = [one for _name, one in people(header(message, "Reply-To"))]
    above = ids(header(message, "References")) or ids(header(message, "In-Reply-To"))[:1]
    own = ids(header(message, "Message-ID")) or ("lost-" + sha256(raw).hexdigest()[:32],)
    text, files = body(message)
    return Letter(
        own[0], above, " ".join(header(message, "Subject").split()), name, address.lower(),
        (replies[0] if replies else address).lower(), text, files, automatic(message),
    )  # fmt: skip


def header(message: EmailMessage, name: str) -> str:
    """One header as text; the library stumbles on some that people really send."""
    try:
        return str(message.get(name, "")).replace("\r", "").replace("\n", " ")
    except Exception:  # its parsers raise nearly anything on a malformed header
        return ""


def people(line: str) -> list[tuple[str, str]]:
    """Names and addresses of a header."""
    return [(name.strip(), address.strip()) for name, address in getaddresses([line]) if "@" in address]


def ids(line: str) -> tuple[str, ...]:
    """The ids of a header, in order, each once."""
    return tuple(dict.fromkeys(re.findall(r"<([^<>\s]+)>", line)))


def automatic(message: EmailMessage) -> bool:
    """Sent by a machine or to a list (RFC 3834, RFC 2919); a report of failed delivery is for a person all the same."""
    if message.get_content_type() == "multipart/report":
        return False
    sent_by = header(message, "Auto-Submitted").lower().strip()
    return sent_by not in {"", "no"} or bool(header(message, "List-Id") or header(message, "List-Unsubscribe"))


def body(message: EmailMessage) -> tuple[str, tuple[str, ...]]:
    """The words that are new in this letter, and the names of its files."""
    texts: dict[str, str] = {}
    files = []
    for part in message.walk():
        if part.is_multipart():
            continue
        named = filename(part)
        if named:
            files.append(named)
        elif part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment":
            texts.setdefault(part.get_content_subtype(), decoded(part))
    words = texts.get("plain", "").strip() or from_html(texts.get("html", ""))
    return fresh(words), tuple(files)


def filename(part: EmailMessage) -> str:
    """How the file is called, on one line; its content is never kept."""
    try:
        return " ".join((part.get_filename() or "").split())[:120]
    except Exception:  # as for headers
        return ""


def decoded(part: EmailMessage) -> str:
    """The text of a part, whatever it says of its own characters."""
    content = part.get_payload(decode=True)
    content = content if isinstance(content, bytes) else b""
    try:
        return content.decode(part.get_content_charset() or "utf-8", "replace").replace("\r\n", "\n")
    except (LookupError, UnicodeError):
        return content.decode("utf-8", "replace").replace("\r\n", "\n")


def from_html(html: str) -> str:
    """The words of an HTML letter: scripts, styles, pictures and comments leave first."""
    blocks = {"p", "div", "br", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "tr", "table"}
    return plain(nh3.clean(html, tags=blocks, clean_content_tags={"script", "style", "title"}, attributes={}))


def fresh(text: str) -> str:
    """Without the earlier letters quoted below and the signature, unless nothing else is there."""
    shorter = SIGNATURE.sub("", "\n" + QUOTED.sub("\n", "\n" + text.strip() + "\n").strip() + "\n").strip()
    return shorter or text.strip()


def message_id(message: Outgoing, address: str) -> str:
    """Known before anything leaves and the same at each try, so that a retry is found again."""
    above = message.reply_to.id if message.reply_to else ""
    told = "\n".join([message.key, address, above, message.created_at.isoformat()])
    return f"{sha256(told.encode()).hexdigest()[:40]}@{address.rpartition('@')[2] or 'pupitre.invalid'}"


def ancestors(asked: Ref) -> list[str]:
    """The ids of an answer's References: the first letter, then the latest ones."""
    above = [*asked.extra.get("references", "").split(), asked.id]
    return [*above[:1], *above[1:][-ANCESTORS:]]


def write(message: Outgoing, *, address: str, name: str) -> tuple[EmailMessage, str]:
    """An answer to a letter that was received, and to whom it goes."""
    asked = message.reply_to
    assert asked is not None
    to, subject = asked.extra.get("reply_to", ""), asked.extra.get("subject", "")
    above = ancestors(asked)
    letter = EmailMessage(policy=policy.SMTP)
    letter["From"] = formataddr((name, address))
    letter["To"] = to
    letter["Subject"] = subject if ANSWERED.match(subject) else f"Re: {subject}".strip()
    letter["Date"] = format_datetime(message.dated)
    letter["Message-ID"] = f"<{message_id(message, address)}>"
    letter["In-Reply-To"] = f"<{asked.id}>"
    letter["References"] = " ".join(f"<{one}>" for one in above)
    letter.set_content(message.text, cte="quoted-printable")
    return letter, to
