"""The strategy in a real browser: from empty to a signed PDF with the keyboard alone, in both languages."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from pupitre.core.models import Member
from pupitre.strategy.models import Plan
from pupitre.strategy.tests.test_strategy_pages import MESSAGE, PROBLEM, WHY, complete

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.servers.browser import Trouble

MANY = 120
__all__ = ["complete"]
SHOTS = os.environ.get("PUPITRE_SHOTS", "")


def enter(page: Page, live_server: LiveServer, member: Member, language: str) -> str:
    """Sign this person in, in this language; the address of her strategy."""
    member.user.language = language
    member.user.save()
    client = Client()
    client.force_login(member.user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([
        {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url},
        {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url},
    ])  # fmt: skip
    return f"{live_server.url}/o/{member.organisation.slug}/strategy"


def tab_to(page: Page, name: str, value: str = "") -> None:
    """Press Tab until the control of that name (and value, for a choice) has the focus."""
    for _press in range(MANY):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name || ''") == name:
            if value and page.evaluate("document.activeElement.type") == "radio":
                for _move in range(6):
                    page.keyboard.press("Space")
                    if page.evaluate("document.activeElement.value") == value:
                        return
                    page.keyboard.press("ArrowRight")
            return
    raise AssertionError(f"the Tab key never reaches {name}")


def write(page: Page, **fields: str) -> None:
    for name, text in fields.items():
        tab_to(page, name)
        page.keyboard.press("Control+A")
        if page.evaluate("document.activeElement.type") == "date":
            page.locator(f"[name={name}]").fill(text)
        elif page.evaluate("document.activeElement.tagName") == "SELECT":
            page.keyboard.press("ArrowDown")
        else:
            page.keyboard.type(text)


def send(page: Page) -> None:
    """Press the button of the form one is in."""
    for _press in range(MANY):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('main form .button-main')"):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError("the Tab key never reaches the button")


def look(page: Page, name: str) -> None:
    """No accessibility fault on the page as it stands; a picture when asked for."""
    from tests.servers.browser import axe

    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
    assert axe(page) == [], name


@pytest.mark.parametrize("language", ["fr", "en"])
def test_from_empty_to_a_signed_file_with_the_keyboard_alone(
    page: Page, trouble: Trouble, live_server: LiveServer, claire: Member, language: str
) -> None:
    base = enter(page, live_server, claire, language)
    due = (timezone.localdate() + timedelta(days=150)).isoformat()

    page.goto(f"{base}/")
    assert page.evaluate("document.documentElement.lang") == language
    look(page, f"why-{language}")
    write(page, **{k: v for k, v in {**WHY, "due_on": due}.items() if k not in ("kind",)})
    send(page)
    assert page.url == f"{base}/problem/"
    look(page, f"problem-{language}")
    write(page, **PROBLEM)
    send(page)
    look(page, f"publics-{language}")
    write(page, name="Les familles du quartier", place="à moins de trois kilomètres")
    send(page)
    page.goto(f"{base}/message/")
    write(page, **MESSAGE)
    send(page)
    look(page, f"means-{language}")
    write(page, hours_per_week="7", repliers="2")
    tab_to(page, "photos", "good")
    send(page)
    page.goto(f"{base}/channels/")
    send(page)
    look(page, f"channels-{language}")
    tab_to(page, "signed_name")
    send(page)
    look(page, f"file-{language}")

    assert trouble.all == []
    assert Plan.objects.get().signed_name == "Claire Aubry"
    made = page.request.get(f"{base}/file.pdf?lang={language}")
    assert made.body()[:5] == b"%PDF-"


def test_a_refused_answer_is_shown_beside_its_field(page: Page, live_server: LiveServer, claire: Member) -> None:
    base = enter(page, live_server, claire, "fr")
    page.goto(f"{base}/why/")
    write(page, reason=WHY["reason"], presence="Être présents, comme les deux autres boulangeries.")
    send(page)

    assert page.locator("[name=reason]").input_value() == WHY["reason"]
    assert page.locator("[name=presence]").get_attribute("aria-invalid") == "true"
    assert "Imiter n" in page.locator("main").inner_text()
    look(page, "why-refused")


@pytest.mark.parametrize("width", [1440, 900, 390, 320])
def test_pages_never_scroll_sideways(page: Page, live_server: LiveServer, complete: Member, width: int) -> None:
    from pupitre.strategy import actions

    actions.deduce_channels(by=complete)
    base = enter(page, live_server, complete, "fr")
    page.set_viewport_size({"width": width, "height": 900})
    for name in ("why", "publics", "means", "relations", "channels", "findings"):
        page.goto(f"{base}/{name}/")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, name
