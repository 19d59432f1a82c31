"""Two ways to reach a fake: inside the process (tests) and over HTTP on loopback (demo, several processes)."""

import socket
import socketserver
import struct
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

from pupitre.connectors.fakes.exchange import Request, Response
from pupitre.connectors.fakes.fake import Broken, Fake


class InProcess(httpx.BaseTransport):
    """An httpx transport that hands every call to one fake, whatever its host."""

    def __init__(self, fake: Fake) -> None:
        self.fake = fake

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Breaks as the real line would."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        target = request.url.raw_path.decode("ascii")
        try:
            given = self.fake.handle(Request(request.method, target, headers, request.read()))
        except Broken as broken:
            raise BREAKS.get(broken.kind, httpx.ReadTimeout)(broken.kind, request=request) from None
        return httpx.Response(given.status, headers=dict(given.headers), content=given.body, request=request)

    def line(self, address: str) -> socket.socket:
        """A raw line to the fake, for `Http(line=...)`."""
        ours, theirs = socket.socketpair()
        ours.settimeout(5)
        threading.Thread(target=self.fake.speak, args=(theirs, address), daemon=True).start()
        return ours


BREAKS: Mapping[str, type[httpx.TransportError]] = {
    "timeout": httpx.ReadTimeout,
    "slow": httpx.ReadTimeout,
    "reset": httpx.ReadError,
    "unreachable": httpx.ConnectError,
}


class Server(ThreadingHTTPServer):
    """Serves each fake under /<key>/ on one loopback port, and each raw line of a fake on a port of its own."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, fakes: Mapping[str, Fake], port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Door)
        self.fakes = dict(fakes)
        self.lines = {address: Raw(fake, address) for fake in fakes.values() for address in fake.lines}

    def base(self, key: str) -> str:
        """The address of one fake, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_address[1]}/{key}"

    def reroute(self) -> dict[str, str]:
        """For `Http(reroute=...)`: every real origin to the fake that stands for it."""
        found = {origin: self.base(key) for key, fake in self.fakes.items() for origin in fake.origins}
        return found | self.ways()

    def ways(self) -> dict[str, str]:
        """The same for what does not speak HTTP."""
        return {address: f"tcp://127.0.0.1:{raw.server_address[1]}" for address, raw in self.lines.items()}

    def server_close(self) -> None:
        """The lines too."""
        super().server_close()
        for raw in self.lines.values():
            raw.shutdown()
            raw.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no event."""


class Raw(socketserver.ThreadingTCPServer):
    """One address of a fake that does not speak HTTP."""

    daemon_threads = True

    def __init__(self, fake: Fake, address: str) -> None:
        super().__init__(("127.0.0.1", 0), socketserver.BaseRequestHandler)
        self.fake = fake
        self.address = address
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def finish_request(self, request: Any, client_address: Any) -> None:
        """The whole conversation."""
        self.fake.speak(request, self.address)


class Door(BaseHTTPRequestHandler):
    """Reads one call, asks the fake, answers in one write."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def serve(self) -> None:
        """Any method."""
        size = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(size)
        _, key, *rest = self.path.split("/", 2)
        fake = self.server.fakes.get(key)
        headers = {name.lower(): value for name, value in self.headers.items()}
        if fake is None:
            self.write(Response(404))
            return
        try:
            self.write(fake.handle(Request(self.command, "/" + "".join(rest), headers, body)))
        except Broken as broken:
            time.sleep(broken.seconds)
            self.break_off(hard=broken.kind in {"reset", "unreachable"})

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = serve

    def write(self, given: Response) -> None:
        """One segment: a second small write would wait for the first one's acknowledgement."""
        head = [f"HTTP/1.1 {given.status} -", f"content-length: {len(given.body)}"]
        head += [f"{name}: {value}" for name, value in given.headers.items()]
        self.wfile.write("\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + given.body)

    def break_off(self, *, hard: bool) -> None:
        """Close without answering; `hard` sends a reset."""
        if hard:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: calls are in fake.calls."""


@contextmanager
def serving(fakes: Mapping[str, Fake], *, port: int = 0) -> Iterator[Server]:
    """The fakes on loopback until the block ends."""
    server = Server(fakes, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
