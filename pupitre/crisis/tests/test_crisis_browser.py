"""The bank, the day after nine hours of outage, in a real browser: from the alert to the debrief, in both languages."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.crisis.models import Crisis
from pupitre.listening.models import Alert, WatchQuery
from pupitre.publishing.actions import promise
from pupitre.publishing.models import Delivery
from pupitre.strategy.models import Floor, Voice

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.servers.browser import Trouble

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("PUPITRE_SHOTS", "")
OUTAGE = {
    "fr": "Une panne des cartes et de l’application a duré neuf heures.",
    "en": "An outage of cards and of the application lasted nine hours.",
}
DENIAL = {"fr": "Nous n’avons constaté aucune panne.", "en": "There was no outage."}
WORD = {
    "fr": "Une panne des cartes a duré neuf heures. Nous vérifions encore la cause. Nous reparlons ici à 14 h 30.",
    "en": "An outage of cards lasted nine hours. We are still checking the cause. We speak again here at 2.30 pm.",
}
CRITICISM = {"fr": "Personne ne répondait", "en": "Nobody answered"}


def seen(page: Page, name: str) -> None:
    """No accessibility fault; pictures for who wants to look: wide, narrow, and dark."""
    from tests.servers.browser import axe

    assert axe(page) == [], name
    if not SHOTS:
        return
    page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
    page.set_viewport_size({"width": 390, "height": 844})
    page.screenshot(path=f"{SHOTS}/{name}-phone.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1360, "height": 900})
    page.emulate_media(color_scheme="dark")
    page.screenshot(path=f"{SHOTS}/{name}-dark.png", full_page=True)
    page.emulate_media(color_scheme="light")


def enter(page: Page, live_server: LiveServer, member: Member, language: str) -> str:
    member.user.language = language
    member.user.save()
    client = Client()
    client.force_login(member.user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([
        {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url},
        {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url},
    ])  # fmt: skip
    return f"{live_server.url}/o/{member.organisation.slug}"


def opened(page: Page, action: str) -> None:
    """Open what hides a form, as a person does."""
    form = page.locator(f"form[action$='{action}']").first
    if not form.is_visible():
        page.locator("details", has=form).first.locator("> summary").click()


def send(page: Page, action: str, *, button: int = -1, **fields: str) -> None:
    """Fill the form of this address and press its button."""
    opened(page, action)
    form = page.locator(f"form[action$='{action}']").first
    for name, text in fields.items():
        control = form.locator(f"[name='{name}']")
        if control.first.get_attribute("type") in {"radio", "checkbox"}:
            form.locator(f"[name='{name}'][value='{text}']").check(force=True)
        elif control.evaluate("one => one.tagName") == "SELECT":
            control.select_option(text)
        else:
            control.fill(text)
    with page.expect_navigation():
        form.locator("button").nth(button).click()


@pytest.fixture
def alert(claire: Member, channel: Channel, voice: Voice) -> Alert:
    """Sixteen hundred messages where forty were expected, and a queue full of promotion."""
    now, here = timezone.now(), claire.organisation
    for number in range(8):
        promise(channel, by=claire, text=f"Offre {number}", due_at=now + timedelta(minutes=number, seconds=5))
    Floor.objects.create(organisation=here, event="crisis", voice=voice, responsible=claire)
    query = WatchQuery.objects.create(organisation=here, name="Cartes refusées", text="carte", created_by=claire)
    return Alert.objects.create(
        organisation=here, query=query, sign="hour", began_at=now, last_at=now, seen=1600, expected=40, negative=1210
    )


def everyone_is_told(page: Page, room: str, case: Crisis, language: str) -> None:
    """Each public has its word, each criticism its answer, what is found its seal, the law its clock."""
    page.goto(room)
    for audience in case.audiences.all():
        opened(page, f"/publics/{audience.pk}/write/")
        form = page.locator(f"form[action$='/publics/{audience.pk}/write/']")
        form.locator("[name=way]").fill("de vive voix" if language == "fr" else "by voice")
        with page.expect_navigation():
            form.locator("button[formaction]").click()
    seen(page, f"room-{language}")
    page.goto(f"{room}kept/")
    send(page, "/criticisms/", text=CRITICISM[language], said="300")
    send(page, "/settle/", answer=WORD[language])
    send(page, "/evidence/", url="https://fake.example/1", text="Ma carte est refusée depuis ce matin.")
    send(page, "/clocks/", key="cnil")
    seen(page, f"kept-{language}")


def it_ends(page: Page, room: str, language: str) -> None:
    """Two quiet days, the closing, the debrief."""
    page.goto(f"{room}end/")
    send(page, "/quiet/")
    send(page, "/debrief/day/")
    assert page.locator("[aria-disabled=true]").count() == 1
    Crisis.objects.update(quiet_since=timezone.now() - timedelta(hours=49))  # two quiet days
    page.goto(f"{room}end/")
    send(page, "/close/")
    learnt = dict.fromkeys(("what", "seen", "kept", "failed", "change", "floor"), "Appris.")
    send(page, "/debrief/", **learnt)
    seen(page, f"end-{language}")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_from_the_first_alert_to_the_debrief(
    page: Page, live_server: LiveServer, trouble: Trouble, alert: Alert, claire: Member, channel: Channel, language: str
) -> None:
    here = enter(page, live_server, claire, language)
    page.goto(f"{here}/mirror/alerts/")
    seen(page, f"alerts-{language}")
    with page.expect_navigation():
        page.locator("form[action$='/crisis/open/'] button").click()
    case = Crisis.objects.get()
    room = f"{here}/crisis/{case.pk}/"
    assert page.url == room
    assert (case.frozen, case.frozen_ms < 1000) == (8, True)

    send(page, "/facts/", text=OUTAGE[language], status="confirmed", source="Exploitation")
    send(page, "/decide/", situation="accident", option="acknowledge", reason="La panne est établie")
    page.goto(f"{room}word/")
    assert OUTAGE[language] in page.locator("[name=text]").input_value()
    send(page, "/word/write/", text=DENIAL[language])
    assert page.locator(".field-error").first.is_visible()
    assert page.locator("[name=text]").input_value() == DENIAL[language]
    seen(page, f"word-{language}")
    send(page, "/word/write/", text=WORD[language])
    send(page, "/publish/", channels=str(channel.pk), alone="Une seule personne à cette heure")
    statement = case.statements.get(published_at__isnull=False)
    assert Delivery.objects.get(statements=statement).kind == "statement"

    everyone_is_told(page, room, case, language)
    it_ends(page, room, language)
    case.refresh_from_db()
    assert case.debriefed_at is not None
    assert Delivery.objects.filter(state="held", promotional=True).count() == 8
    page.goto(f"{room}thread/")
    assert re.search("1600|1 600", page.locator("main").inner_text())
    assert [*trouble.script_errors, *trouble.strangers] == []
