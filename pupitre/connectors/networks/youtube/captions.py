"""The captions of a film of ours: given once it is prepared, once for its language."""

from datetime import datetime, timedelta

from pupitre.connectors.contract import Failed, OutcomeUnknown, Outgoing, RetryLater
from pupitre.connectors.networks.youtube import quota
from pupitre.connectors.networks.youtube.client import API, Client

PATIENCE = timedelta(hours=6)  # a film does not wait longer for its captions
PLACE = f"{API}/resumable/upload/youtube/v3/captions"


def settled(client: Client, message: Outgoing, video: str, *, at: datetime) -> bool:
    """Whether the film, there since `at`, waits for nothing more: captions given, none to give, or refused.

    A film is out without them too: what YouTube refuses here holds nothing back.
    """
    try:
        give(client, message, video)
    except (RetryLater, OutcomeUnknown):
        return client.http.now() - at > PATIENCE
    except Failed:
        return True
    return True


def give(client: Client, message: Outgoing, video: str) -> None:
    """Lay them beside the film, unless they lie there already. Raises Failed."""
    words = next((one.captions for one in message.media if one.captions), "")
    if not words or not message.language:
        return
    asked = {"part": "snippet", "videoId": video}
    told = client.call("GET", "captions", cost=quota.WRITE, params=asked).json().get("items", [])
    if any(one["snippet"].get("language") == message.language and written(one["snippet"]) for one in told):
        return
    quota.spend(client.vault, client.http.now(), cost=quota.CAPTIONS)
    content = words.encode()
    body = {"snippet": {"videoId": video, "language": message.language, "name": "", "isDraft": False}}
    headers = {"X-Upload-Content-Length": str(len(content)), "X-Upload-Content-Type": "application/octet-stream"}
    params = {"part": "snippet", "uploadType": "resumable"}
    place = client.ask("POST", PLACE, params=params, json=body, headers=headers).headers.get("location", "")
    if not place.startswith(PLACE):
        raise RetryLater("YouTube gave no place to upload to", code="location")
    client.put(place, content, f"bytes 0-{len(content) - 1}/{len(content)}", writes=True)


def written(snippet: dict[str, str]) -> bool:
    """By somebody, not heard by YouTube's machine."""
    return snippet.get("trackKind", "").lower() != "asr"
