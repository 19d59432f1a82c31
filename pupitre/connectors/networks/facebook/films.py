"""Pictures and films of a page, reels and stories: an upload that nobody sees, then its publication."""

from typing import Any

from pupitre.connectors.contract import Media, Outgoing, Processing, Published, Ref, Refused, Unreadable
from pupitre.connectors.errors import CHANGE_IT, LOOK
from pupitre.connectors.families.meta import remember, remembered
from pupitre.connectors.networks.facebook.client import Client

UPLOADS = "https://rupload.facebook.com/video-upload/v26.0"
STATE = "id,status,permalink_url,post_id"
EDGES = {"reel": "video_reels", "story": "video_stories"}
PHASES = {"reel": ("start", "finish"), "story": ("START", "FINISH")}  # as the contract writes each
AGAIN = 30  # seconds


def photo(client: Client, media: Media) -> str:
    """A picture that nobody sees yet, with its alternative text."""
    files = {"source": ("photo." + media.mime.partition("/")[2], media.read(), media.mime)}
    data = {"published": "false", "alt_text_custom": media.alt}
    return str(client.call("POST", f"/{client.page}/photos", data=data, files=files, timeout=120)["id"])


def film(client: Client, message: Outgoing, media: Media) -> Processing:
    """A film is public once Facebook has prepared it."""
    files = {"source": ("film.mp4", media.read(), media.mime)}
    data = {"description": message.text}
    sent = client.call("POST", f"/{client.page}/videos", writes=True, data=data, files=files, timeout=600)
    return Processing(str(sent["id"]), 60)


def short(client: Client, message: Outgoing) -> Published | Processing:
    """A reel or a story. One upload serves every attempt: published again, it would still be one."""
    kind = message.extras["kind"]
    if len(message.media) != 1:
        raise Refused("A reel is one film, a story one film or one picture.", hint=CHANGE_IT, code="media")
    if not is_film(message):
        return pinned(client, message)
    id = remembered(client.vault, message.key)
    if id and phase(shown(client, id), "publishing") not in {"", "not_started"}:
        return Processing(id, AGAIN)
    id = id or uploaded(client, message, kind)
    body = {"upload_phase": PHASES[kind][1], "video_id": id, "video_state": "PUBLISHED"}
    if kind == "reel":
        body["description"] = message.text
    client.call("POST", f"/{client.page}/{EDGES[kind]}", writes=True, data=body)
    return Processing(id, AGAIN)


def uploaded(client: Client, message: Outgoing, kind: str) -> str:
    """A film in Facebook's hands that nobody sees; its number is kept once all of it is there."""
    begun = client.call("POST", f"/{client.page}/{EDGES[kind]}", data={"upload_phase": PHASES[kind][0]})
    id, body = str(begun["video_id"]), message.media[0].read()
    token = client.vault.get("page_token") or ""
    headers = {"Authorization": f"OAuth {token}", "offset": "0", "file_size": str(len(body))}
    answer = client.http.call(
        "POST", f"{UPLOADS}/{id}", headers=headers, content=body, writes=False, timeout=600
    )  # fmt: skip
    if not answer.ok:
        raise client.failed(answer)
    remember(client.vault, message.key, id)
    return id


def pinned(client: Client, message: Outgoing) -> Published:
    """A story of one picture. Facebook shows a story's words nowhere."""
    if message.extras["kind"] != "story":
        raise Refused("A reel is one film.", hint=CHANGE_IT, code="media")
    picture = photo(client, message.media[0])
    told = client.call("POST", f"/{client.page}/photo_stories", writes=True, data={"photo_id": picture})
    return Published(Ref(str(told.get("post_id") or picture)), home(client), client.http.now())


def resume(client: Client, message: Outgoing, token: str) -> Published | Processing:
    """Is it ready? A film when it is prepared, a reel or a story when it is published."""
    told = shown(client, token)
    brief = bool(message.extras.get("kind"))
    if "error" in {phase(told, "video"), phase(told, "processing"), phase(told, "publishing")}:
        raise Refused("Facebook could not prepare the film.", hint=CHANGE_IT, code="video")
    if not (phase(told, "publishing") == "complete" if brief else phase(told, "video") == "ready"):
        return Processing(token, AGAIN if brief else 60)
    return out(client, told)


def found(client: Client, message: Outgoing) -> Published | None:
    """A reel or a story of ours, by the number of its upload. A picture's story has none: a person looks."""
    if not is_film(message):
        raise Unreadable("Facebook does not tell which picture is in a story.", hint=LOOK, code="story")
    id = remembered(client.vault, message.key)
    told = shown(client, id) if id else {}
    return out(client, told) if phase(told, "publishing") == "complete" else None


def is_film(message: Outgoing) -> bool:
    """Whether its one file moves."""
    return bool(message.media) and message.media[0].mime.startswith("video/")


def shown(client: Client, id: str) -> dict[str, Any]:
    """Where an upload stands."""
    return dict(client.call("GET", f"/{id}", params={"fields": STATE}))


def phase(told: dict[str, Any], name: str) -> str:
    """The state of one phase; that of the whole film is under `video`. Empty when it is not told."""
    status = told.get("status") or {}
    return str(
        status.get("video_status", "") if name == "video" else (status.get(f"{name}_phase") or {}).get("status", "")
    )


def out(client: Client, told: dict[str, Any]) -> Published:
    """From a film that is out to the product's words."""
    id = f"{client.page}_{told['post_id']}" if told.get("post_id") else str(told["id"])
    path = str(told.get("permalink_url") or "")
    link = path if path.startswith("https://") else f"https://www.facebook.com{path}" if path else home(client)
    return Published(Ref(id), link, client.http.now())


def home(client: Client) -> str:
    """The page itself, where a story is seen."""
    return f"https://www.facebook.com/{client.page}"
