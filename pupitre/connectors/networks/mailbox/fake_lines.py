"""The wire of the fake provider: lines in, calls to the fake, lines out. Where the call breaks, so does the line."""

import base64
import re
import shlex
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from pupitre.connectors.fakes.exchange import Request, Response
from pupitre.connectors.fakes.fake import Broken, Fake


@dataclass(frozen=True)
class Letter(Request):
    """The DATA command: the letter itself is read only once the server has agreed to take it."""

    take: Callable[[], bytes] = bytes

    def taken(self) -> bytes:
        """Go ahead, and the whole letter."""
        return self.take()


def imap(fake: Fake, line: socket.socket) -> None:
    """A session until LOGOUT or the end of the line."""
    with line, line.makefile("rb") as heard, suppress(OSError, Broken):
        line.sendall(b"* OK ready\r\n")
        box = ""
        while words := heard.readline().decode("latin-1").strip():
            tag, _space, rest = words.partition(" ")
            verb, _space, given = rest.removeprefix("UID ").partition(" ")
            content = literal(line, heard, given)
            args = re.sub(r"\s*\{\d+\}\Z", "", given)
            box = args.strip('"') if verb == "EXAMINE" else box
            headers = {"args": args, "box": box}
            if verb == "LOGIN":
                user, word = shlex.split(args)
                headers = {"args": "*", "user": user, "word": word}
            answer = fake.handle(Request(verb, "/imap", headers, content))
            line.sendall(b"* CAPABILITY IMAP4rev1\r\n" if verb == "CAPABILITY" else b"")
            line.sendall(finished(tag, answer))
            if verb == "LOGOUT":
                return


def literal(line: socket.socket, heard: BinaryIO, given: str) -> bytes:
    """What follows a {size}."""
    size = re.search(r"\{(\d+)\}\Z", given)
    if size is None:
        return b""
    line.sendall(b"+ go\r\n")
    content = heard.read(int(size.group(1)))
    heard.readline()
    return content


def finished(tag: str, answer: Response) -> bytes:
    """The lines of an answer, then the verdict on the command."""
    if answer.headers.get("content-type") == "text/html":
        return answer.body + b"\r\n"
    if answer.status < 400:
        return (answer.body if answer.status == 200 else b"") + f"{tag} OK done\r\n".encode()
    words = answer.body.decode().split(" ", 1)[-1]
    return f"{tag} NO [{answer.headers['code']}] {words}\r\n".encode()


def smtp(fake: Fake, line: socket.socket) -> None:
    """A session until QUIT or the end of the line."""
    with line, line.makefile("rb") as heard, suppress(OSError, Broken):
        line.sendall(b"220 smtp.levain.example ESMTP\r\n")
        to = ""
        while words := heard.readline().decode("latin-1").strip():
            verb, _space, args = words.partition(" ")
            verb = verb.upper()
            if verb in {"EHLO", "HELO"}:
                line.sendall(b"250-smtp.levain.example\r\n250-8BITMIME\r\n250 AUTH PLAIN\r\n")
                continue
            if verb == "QUIT":
                line.sendall(b"221 2.0.0 Bye\r\n")
                return
            to = args if verb == "RCPT" else to
            line.sendall(said(fake.handle(request(verb, args, to, line, heard))))


def request(verb: str, args: str, to: str, line: socket.socket, heard: BinaryIO) -> Request:
    """One command; signing in opens its word."""
    if verb == "AUTH":
        _empty, user, word = base64.b64decode(args.partition(" ")[2]).decode().split("\0")
        return Request(verb, "/smtp", {"args": "PLAIN *", "user": user, "word": word})
    if verb == "DATA":
        return Letter(verb, "/smtp", {"args": "", "to": to}, take=lambda: letter(line, heard))
    return Request(verb, "/smtp", {"args": args})


def letter(line: socket.socket, heard: BinaryIO) -> bytes:
    """Everything up to the lonely dot."""
    line.sendall(b"354 Go ahead\r\n")
    lines = []
    while (one := heard.readline()) not in {b".\r\n", b""}:
        lines.append(one.removeprefix(b".") if one.startswith(b"..") else one)
    return b"".join(lines)


def said(answer: Response) -> bytes:
    """A number and words; rubbish when the answer is rubbish."""
    if answer.headers.get("content-type"):
        return answer.body + b"\r\n"
    return f"{answer.status} ".encode() + answer.body + b"\r\n"
