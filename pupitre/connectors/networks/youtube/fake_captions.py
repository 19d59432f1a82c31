"""The captions of the fake YouTube: a list of tracks, a place to upload one to, and the track of its own machine."""

from typing import TYPE_CHECKING, Any

from pupitre.connectors.fakes.exchange import Request, Response, answer
from pupitre.connectors.fakes.fake import Handler
from pupitre.connectors.networks.youtube.fake_words import problem

if TYPE_CHECKING:
    from pupitre.connectors.networks.youtube.fake import YouTube

PLACE = "/resumable/upload/youtube/v3/captions"


def routes(fake: "YouTube") -> list[tuple[str, Handler]]:
    """The operations on captions. `store["captions"]` holds the words by film, then by language."""

    def kept() -> dict[str, dict[str, str]]:
        tracks: dict[str, dict[str, str]] = fake.world.store.setdefault("captions", {})
        return tracks

    def tracks(request: Request) -> Response:
        fake.signed(request)
        video = request.arg("videoId")
        heard = {"videoId": video, "language": "fr", "name": "", "trackKind": "ASR"}
        given = [heard | {"language": one, "trackKind": "standard"} for one in kept().get(video, {})]
        return answer({"items": [{"id": f"{video}-{n}", "snippet": one} for n, one in enumerate([heard, *given])]})

    def begin(request: Request) -> Response:
        fake.signed(request)
        snippet: dict[str, Any] = request.json()["snippet"]
        if snippet["videoId"] not in fake.world.messages:
            return problem(404, "videoNotFound", "The video could not be found.")
        if snippet["language"] in kept().get(snippet["videoId"], {}):
            return problem(409, "captionExists", "The video already has a caption track with this language and name.")
        id = f"cc-{fake.world.number()}"
        fake.world.store.setdefault("caption_places", {})[id] = snippet
        return Response(200, b"", {"location": f"{fake.origins[0]}{PLACE}?upload_id={id}"})

    def take(request: Request) -> Response:
        fake.signed(request)
        snippet = fake.world.store["caption_places"].pop(request.arg("upload_id"))
        kept().setdefault(snippet["videoId"], {})[snippet["language"]] = request.body.decode()
        return answer({"kind": "youtube#caption", "id": request.arg("upload_id"), "snippet": snippet})

    return [(r"GET /youtube/v3/captions", tracks), (f"POST {PLACE}", begin), (f"PUT {PLACE}", take)]
