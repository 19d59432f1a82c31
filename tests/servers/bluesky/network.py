"""The running network, its people, and what they do from their own accounts, over HTTP as any client does."""

import json
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from tests.servers import process
from tests.servers.bluesky.install import HERE, NODE_MAJOR, installed
from tests.servers.node import node
from tests.servers.postgres import own_postgres
from tests.servers.redis import own_redis

BOOT_PATIENCE = 240.0
CALL_PATIENCE = 90.0


@dataclass(frozen=True)
class Record:
    """A record's address and content hash, enough to reply to it, like it or read it back."""

    uri: str
    cid: str

    @property
    def key(self) -> str:
        """The last part of the address: the record key."""
        return self.uri.rsplit("/", 1)[1]

    def reference(self) -> dict[str, str]:
        """The record as other records point at it."""
        return {"uri": self.uri, "cid": self.cid}


@dataclass(frozen=True)
class Person:
    """An account with its main password, one app password, and a session of its own."""

    handle: str
    did: str
    password: str
    app_password: str
    access_token: str = field(repr=False)


@dataclass
class BlueskyNetwork:
    """A running network. `process()` returns once everything written so far is indexed and notified."""

    pds_url: str
    appview_url: str
    plc_url: str
    appview_did: str
    child: subprocess.Popen[bytes] = field(repr=False)
    log: Path = field(repr=False)
    http: httpx.Client = field(repr=False)
    people: dict[str, Person] = field(default_factory=dict)
    turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def command(self, name: str, **words: object) -> dict[str, Any]:
        """Ask the network's own process for something no public call does. Raises RuntimeError with its words."""
        assert self.child.stdin is not None
        assert self.child.stdout is not None
        with self.turn:
            self.child.stdin.write(json.dumps({"do": name, **words}).encode() + b"\n")
            self.child.stdin.flush()
            said = self.child.stdout.readline()
        if not said:
            raise RuntimeError(f"the network has stopped\n{process.last_lines(self.log)}")
        answer = json.loads(said)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return dict(answer["ok"])

    def process(self) -> None:
        """Wait until everything written so far is indexed, counted and notified."""
        self.command("process")

    @contextmanager
    def held(self) -> Iterator[None]:
        """For the block, nothing new appears: posts are accepted and stay out of feeds, threads and notifications."""
        self.command("hold")
        try:
            yield
        finally:
            self.command("release")

    def lose_notifications(self, record: Record) -> int:
        """Lose the notifications about one record, as the real network now and then does; returns how many."""
        self.process()
        return int(self.command("lose_notifications", uri=record.uri)["lost"])

    def call(self, method: str, *, by: Person | None = None, json: object = None, **params: object) -> dict[str, Any]:
        """One call to the personal data server, as `by`; a POST when there is a body. Raises httpx.HTTPStatusError."""
        headers = {"authorization": f"Bearer {by.access_token}"} if by else {}
        query: Mapping[str, Any] = {key: value for key, value in params.items() if value is not None}
        verb = "GET" if json is None else "POST"
        response = self.http.request(verb, f"{self.pds_url}/xrpc/{method}", params=query, json=json, headers=headers)
        response.raise_for_status()
        return dict(response.json()) if response.content else {}

    def account(self, handle: str, *, display_name: str | None = None, settled: bool = True) -> Person:
        """The account of this handle (`anna` or `anna.test`), made the first time and known to everyone if `settled`.

        A handle's name has 3 to 18 letters.
        """
        handle = handle if "." in handle else f"{handle}.test"
        if handle in self.people:
            return self.people[handle]
        password = f"password of {handle}"
        made = self.call(
            "com.atproto.server.createAccount",
            json={"handle": handle, "email": f"{handle}@example.org", "password": password},
        )
        person = Person(handle, made["did"], password, "", made["accessJwt"])
        body = {"name": "pupitre"}
        app_password = self.call("com.atproto.server.createAppPassword", by=person, json=body)["password"]
        person = Person(handle, made["did"], password, app_password, made["accessJwt"])
        if display_name is not None:
            profile = {"$type": "app.bsky.actor.profile", "displayName": display_name}
            self.put(person, "app.bsky.actor.profile", "self", profile)
        self.people[handle] = person
        if settled:
            self.process()
        return person

    def create(self, person: Person, collection: str, record: Mapping[str, object]) -> Record:
        """Write one record into the person's repository."""
        body = {"repo": person.did, "collection": collection, "record": {"createdAt": _now(), **record}}
        made = self.call("com.atproto.repo.createRecord", by=person, json=body)
        return Record(made["uri"], made["cid"])

    def put(self, person: Person, collection: str, key: str, record: Mapping[str, object]) -> Record:
        """Write one record under a key the writer chose: twice the same call, one record."""
        body = {"repo": person.did, "collection": collection, "rkey": key, "record": dict(record)}
        made = self.call("com.atproto.repo.putRecord", by=person, json=body)
        return Record(made["uri"], made["cid"])

    def post_as(self, person: Person, text: str, **more: object) -> Record:
        """Publish a post; `more` are fields of the record such as `embed`, `facets` or `langs`."""
        return self.create(person, "app.bsky.feed.post", {"text": text, **more})

    def reply_as(self, person: Person, text: str, *, to: Record, root: Record | None = None) -> Record:
        """Reply to a record that the person can see; `root` is the thread's first post when `to` is itself a reply.

        The view indexes people side by side: a reply that overtakes its post never gets its notification.
        """
        self.process()
        return self.post_as(person, text, reply={"root": (root or to).reference(), "parent": to.reference()})

    def like_as(self, person: Person, record: Record) -> Record:
        """Like a record."""
        return self.create(person, "app.bsky.feed.like", {"subject": record.reference()})

    def repost_as(self, person: Person, record: Record) -> Record:
        """Repost a record."""
        return self.create(person, "app.bsky.feed.repost", {"subject": record.reference()})

    def follow_as(self, person: Person, other: Person) -> Record:
        """Follow somebody."""
        return self.create(person, "app.bsky.graph.follow", {"subject": other.did})

    def delete_as(self, person: Person, record: Record) -> None:
        """Delete a record of one's own."""
        body = {"repo": person.did, "collection": record.uri.split("/")[3], "rkey": record.key}
        self.call("com.atproto.repo.deleteRecord", by=person, json=body)

    def upload_as(self, person: Person, content: bytes, *, kind: str) -> dict[str, Any]:
        """Upload a file and return the blob that a record embeds."""
        response = self.http.post(
            f"{self.pds_url}/xrpc/com.atproto.repo.uploadBlob",
            content=content,
            headers={"content-type": kind, "authorization": f"Bearer {person.access_token}"},
        )
        response.raise_for_status()
        return dict(response.json()["blob"])

    def posts_of(self, person: Person) -> list[dict[str, Any]]:
        """Every post record that really is in the person's repository, newest first."""
        listed = self.call("com.atproto.repo.listRecords", repo=person.did, collection="app.bsky.feed.post", limit=100)
        return list(listed["records"])


@contextmanager
def bluesky_network() -> Iterator[BlueskyNetwork]:
    """A fresh network for the length of the block, about 6 s to start. Raises PartMissing when a part is not there."""
    packages = installed()
    runtime = node(at_least=NODE_MAJOR)
    home = tempfile.TemporaryDirectory(prefix="pupitre-bluesky-", ignore_cleanup_errors=True)
    with home as folder, own_redis() as redis, own_postgres() as postgres, postgres.database() as database:
        environment = {
            "DB_POSTGRES_URL": database,
            "REDIS_HOST": redis,
            "TMPDIR": folder,
            "NODE_ENV": "development",
            **runtime.environment(),
        }
        log = Path(folder) / "network.log"
        command = [runtime.program, HERE / "network.mjs", packages]
        child = process.start(command, log=log, env=environment, cwd=packages, piped=True)
        try:
            where = _first_words(child, log)
            with httpx.Client(timeout=CALL_PATIENCE) as http:
                yield BlueskyNetwork(
                    where["pds"], where["appview"], where["plc"], where["appview_did"], child=child, log=log, http=http
                )
        finally:
            _close(child, log)


def _first_words(child: subprocess.Popen[bytes], log: Path) -> dict[str, str]:
    assert child.stdout is not None
    alarm = threading.Timer(BOOT_PATIENCE, child.kill)
    alarm.start()
    try:
        line = child.stdout.readline()
    finally:
        alarm.cancel()
    if not line:
        raise RuntimeError(f"the Bluesky network did not start\n{process.last_lines(log)}")
    return dict(json.loads(line))


def _close(child: subprocess.Popen[bytes], log: Path) -> None:
    """Closing its input asks the network to end by itself; having ended before that is a failure with its reasons."""
    assert child.stdin is not None
    assert child.stdout is not None
    if child.poll() is not None:
        child.stdout.close()
        with suppress(BrokenPipeError):
            child.stdin.close()
        raise RuntimeError(f"the network ended by itself with {child.returncode}\n{process.last_lines(log)}")
    child.stdin.close()
    try:
        child.wait(timeout=process.STOP_PATIENCE)
    except subprocess.TimeoutExpired:
        process.end(child)
    child.stdout.close()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
