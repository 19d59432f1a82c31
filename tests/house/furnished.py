"""A bakery where everything exists: at least one row of each kind, `times` of those that pages list."""

from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from pupitre.channels.models import Channel
from pupitre.channels.vault import ChannelVault
from pupitre.connectors.contract import Author, Incoming, Ref
from pupitre.conversations import actions as conversations
from pupitre.conversations.models import (
    Cause,
    InboxRule,
    Moderation,
    ModerationRule,
    Pause,
    SavedReply,
    Thread,
)
from pupitre.core.actions import add_task
from pupitre.core.models import IdempotentAnswer, Member, Organisation
from pupitre.desk.actions import make_token
from pupitre.editorial import actions as editorial
from pupitre.editorial.models import Post, PostMedia, Variant
from pupitre.library.actions import add_media
from pupitre.library.consents import record_consent
from pupitre.library.models import Media
from pupitre.listening.models import Item, Mention, Source, WatchQuery
from pupitre.measurement.models import OWN_MEASURE, Count, Fact, TimeEntry
from pupitre.publishing.models import Attempt, Delivery, DeliveryMedia
from pupitre.strategy.models import Objective, Voice
from tests.house.furnished_plan import furnish_plan
from tests.house.links import furnish_links
from tests.house.money import money
from tests.house.neighbours import neighbours
from tests.house.origins import furnish_origins
from tests.house.room_of_archive import furnish_archive
from tests.house.room_of_channels import furnish_channels
from tests.house.room_of_crisis import furnish_crisis
from tests.house.room_of_films import furnish_films
from tests.house.room_of_reading import furnish_reading
from tests.house.room_of_score import furnish_score
from tests.house.training_room import furnish_training

STATES = (
    "scheduled", "held", "attempting", "unknown", "processing", "asked", "refused", "sent", "cancelled", "expired",
)  # fmt: skip
SAID = (
    "Le pain aux figues contient-il des noisettes ? Mon fils est allergique.",
    "Ma commande de vendredi n’était pas prête, j’ai attendu vingt minutes.",
    "Merci pour la visite du fournil avec la classe.",
    "Vous ouvrez dimanche ?",
)


def furnish(by: Member, objective: Objective, voice: Voice, channel: Channel, *, times: int = 1) -> Organisation:
    """Every room of this member's organisation, as after some weeks of use."""
    here, now = by.organisation, timezone.now()
    image = _image(by)
    furnish_films(by, image)
    furnish_plan(here, by, voice, timezone.localdate(now))
    deliveries = [
        _delivery(channel, by, image, state, now, number) for number in range(times) for state in STATES
    ]  # fmt: skip
    for number in range(times):
        _post(by, objective, voice, channel, image, deliveries[number * len(STATES)], number)
        _figures(objective, deliveries[number * len(STATES) + STATES.index("sent")], by, now, number)
        _heard(here, by, now, number)
        add_task(f"Rappeler le moulin, {number}", by=by)
        make_token(f"Caisse {number}", by=by)
    _said(channel, by, now, times)
    neighbours(by, now, times=times)
    money(by, objective, channel, timezone.localdate(now))
    furnish_links(by, objective, timezone.localdate(now), times)
    furnish_origins(by, objective, now, times)
    furnish_crisis(by, channel, now, times)
    furnish_training(by, now, times)
    furnish_channels(channel, now)
    furnish_archive(by, now, times)
    furnish_score(by, channel, times=times)
    ChannelVault(channel).put(token="une clé")
    IdempotentAnswer.objects.create(member=by, key="une fois", fingerprint="f")
    return here


def _image(by: Member) -> Media:
    picture = BytesIO()
    Image.linear_gradient("L").resize((320, 240)).convert("RGB").save(picture, "JPEG")
    file = SimpleUploadedFile("four.jpg", picture.getvalue(), "image/jpeg")
    return add_media(file, by=by, name="four.jpg", alt="Des pains sur une grille", rights="Claire Aubry")


def _delivery(channel: Channel, by: Member, image: Media, state: str, now: datetime, number: int) -> Delivery:
    gone = state == "sent"
    delivery = Delivery.objects.create(
        organisation=channel.organisation, channel=channel, state=state, text=f"Fournée {number}, {state}",
        fingerprint=f"{state}{number}", due_at=now + timedelta(hours=-number if gone else number + 1),
        next_at=now + timedelta(hours=number + 1) if state == "scheduled" else None, promised_by=by,
        sent_at=now - timedelta(hours=number) if gone else None, remote_id=f"r{number}" if gone else "",
        permalink="https://fake.example/1" if gone else "", words="Nope" if state == "refused" else "",
    )  # fmt: skip
    DeliveryMedia.objects.create(delivery=delivery, media=image, alt=image.alt)
    Attempt.objects.create(delivery=delivery, number=1, fence=1, worker="w", started_at=now, outcome="sent")
    return delivery


def _post(
    by: Member, objective: Objective, voice: Voice, channel: Channel, image: Media, delivery: Delivery, number: int
) -> None:
    post = Post.objects.create(
        organisation=by.organisation, title=f"Seigle {number}", objective=objective, voice=voice, created_by=by
    )
    PostMedia.objects.create(post=post, media=image)
    Variant.objects.create(
        post=post, organisation=by.organisation, channel=channel, text=delivery.text, due_at=delivery.due_at,
        delivery=delivery, approved_by=by, approved_at=timezone.now(),
    )  # fmt: skip
    draft = Post.objects.create(organisation=by.organisation, title=f"Brouillon {number}", created_by=by)
    Variant.objects.create(
        post=draft, organisation=by.organisation, channel=channel, text="À relire", due_at=delivery.due_at,
        asked_at=timezone.now(),
    )  # fmt: skip
    _agreed(by, draft)


def _agreed(by: Member, draft: Post) -> None:
    note = draft.variants.select_related("post__organisation", "channel").get()
    editorial.remark(note, "Dire l’heure ?", by=by, about="relire")
    editorial.invite(draft, by=by, name="Solène Marchand")
    editorial.set_level("one", by=by)
    editorial.add_slot(note.channel, 1, 570, by=by)
    image = Media.objects.filter(organisation=by.organisation).earliest("id")
    record_consent(image, by=by, name="Karim Benali", scope="Nos comptes")
    soon = timezone.localdate() + timedelta(days=9)
    editorial.let_come_back(draft, by=by, every_days=30, times=2, first_on=soon)
    row = f"canal;texte;date;heure\n{note.channel.handle};Le pain.;15/01/2031;9h\n"
    editorial.give_table(row.encode(), by=by, name="Table de janvier")
    editorial.open_calendar(by=by)
    editorial.set_rules(by=by, avoid=[], emoji_most=4, strict=False, own_sites=[], push_ceiling=60)


def _figures(objective: Objective, delivery: Delivery, by: Member, now: datetime, number: int) -> None:
    common: dict[str, Any] = {"organisation": by.organisation, "objective": objective}
    Fact.objects.create(
        **common, kpi=OWN_MEASURE, value=Decimal(130 + number), n=4, source="la caisse", declared_by=by,
        at=now - timedelta(days=number),
    )  # fmt: skip
    Fact.objects.create(**common, delivery=delivery, kpi="replies", value=Decimal(3), source="network", at=now)
    Count.objects.create(delivery=delivery, due_at=now)
    TimeEntry.objects.create(**common, member=by, minutes=30, what="Écrire", on=timezone.localdate(now))


def _heard(here: Organisation, by: Member, now: datetime, number: int) -> None:
    source = Source.objects.create(
        organisation=here, url=f"https://gazette.example/{number}.xml", title=f"Gazette {number}", state="healthy",
        read_at=now, added_by=by,
    )  # fmt: skip
    query = WatchQuery.objects.create(organisation=here, name=f"Nous {number}", text="levain", created_by=by)
    item = Item.objects.create(
        organisation=here, source=source, remote_id="1", title="Levain", text="Le pain de Levain est attendu.",
        url="https://gazette.example/1", at=now - timedelta(minutes=number), language="fr",
    )  # fmt: skip
    Mention.objects.create(organisation=here, item=item, query=query, spans=[[11, 17]])


def _said(channel: Channel, by: Member, now: datetime, times: int) -> None:
    conversations.take_in(channel, [
        Incoming(
            ref=Ref(f"m{number}", {}), kind="reply", author=Author(f"p{number}", f"p{number}", f"Personne {number}"),
            text=SAID[number % len(SAID)], at=now - timedelta(minutes=number), thread=f"m{number}", root=Ref("r0", {}),
        )
        for number in range(times + 2)
    ])  # fmt: skip
    first, second, *_ = Thread.objects.filter(channel=channel).order_by("id")
    conversations.add_note(first, "Je m’en occupe", by=by)
    Pause.objects.create(thread=first, reason="legal_check", started_at=now, ended_at=now, member=by)
    conversations.close(second, "no_answer_needed", by=by, reason="Dit au comptoir")
    conversations.be_there(first, by=by, now=now)
    conversations.bulk([first.pk], "tag", by=by, words="noisettes")
    _cared(first, by, now, times)


def _cared(thread: Thread, by: Member, now: datetime, times: int) -> None:
    """What a house decides of its answers, and one cause that brings several people."""
    here = by.organisation
    rule = ModerationRule.objects.create(organisation=here, title="Insultes", text="Une personne.", published_at=now)
    thread.cause = Cause.objects.create(organisation=here, name="Noisettes", people=3, first_at=now, last_at=now)
    thread.save(update_fields=["cause"])
    said = thread.messages.filter(ours=False).earliest("id")
    for number in range(times):
        Moderation.objects.create(
            organisation=here, message=said if not number else None, rule=rule, why="Une insulte", asked_by=by,
            asked_at=now, digest="0" * 64, evidence={"text": said.text}, state="asked" if not number else "kept",
        )  # fmt: skip
        furnish_reading(thread, by=by, now=now)
        SavedReply.objects.create(organisation=here, title=f"Horaires {number}", text="Bonjour {{name}}", made_by=by)
        InboxRule.objects.create(organisation=here, name=f"Farine {number}", words="farine", tag="farine", made_at=now)
