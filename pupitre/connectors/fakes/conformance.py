"""What every connector must do for each capability it claims. One check a capability, played on a stage."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pupitre.connectors.contract import (
    ByHand,
    Capability,
    Connector,
    Incoming,
    Media,
    Outgoing,
    Processing,
    Published,
    Ref,
    Unreadable,
)
from pupitre.connectors.fakes.samples import MP4, png
from pupitre.connectors.fakes.stage import FakeStage, Stage, by_hand
from pupitre.connectors.registry import speaks_first

PUBLIC = "https://levain.example/media/"


def message(text: str, *, key: str = "delivery-1", stage: Stage | None = None) -> Outgoing:
    """A message as the outbox would hand it; a network that wants an image gets one, one that answers has whom."""
    made = Outgoing(key, text, now(), language="fr")
    if stage is not None and not speaks_first(stage.connector.manifest.key):
        stage.write("Êtes-vous là ?")
        asked = stage.connector.inbox(since=None)[-1]
        return replace(made, reply_to=asked.ref, root=asked.root, private=not asked.public)
    if stage is not None and stage.connector.manifest.limits.media.required:
        return replace(made, media=(picture(stage),))
    return made


def now() -> datetime:
    """To the second, as a row keeps it."""
    return datetime.now(UTC).replace(microsecond=0)


def picture(stage: Stage, rank: int = 1) -> Media:
    """An image in a format that the network takes, or its video when it takes no image."""
    rule = stage.connector.manifest.limits.media
    if not rule.images:
        return film(rank)
    mime = "image/png" if "image/png" in rule.formats else rule.formats[0]
    alt = f"Une miche dorée, numéro {rank}"
    return Media(lambda: png(rank), mime, alt, 8, 8, f"{PUBLIC}{rank}.{mime[6:]}")


def film(rank: int = 1) -> Media:
    """A video."""
    return Media(lambda: MP4, "video/mp4", "Le pétrin tourne", 720, 1280, f"{PUBLIC}{rank}.mp4")


def publish(stage: Stage, wanted: Outgoing) -> Published:
    """Send, and wait for what is processed first."""
    sent = stage.connector.send(wanted)
    for _round in range(20):
        if isinstance(sent, Published):
            return sent
        if isinstance(sent, ByHand) and by_hand(stage.connector.manifest) and isinstance(stage, FakeStage):
            return stage.finish(wanted)
        assert isinstance(sent, Processing), sent
        stage.wait(sent.look_again_in)
        sent = stage.connector.resume(wanted, token=sent.token)
    raise AssertionError("still processing")


def words(found: Sequence[Incoming]) -> list[str]:
    """What was said, without the names that some networks put before an answer."""
    return [unnamed(one.text) for one in found]


def unnamed(text: str) -> str:
    """Without the leading @names."""
    return re.sub(r"^(@\S+ )+", "", text)


def shown(stage: Stage) -> list[str]:
    """What the public sees from us, in the same way."""
    return [unnamed(text) for text in stage.public()]


def seen(found: list[Incoming], text: str) -> Incoming:
    """The one message with these words."""
    matching = [one for one in found if text in one.text]
    assert len(matching) == 1, [one.text for one in found]
    return matching[0]


def expect(found: object, expected: object) -> None:
    """Equality that says what it found."""
    assert found == expected, f"{found!r} is not {expected!r}"


def check_text(stage: Stage) -> None:
    """Words arrive as written; the message is found again; its address is public."""
    wanted = message("Le levain est prêt. « 8 h 05 » : <b>é</b> & 🍞", stage=stage)
    sent = publish(stage, wanted)
    expect(stage.public(), [wanted.text])
    assert sent.permalink.startswith("http")
    assert abs(sent.at - now()) < timedelta(minutes=5)
    stage.wait(stage.connector.manifest.indexing_delay + 1)
    if not stage.connector.manifest.reads_back:
        with suppress(Unreadable):
            raise AssertionError(stage.connector.find(wanted, since=wanted.created_at))
        return
    found = stage.connector.find(wanted, since=wanted.created_at - timedelta(minutes=2))
    assert found is not None
    assert (found.ref.id, found.permalink) == (sent.ref.id, sent.permalink)
    other = replace(wanted, key="delivery-2", text="Rien de tel.")
    assert stage.connector.find(other, since=wanted.created_at - timedelta(minutes=2)) is None


def check_image(stage: Stage) -> None:
    """One image with its alternative text; where no text goes without one, the words are checked with it."""
    if stage.connector.manifest.limits.media.required:
        check_text(stage)
        return
    publish(stage, replace(message("La miche du jour"), media=(picture(stage),)))
    expect(stage.public(), ["La miche du jour"])


def check_carousel(stage: Stage) -> None:
    """Several images in one message."""
    count = min(stage.connector.manifest.limits.media.images, 3)
    assert count > 1
    media = tuple(picture(stage, rank) for rank in range(1, count + 1))
    publish(stage, replace(message("Trois fournées"), media=media))
    expect(stage.public(), ["Trois fournées"])


def check_video(stage: Stage) -> None:
    """One video, perhaps processed first."""
    publish(stage, replace(message("Le pétrin tourne"), media=(film(),)))
    expect(stage.public(), ["Le pétrin tourne"])


def check_story(stage: Stage) -> None:
    """A message that lasts a day."""
    publish(stage, replace(message("", stage=stage), media=(picture(stage),), extras={"kind": "story"}))
    assert len(stage.public()) == 1


def check_poll(stage: Stage) -> None:
    """A question with its options."""
    publish(stage, replace(message("Quel pain dimanche ?"), poll=("Seigle", "Épeautre"), media=()))
    expect(stage.public(), ["Quel pain dimanche ?"])


def check_thread(stage: Stage) -> None:
    """Three messages in order, each under the one before."""
    wanted = replace(message("Un.", stage=stage), parts=("Deux.", "Trois."))
    sent = publish(stage, wanted)
    expect(stage.public(), ["Un.", "Deux.", "Trois."])
    stage.wait(2)
    expect(words(stage.connector.thread(sent.ref)), ["Deux.", "Trois."])


def answered(stage: Stage, text: str) -> tuple[Published, Incoming]:
    """We publish, somebody answers, we read it under our post."""
    sent = publish(stage, message("Ouvert lundi 11 ?", stage=stage))
    stage.reply(sent.ref, text)
    stage.wait(2)
    return sent, seen(below(stage, sent), text)


def below(stage: Stage, sent: Published) -> list[Incoming]:
    """The thread under a message; where threads cannot be read, what the inbox holds of it."""
    if stage.connector.manifest.reads_back:
        return list(stage.connector.thread(sent.ref))
    return [one for one in stage.connector.inbox(since=None) if one.thread == sent.ref.id]


def check_reply(stage: Stage) -> None:
    """We answer somebody in the same place, and it shows in the thread."""
    if Capability.COMMENTS in stage.connector.manifest.paths:
        sent, asked = answered(stage, "Et le dimanche ?")
        ours = message("Aussi, de 8 h à 12 h.", key="reply-1")
        publish(stage, replace(ours, reply_to=asked.ref, root=asked.root or sent.ref))
        stage.wait(2)
        if stage.connector.manifest.reads_back:
            expect(words(stage.connector.thread(sent.ref)), ["Et le dimanche ?", "Aussi, de 8 h à 12 h."])
        # Two messages of one second have no order on a network that sorts by key.
        expect(shown(stage).count("Aussi, de 8 h à 12 h."), 1)
    else:
        check_review_reply(stage)


def check_review_reply(stage: Stage) -> None:
    """Where people do not comment, we answer what arrived in the inbox."""
    kind = "avis" if Capability.REVIEWS in stage.connector.manifest.paths else "courrier"
    stage.review(f"Un {kind}.", 4) if kind == "avis" else stage.write(f"Un {kind}.")
    asked = seen(list(stage.connector.inbox(since=None)), f"Un {kind}.")
    ours = replace(message("Merci.", key="reply-1"), private=not asked.public)
    publish(stage, replace(ours, reply_to=asked.ref, root=asked.root))
    assert "Merci." in words(stage.connector.thread(asked.ref))


def check_delete(stage: Stage) -> None:
    """Taken back, and no longer found."""
    wanted = message("Une erreur.", stage=stage)
    stage.connector.delete(publish(stage, wanted).ref)
    expect(stage.public(), [])


def check_comments(stage: Stage) -> None:
    """An answer reaches the inbox, with its author and its place; a lost notification is found in the thread."""
    sent = publish(stage, message("Qui vient samedi ?", stage=stage))
    stage.reply(sent.ref, "Moi, vers 9 h.")
    stage.reply(sent.ref, "Nous aussi.", notified=False)
    stage.wait(2)
    first = seen(list(stage.connector.inbox(since=None)), "Moi, vers 9 h.")
    assert first.kind in {"reply", "comment"}
    assert first.author.name or first.author.handle
    assert first.public
    found = below(stage, sent)
    expect(sorted(words(found)), ["Moi, vers 9 h.", "Nous aussi."])
    assert first.thread == sent.ref.id
    assert {one.thread for one in found} == {sent.ref.id}
    assert first.ref.id == seen(found, "Moi, vers 9 h.").ref.id


def check_mentions(stage: Stage) -> None:
    """Somebody speaks of us elsewhere."""
    stage.mention("Qui connaît %s ?")
    stage.wait(2)
    found = seen(list(stage.connector.inbox(since=None)), "Qui connaît")
    assert found.kind == "mention"


def check_dms(stage: Stage) -> None:
    """Somebody writes privately, and we answer privately."""
    stage.write("Puis-je vous appeler ?")
    stage.wait(2)
    asked = seen(list(stage.connector.inbox(since=None)), "Puis-je vous appeler ?")
    assert (asked.kind in {"dm", "mail"}, asked.public) == (True, False)
    publish(
        stage, replace(message("Oui, au 04.", key="dm-1"), reply_to=asked.ref, root=asked.root, private=True, media=())
    )
    expect(stage.public(), [])


def check_reviews(stage: Stage) -> None:
    """A review with its stars."""
    stage.review("Très bon accueil.", 5)
    stage.wait(2)
    found = seen(list(stage.connector.inbox(since=None)), "Très bon accueil.")
    assert (found.kind, found.public) == ("review", True)
    assert found.rating in {5, None}


def check_hide(stage: Stage) -> None:
    """An answer under ours is hidden, then shown."""
    _sent, asked = answered(stage, "Pain immonde.")
    stage.connector.hide(asked.ref, hidden=True)  # type: ignore[attr-defined]
    stage.connector.hide(asked.ref, hidden=False)  # type: ignore[attr-defined]


def check_figures(stage: Stage) -> None:
    """Counts come back under the network's names, as numbers, and move."""
    sent = publish(stage, message("Combien ?", stage=stage))
    stage.wait(2)
    before = figures(stage.connector, sent.ref)
    stage.like(sent.ref)
    stage.wait(2)
    later = figures(stage.connector, sent.ref)
    assert before
    assert sorted(before) == sorted(later)
    assert sum(later.values()) == sum(before.values()) + 1


def figures(connector: Connector, ref: Ref) -> dict[str, float]:
    """By metric."""
    return {figure.metric: figure.value for figure in connector.figures(ref)}


CHECKS: Mapping[Capability, Callable[[Stage], None]] = {
    Capability.TEXT: check_text,
    Capability.IMAGE: check_image,
    Capability.CAROUSEL: check_carousel,
    Capability.VIDEO: check_video,
    Capability.STORY: check_story,
    Capability.POLL: check_poll,
    Capability.THREAD: check_thread,
    Capability.REPLY: check_reply,
    Capability.DELETE: check_delete,
    Capability.COMMENTS: check_comments,
    Capability.MENTIONS: check_mentions,
    Capability.DMS: check_dms,
    Capability.REVIEWS: check_reviews,
    Capability.HIDE: check_hide,
    Capability.FIGURES: check_figures,
}
