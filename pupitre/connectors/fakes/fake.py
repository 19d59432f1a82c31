"""A fake network: routes over a world, official contract checked both ways, faults, and a public that lives."""

import re
import socket
from collections.abc import Callable
from typing import ClassVar, Protocol

from pupitre.connectors.fakes.exchange import Request, Response, answer
from pupitre.connectors.fakes.faults import Effect, Fault
from pupitre.connectors.fakes.publics import Publics
from pupitre.connectors.fakes.world import Message, Person, World

AFTER = {Effect.ERROR_AFTER, Effect.TIMEOUT_AFTER, Effect.RESET_AFTER, Effect.MALFORMED_AFTER}

Handler = Callable[..., Response]


class Contract(Protocol):
    """Checks calls against a network's official description; each answer is a list of sentences, empty when right."""

    def request(self, request: Request) -> list[str]: ...

    def response(self, request: Request, response: Response) -> list[str]: ...


class Broken(Exception):
    """The connection breaks instead of answering. `kind` is timeout, reset or unreachable."""

    def __init__(self, kind: str, seconds: float = 0) -> None:
        super().__init__(kind)
        self.kind = kind
        self.seconds = seconds


class Answered(Exception):
    """A handler stops here with this answer."""

    def __init__(self, response: Response) -> None:
        super().__init__(str(response.status))
        self.response = response


class Fake:
    """Base of every fake network. A network gives `key`, `publishing`, `routes()`, `mint()` and `problem()`."""

    key: ClassVar[str]
    origins: ClassVar[tuple[str, ...]]  # scheme://host of the real network that it stands for
    lines: ClassVar[tuple[str, ...]] = ()  # addresses of the real network that do not speak HTTP
    publishing: ClassVar[str]  # pattern of the "METHOD /path" that makes a message public
    answers: ClassVar[str] = "reply"  # how the network calls an answer under a post: reply or comment

    def __init__(self, world: World | None = None, *, publics: Publics | None = None) -> None:
        self.world = world or World()
        self.publics = publics
        self.faults: list[Fault] = []
        self.contract: Contract | None = None
        self.violations: list[str] = []
        self.calls: list[str] = []
        self._routes = [(re.compile(pattern + r"\Z"), handler) for pattern, handler in self.routes()]

    def routes(self) -> list[tuple[str, Handler]]:
        """Patterns of "METHOD /path" with who answers: handler(request, **named groups)."""
        raise NotImplementedError

    def mint(self, author: Person, *, kind: str) -> str:
        """A new message id as this network writes them."""
        raise NotImplementedError

    def problem(self, effect: Effect, seconds: float) -> Response:
        """The network's own answer for ACCESS_DEAD, RIGHT_LOST, SUSPENDED, QUOTA, REFUSED, DOWN and ERROR_AFTER."""
        raise NotImplementedError

    def account(self) -> Person:
        """The account of ours."""
        return next(person for person in self.world.people.values() if person.ours)

    def vault(self) -> dict[str, str]:
        """What the connection form would hold for our account."""
        raise NotImplementedError

    def fail(self, effect: Effect, **when: object) -> None:
        """Plan a bad day (arguments of Fault)."""
        self.faults.append(Fault(effect, **when))  # type: ignore[arg-type]

    def handle(self, request: Request) -> Response:
        """Answer one call. Raises Broken when the connection is to break."""
        call = f"{request.method} {request.path}"
        with self.world.lock:
            self.calls.append(call)
            self.live()
            now = self.world.clock.now().timestamp()
            striking = [one for one in self.faults if one.strikes(call, publishing=self.publishing, now=now)]
            fault = striking[0] if striking else None
            if fault and fault.effect not in AFTER and fault.effect is not Effect.SLOW:
                return self._instead(fault)
            response = self._served(request, call)
        if fault and fault.effect is Effect.SLOW:
            raise Broken("slow", fault.seconds)
        return self._afterwards(fault, response) if fault else response

    def speak(self, line: socket.socket, address: str) -> None:
        """Hold a whole conversation on a raw line to one of `lines`, then close it."""
        line.close()

    def say(
        self,
        who: Person,
        text: str,
        *,
        kind: str = "reply",
        parent: Message | None = None,
        to: Person | None = None,
        notify: bool = True,
        rating: int | None = None,
        language: str = "fr",
        at: float | None = None,
    ) -> Message:
        """Somebody of the public speaks: an answer, a mention, a direct message or a review."""
        with self.world.lock:
            moment = self.world.clock.now().timestamp() if at is None else at
            target = to or (self.world.people[parent.author] if parent else self.account())
            root = (parent.root or parent.id) if parent else ""
            said = Message(
                self.mint(who, kind=kind),
                who.id,
                text,
                moment,
                kind,
                parent.id if parent else "",
                root,
                target.id if kind == "dm" else "",
                public=kind != "dm",
                language=language,
                rating=rating,
            )
            self.heard(said, target)
            self.world.add(said)
            if parent:
                parent.counts["replies"] = parent.counts.get("replies", 0) + 1
            if notify and target.id != who.id:
                self.world.notify(target.id, kind, who=who.id, message=said.id, at=moment)
            return said

    def finish(self, text: str) -> Message:
        """Our person publishes by hand in the application; its address goes into `extra`."""
        raise NotImplementedError

    def heard(self, message: Message, to: Person) -> None:
        """A network adds what its messages carry besides (a content id, a mention in the text)."""

    def stranger(self, handle: str, name: str = "") -> Person:
        """Somebody of the public, by a short name."""
        return self.world.person(id=f"p-{handle}", handle=handle, name=name or handle.capitalize())

    def published(self, message: Message) -> None:
        """Our account just published: the public may react later."""
        if self.publics and self.world.people[message.author].ours:
            self.publics.plan(message, now=message.at)

    def live(self) -> None:
        """Let the public do what it planned until now."""
        if self.publics:
            self.publics.act(self, now=self.world.clock.now().timestamp())

    def found(self, id: str) -> Message:
        """A message by the id that the connector gave."""
        return self.world.messages[id]

    def public_posts(self) -> list[Message]:
        """What strangers can see from our accounts, oldest first, whatever listings show."""
        ours = [person.id for person in self.world.people.values() if person.ours]
        return [message for id in ours for message in self.world.by(id, listed=False) if message.public]

    def _served(self, request: Request, call: str) -> Response:
        if self.contract:
            self._note(call, self.contract.request(request))
        for pattern, handler in self._routes:
            found = pattern.match(call)
            if found:
                try:
                    response = handler(request, **found.groupdict())
                except Answered as early:
                    response = early.response
                if self.contract:
                    self._note(call, self.contract.response(request, response))
                return response
        self._note(call, ["the fake has no such path"])
        return answer({"error": "not found"}, 404)

    def _note(self, call: str, sentences: list[str]) -> None:
        self.violations += [f"{call}: {sentence}" for sentence in sentences]

    def _instead(self, fault: Fault) -> Response:
        if fault.effect is Effect.UNREACHABLE:
            raise Broken("unreachable")
        if fault.effect is Effect.MALFORMED:
            return Response(200, b"<html>Il y a eu un souci", {"content-type": "text/html"})
        return self.problem(fault.effect, fault.seconds)

    def _afterwards(self, fault: Fault, response: Response) -> Response:
        if response.status >= 300:
            return response
        if fault.effect is Effect.TIMEOUT_AFTER:
            raise Broken("timeout", fault.seconds)
        if fault.effect is Effect.RESET_AFTER:
            raise Broken("reset")
        if fault.effect is Effect.MALFORMED_AFTER:
            return Response(200, b'{"id": "12', {"content-type": "application/json"})
        return self.problem(Effect.ERROR_AFTER, fault.seconds)
