"""Publishes on a WordPress site: a draft under a slug of ours, then its publication by id, harmless to repeat."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html import escape
from typing import Any

from pupitre.connectors.contract import Media, OutcomeUnknown, Outgoing, Published, Ref, Refused
from pupitre.connectors.errors import LOOK
from pupitre.connectors.markup import linked, plain
from pupitre.connectors.networks.wordpress.client import Client

COMMENT = "comment-"
LONGEST_TITLE = 90


def send(client: Client, message: Outgoing) -> Published:
    """An article, or an answer to a comment."""
    if message.reply_to:
        return answer(client, message)
    draft = existing(client, message) or drafted(client, message)
    if draft["status"] == "publish":
        return published(draft)
    return published(client.call("POST", f"posts/{draft['id']}", writes=True, json={"status": "publish"}))


def drafted(client: Client, message: Outgoing) -> dict[str, Any]:
    """A draft with its files. Nobody sees it yet, so all of it may be done again."""
    files = [uploaded(client, media, f"{slug(message)}-{rank}") for rank, media in enumerate(message.media, start=1)]
    title, body = split(message)
    content = "\n\n".join([*map(paragraph, body.split("\n\n")), *map(figure, files)] if body else map(figure, files))
    wanted: dict[str, Any] = {"title": title, "content": content, "slug": slug(message), "status": "draft"}
    pictures = [file["id"] for file in files if file["media_type"] == "image"]
    if pictures:
        wanted["featured_media"] = pictures[0]
    return dict(client.call("POST", "posts", json=wanted))


def existing(client: Client, message: Outgoing, *, status: str = "publish,draft") -> dict[str, Any] | None:
    """The article of this delivery, when an earlier attempt made it."""
    found = client.call("GET", "posts", params={"slug": slug(message), "status": status, "context": "edit"})
    return dict(found[0]) if found else None


def split(message: Outgoing) -> tuple[str, str]:
    """Title and body: the title that was given, a short first line, or the first words."""
    text = message.text.strip()
    first, _break, rest = text.partition("\n")
    if message.extras.get("title"):
        return message.extras["title"], text
    if rest.strip() and len(first) <= LONGEST_TITLE:
        return first.strip(), rest.strip()
    if len(first) <= LONGEST_TITLE:
        return first, text
    return first[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;: ") + "…", text


def slug(message: Outgoing) -> str:
    """A readable address that depends on the delivery alone."""
    words = unicodedata.normalize("NFKD", split(message)[0]).encode("ascii", "ignore").decode().lower()
    readable = re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:60].strip("-")
    return f"{readable}-{sha256(message.key.encode()).hexdigest()[:8]}".lstrip("-")


def paragraph(text: str) -> str:
    """One block of the editor."""
    return f"<!-- wp:paragraph -->\n<p>{linked(text.strip()).replace(chr(10), '<br />')}</p>\n<!-- /wp:paragraph -->"


def figure(file: dict[str, Any]) -> str:
    """One block with a picture or a film."""
    source, id = escape(file["source_url"]), file["id"]
    if file["media_type"] == "image":
        alt = escape(file["alt_text"])
        shown = f'<figure class="wp-block-image"><img src="{source}" alt="{alt}" class="wp-image-{id}"/></figure>'
        return f'<!-- wp:image {{"id":{id}}} -->\n{shown}\n<!-- /wp:image -->'
    shown = f'<figure class="wp-block-video"><video controls src="{source}"></video></figure>'
    return f'<!-- wp:video {{"id":{id}}} -->\n{shown}\n<!-- /wp:video -->'


def uploaded(client: Client, media: Media, name: str) -> dict[str, Any]:
    """A file of the site's library with its alternative text; found again when an earlier attempt left it there."""
    known = client.call("GET", "media", params={"slug": name})
    if known:
        return dict(known[0])
    ending = media.mime.partition("/")[2].replace("jpeg", "jpg")
    headers = {"Content-Type": media.mime, "Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    file = client.call("POST", "media", content=media.read(), headers=headers, timeout=180)
    return dict(client.call("POST", f"media/{file['id']}", json={"alt_text": media.alt}))


def answer(client: Client, message: Outgoing) -> Published:
    """A comment of ours. The site itself refuses the same words twice: then the first ones are there."""
    post, parent = place(message)
    wanted = {"post": post, "parent": parent, "content": message.text}
    try:
        return commented(client.call("POST", "comments", writes=True, json=wanted))
    except Refused as refused:
        if refused.code == "comment_duplicate":
            raise OutcomeUnknown(refused.words, hint=LOOK, code=refused.code) from None
        raise


def place(message: Outgoing) -> tuple[int, int]:
    """The article and the comment that an answer belongs to (0 when it answers the article)."""
    assert message.reply_to is not None
    if not message.reply_to.id.startswith(COMMENT):
        return int(message.reply_to.id), 0
    post = message.reply_to.extra.get("post") or (message.root.id if message.root else "")
    return int(post), int(message.reply_to.id.removeprefix(COMMENT))


def find(client: Client, message: Outgoing, *, since: datetime) -> Published | None:
    """By the slug; an answer by its words among our own comments there."""
    if not message.reply_to:
        found = existing(client, message, status="publish")
        return published(found) if found else None
    post, parent = place(message)
    params = {"post": post, "author": client.me, "after": stamp(since - timedelta(minutes=1)), "per_page": 100}
    for one in client.call("GET", "comments", params=params):
        if one["parent"] == parent and plain(one["content"]["rendered"]).split() == message.text.split():
            return commented(one)
    return None


def stamp(at: datetime) -> str:
    """UTC, as the API takes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> datetime:
    """A date_gmt, which is UTC without saying so."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def published(post: dict[str, Any]) -> Published:
    """From an article to the product's words."""
    return Published(Ref(str(post["id"])), post["link"], moment(post["date_gmt"]))


def commented(comment: dict[str, Any]) -> Published:
    """From a comment to the product's words."""
    ref = Ref(f"{COMMENT}{comment['id']}", {"post": str(comment["post"])})
    return Published(ref, comment["link"], moment(comment["date_gmt"]))
