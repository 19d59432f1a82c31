"""The library's files in a bucket: the client's own requests to a small server on loopback, signed and kept there."""

import io
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
from PIL import Image

from pupitre.core.models import Member
from pupitre.library import actions, bucket, storage


class Shelf(BaseHTTPRequestHandler):
    """Objects by path; a request without a signature is turned away."""

    kept: ClassVar[dict[str, bytes]] = {}

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if "AWS4-HMAC-SHA256 Credential=key/" not in self.headers.get("Authorization", ""):
            return self._answer(403)
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            body = body.split(b"\r\n", 1)[1].rsplit(b"\r\n0\r\n", 1)[0]
        self.kept[self.path] = body
        return self._answer(200)

    def do_GET(self) -> None:
        body = self.kept.get(self.path)
        self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>") if body is None else self._answer(200, body)

    def do_DELETE(self) -> None:
        self.kept.pop(self.path, None)
        self._answer(204)

    def log_message(self, *_args: Any) -> None:
        """Silent."""


@pytest.fixture
def shelf() -> Iterator[str]:
    Shelf.kept.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shelf)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"s3://key:secret@127.0.0.1:{server.server_port}/photos/maison?tls=no"
    server.shutdown()
    server.server_close()


def test_the_bucket_holds_the_files_and_the_disk_only_caches(
    claire: Member, shelf: str, settings: Any, tmp_path: Path
) -> None:
    """A file lost from the disk comes back whole, a forgotten one leaves both, an unknown one is nothing."""
    settings.MEDIA_ROOT, settings.S3_URL = tmp_path, shelf
    file = io.BytesIO()
    Image.new("RGB", (30, 20), "#778899").save(file, "PNG")
    file.seek(0)
    picture = actions.add_media(file, by=claire, name="nuage.png")
    here = storage.place(picture.path)
    before = here.read_bytes()
    assert list(Shelf.kept) == [f"/photos/maison/{picture.path}"]

    here.unlink()
    assert storage.reader(picture)() == before
    storage.forget(picture.path)
    assert (here.exists(), bucket.get(picture.path), Shelf.kept) == (False, None, {})
