"""The network of an exercise, as the rooms see it: a connector that calls nobody, behind which the public plays."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.channels.walls import PLAYED
from pupitre.connectors.contract import Account, Author, Connector, Figure, Incoming, Manifest, Outgoing, Published, Ref
from pupitre.connectors.registry import manifest
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules.states import SENT
from pupitre.training.models import Drill
from pupitre.training.queries import course, of_place, scenario_of
from pupitre.training.rules.reading import remote_id
from pupitre.training.rules.scenarios import Scenario
from pupitre.training.rules.wave import Said

FIRST = (
    "Amélie", "Bastien", "Carole", "Driss", "Elsa", "Farid", "Gaëlle", "Hugo", "Inès", "Jules", "Katia", "Loïc", "Maud",
    "Nour", "Oscar", "Prune", "Quentin", "Rania", "Saïd", "Tess", "Ulysse", "Vera", "Wassim", "Yaël", "Zoé",
)  # fmt: skip
PLACES = ("du pont", "de la gare", "des Lices", "du port")
THANKS = {
    "fr": ("Merci de m’avoir répondu.", "D’accord, j’attends la suite.", "Au moins quelqu’un répond."),
    "en": ("Thank you for answering me.", "All right, I wait for what comes next.", "At least somebody answers."),
}


def player(channel: Channel) -> Connector:
    """For channels/walls.py."""
    return Player(channel)


class Player:
    """Every method of the contract, without a network."""

    manifest: Manifest

    def __init__(self, channel: Channel) -> None:
        self.manifest, self.channel = manifest(PLAYED), channel

    def identify(self) -> Account:
        one = self.channel
        return Account(one.remote_id, one.handle, one.name, capabilities=frozenset(self.manifest.paths))

    def send(self, message: Outgoing) -> Published:
        """Out at once, under an id that the same message always has."""
        return Published(Ref(f"{self.channel.remote_id}.ours.{message.key}"), "", timezone.now())

    def resume(self, message: Outgoing, *, token: str) -> Published:
        return self.send(message)

    def find(self, message: Outgoing, *, since: datetime) -> Published | None:
        """Nothing can be lost on the way: what is not written down is said again, under the same id."""
        return None

    def inbox(self, *, since: datetime | None) -> Sequence[Incoming]:
        """What the public has said here until now."""
        drill = of_place(self.channel.organisation)
        if drill is None or drill.ended_at is not None:
            return []
        now, told = timezone.now(), scenario_of(drill)
        said = [one for one in course(drill, now=now).wave.said if one.channel == self.channel.remote_id]
        heard = [_incoming(one, drill, told) for one in said] + _thanks(drill, self.channel, told, said)
        return [one for one in heard if one.at <= now and (since is None or one.at >= since)]

    def thread(self, ref: Ref) -> Sequence[Incoming]:
        return []

    def figures(self, ref: Ref) -> Sequence[Figure]:
        return []

    def delete(self, ref: Ref) -> None:
        return None

    def hide(self, ref: Ref, *, hidden: bool) -> None:
        return None


def _id(one: Said) -> str:
    return remote_id(one.channel, one.criticism, one.minute, one.slot)


def _incoming(one: Said, drill: Drill, told: Scenario) -> Incoming:
    id = _id(one)
    text = told.criticisms[one.criticism].said[one.variant]
    at = drill.started_at + timedelta(minutes=one.minute, seconds=one.second)
    return Incoming(Ref(id), "mention", _author(one.person), text, at, id, language=drill.language)


def _author(person: int) -> Author:
    first, place = FIRST[person % len(FIRST)], PLACES[person // len(FIRST) % len(PLACES)]
    handle = f"@{first.lower()}{person}"
    return Author(f"person-{person}", handle, f"{first} {place}")


def _thanks(drill: Drill, channel: Channel, told: Scenario, said: Sequence[Said]) -> list[Incoming]:
    """One person in two says something back once answered."""
    known = {_id(one): one for one in said}
    sent = Delivery.objects.filter(channel=channel, kind="reply", state=SENT, sent_at__gte=drill.started_at)
    found: dict[str, Incoming] = {}
    for one in sent.order_by("sent_at", "id")[:500]:
        under = str((one.reply_to or {}).get("id", ""))
        draw = Random(f"{drill.seed}:thanks:{under}")
        if under not in known or told.criticisms[known[under].criticism].abuse or draw.random() < 0.5:
            continue
        assert one.sent_at is not None
        at, text = one.sent_at + timedelta(seconds=draw.randrange(60, 360)), draw.choice(THANKS[drill.language])
        who, id = _author(known[under].person), f"{under}.thanks"
        found.setdefault(id, Incoming(
            Ref(id), "reply", who, text, at, under, parent=one.remote_id, language=drill.language
        ))  # fmt: skip
    return list(found.values())
