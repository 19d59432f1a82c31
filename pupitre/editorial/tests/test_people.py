"""People in images: without everybody's yes an image goes nowhere; a yes that is taken back stops what it can."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import AuditEntry, Member, Task
from pupitre.core.rules.refusals import NotAllowed, NotFound, Refusal
from pupitre.editorial.actions import approve, withdraw_consent
from pupitre.editorial.tests.conftest import Write
from pupitre.library.consents import mark_people, record_consent
from pupitre.library.models import ImageConsent, Media
from pupitre.library.rules.people import allowed
from pupitre.publishing.models import Delivery

HOME = "/o/boulangerie-levain-fils"
TODAY = timezone.localdate(timezone=ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize(
    ("people", "consented", "days", "answer"),
    [
        (False, False, None, True), (True, False, None, False), (True, True, None, True), (True, True, 0, True),
        (True, True, -1, False), (True, False, 9, False),
    ],
)  # fmt: skip
def test_when_an_image_may_be_shown(people: bool, consented: bool, days: int | None, answer: bool) -> None:
    until = None if days is None else TODAY + timedelta(days=days)
    assert allowed(people=people, consented=consented, until=until, on=TODAY) is answer


def test_an_image_with_people_waits_for_everybody_s_yes(write: Write, claire: Member, media: Media) -> None:
    mark_people(media, by=claire, people=True)
    post = write(media_ids=(media.pk,))
    with pytest.raises(Refusal) as refused:
        approve(post.variants.get(), by=claire)
    assert [(fault.field, fault.params) for fault in refused.value.faults] == [("media", {"name": "four.png"})]
    record_consent(media, by=claire, name="Karim Benali", scope="Nos comptes", until=TODAY + timedelta(days=30))
    assert approve(post.variants.get(), by=claire).delivery is not None


def test_a_consent_that_ends_before_the_hour_does_not_count(write: Write, claire: Member, media: Media) -> None:
    record_consent(media, by=claire, name="Karim", scope="Nos comptes", until=TODAY)
    post = write(media_ids=(media.pk,))
    post.variants.update(due_at=timezone.now() + timedelta(days=3))
    with pytest.raises(Refusal):
        approve(post.variants.get(), by=claire)
    record_consent(media, by=claire, name="karim", scope="Nos comptes", until=TODAY + timedelta(days=9))
    assert approve(post.variants.get(), by=claire).delivery is not None


def test_taking_a_consent_back_stops_what_waits_and_asks_to_take_down_what_is_out(
    write: Write, claire: Member, media: Media, channel: Channel
) -> None:
    consent = record_consent(media, by=claire, name="Karim Benali", scope="Nos comptes")
    waits, gone = (write(f"Texte {n} du four.", media_ids=(media.pk,)) for n in range(2))
    for post in (waits, gone):
        approve(post.variants.get(), by=claire)
    Delivery.objects.filter(variant__post=gone).update(state="sent", sent_at=timezone.now())
    found = withdraw_consent(consent, by=claire, reason="Il a quitté la maison.")
    assert (found.stopped, found.out) == (1, 1)
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["cancelled", "sent"]
    task = Task.objects.get(subject=f"take-down:{gone.variants.get().pk}")
    assert task.params == {"title": gone.title, "channel": str(channel), "name": "Karim Benali"}
    assert AuditEntry.objects.get(verb="consent_withdrawn").reason == "Il a quitté la maison."
    with pytest.raises(Refusal):
        approve(waits.variants.get(), by=claire)


def test_consents_are_guarded(claire: Member, lucie: Member, stranger: Member, media: Media) -> None:
    consent = record_consent(media, by=claire, name="Karim", scope="Nos comptes")
    for by, refusal in ((lucie, NotAllowed), (stranger, NotFound)):
        with pytest.raises(refusal):
            withdraw_consent(consent, by=by)
        with pytest.raises(refusal):
            record_consent(media, by=by, name="X", scope="Y")
    with pytest.raises(Refusal) as refused:
        record_consent(media, by=claire, name=" ", scope="", until=TODAY - timedelta(days=1))
    assert [fault.field for fault in refused.value.faults] == ["name", "scope", "until"]


def test_the_page_records_and_takes_back(client: Client, claire: Member, media: Media) -> None:
    client.force_login(claire.user)
    page = f"{HOME}/images/{media.pk}/people/"
    client.post(f"{page}mark/", {"people": "yes"})
    assert (
        client.post(f"{page}consent/", {"name": "Karim", "scope": "Nos comptes", "until": "demain"}).status_code == 422
    )
    client.post(f"{page}consent/", {"name": "Karim", "scope": "Nos comptes", "until": ""})
    media.refresh_from_db()
    assert (media.consented, b"Karim" in client.get(page).content) == (True, True)
    client.post(f"{HOME}/consents/{ImageConsent.objects.get().pk}/withdraw/")
    media.refresh_from_db()
    assert (media.consented, client.get(page).status_code) == (False, 200)
