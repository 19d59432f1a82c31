"""The films of the fake page: prepared ones, reels and stories by an upload, pictures put into a story."""

from typing import Any

from pupitre.connectors.fakes.exchange import Request, Response, answer
from pupitre.connectors.fakes.fake import Answered, Fake, Handler
from pupitre.connectors.fakes.graph import Graph
from pupitre.connectors.fakes.world import Message, Person
from pupitre.connectors.networks.facebook.fake_words import wrong

PUBLISHING = 20  # seconds a reel takes to come out


class Films(Fake):
    """What the page does with films; the rest of it is in fake.py."""

    def signed(self, request: Request) -> Person:
        """Whose token."""
        raise NotImplementedError

    def now(self) -> float:
        """Seconds since 1970."""
        return self.world.clock.now().timestamp()

    def film_routes(self, page: str) -> list[tuple[str, Handler]]:
        """The edges of films, and the house of uploads outside the graph."""
        return [
            (rf"POST {page}/videos", self.video),
            (rf"POST {page}/(?P<edge>video_reels|video_stories)", self.short),
            (rf"POST {page}/photo_stories", self.pinned),
            (r"POST /video-upload/v26\.0/(?P<id>\d+)", self.upload),
        ]

    def uploads(self) -> dict[str, dict[str, Any]]:
        """Films on their way, by number."""
        kept: dict[str, dict[str, Any]] = self.world.store.setdefault("uploads", {})
        return kept

    def video(self, request: Request) -> Response:
        """A film, public at once here, and ready a minute later."""
        who = self.signed(request)
        id = self.mint(who, kind="post").partition("_")[2]
        extra = {"film": True, "ready_at": self.now() + 50}
        message = Message(id, who.id, request.field("description"), self.now(), extra=extra)
        self.published(self.world.add(message))
        return answer({"id": id})

    def short(self, request: Request, edge: str) -> Response:
        """A reel or a story: begun, or published once all of it is there."""
        who = self.signed(request)
        if request.field("upload_phase").lower() == "start":
            id = self.mint(who, kind="post").partition("_")[2]
            self.uploads()[id] = {"edge": edge, "bytes": 0}
            assert isinstance(self.contract, Graph)
            self.contract.apart.add(f"/video-upload/v26.0/{id}")
            return answer({"video_id": id, "upload_url": f"https://rupload.facebook.com/video-upload/v26.0/{id}"})
        id = request.field("video_id")
        kept = self.uploads().get(id)
        if kept is None or kept["edge"] != edge or not kept["bytes"] or request.field("video_state") != "PUBLISHED":
            return wrong(100, "Invalid parameter: video_id")
        if id in self.world.messages:
            return wrong(100, "This video was published already.")
        extra = {"film": True, "edge": edge, "ready_at": self.now() + PUBLISHING}
        text = request.field("description") if edge == "video_reels" else ""
        self.published(self.world.add(Message(id, who.id, text, self.now(), extra=extra)))
        return answer({"success": True})

    def upload(self, request: Request, id: str) -> Response:
        """The bytes, whole, with their number."""
        who = self.world.by_token(request.headers.get("authorization", "").removeprefix("OAuth "))
        whole = request.headers.get("file_size") == str(len(request.body)) and request.headers.get("offset") == "0"
        if who is None or id not in self.uploads() or not whole:
            return wrong(6001, "There was a problem uploading your video file. Please try again.")
        self.uploads()[id]["bytes"] = len(request.body)
        return answer({"success": True})

    def pinned(self, request: Request) -> Response:
        """A picture for a day."""
        who, picture = self.signed(request), request.field("photo_id")
        if picture not in self.world.store.get("photos", {}):
            return wrong(100, "Invalid parameter: photo_id")
        kept = Message(self.mint(who, kind="post"), who.id, "", self.now(), media=[{"id": picture}])
        self.published(self.world.add(kept))
        return answer({"success": True, "post_id": kept.id})

    def film_shown(self, request: Request, id: str) -> dict[str, Any]:
        """Where a film stands, and its address."""
        self.signed(request)
        message, kept = self.world.messages.get(id), self.uploads().get(id)
        if message is None and kept is None:
            raise Answered(wrong(100, f"Unsupported request. Object with ID '{id}' does not exist"))
        ready = message is not None and message.extra.get("ready_at", 0) <= self.now()
        if kept is None:
            return {
                "id": id,
                "status": {"video_status": "ready" if ready else "processing"},
                "permalink_url": f"/watch/{id}",
            }
        publishing = "not_started" if message is None else "complete" if ready else "in_progress"
        status = {
            "video_status": "ready" if ready else "processing",
            "uploading_phase": {"status": "complete" if kept["bytes"] else "not_started"},
            "processing_phase": {"status": "complete" if ready else "in_progress"},
            "publishing_phase": {"status": publishing},
        }
        return {"id": id, "status": status, "permalink_url": f"/reel/{id}/" if message else ""}
