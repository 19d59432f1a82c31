"""The plate in a real browser: what axe says, what fits, what works without scripts and by keyboard."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.servers.browser import Trouble

SCREENS = {"wide": (1440, 900), "tablet": (900, 1000), "phone": (390, 844), "narrow": (320, 640)}


@pytest.fixture
def plate(live_server: "LiveServer", settings: object) -> str:
    settings.DEBUG = True  # type: ignore[attr-defined]
    return f"{live_server.url}/planche"


def until(page: "Page", expression: str) -> None:
    """Waits for an expression to be true, without the evaluation in the page that the content policy forbids."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {expression}")


def screen(page: "Page", name: str) -> None:
    width, height = SCREENS[name]
    page.set_viewport_size({"width": width, "height": height})


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", SCREENS)
def test_axe_finds_nothing_and_nothing_goes_wrong(
    page: "Page", trouble: "Trouble", plate: str, name: str, theme: str
) -> None:
    from tests.servers.browser import axe

    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    screen(page, name)
    page.goto(plate)
    for closed in page.locator("details.disclosure > summary").all():
        closed.click()

    assert axe(page) == []
    assert trouble.all == []


@pytest.mark.parametrize("name", SCREENS)
def test_a_page_never_scrolls_sideways(page: "Page", plate: str, name: str) -> None:
    screen(page, name)
    page.goto(plate)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_text_can_be_doubled(page: "Page", plate: str) -> None:
    screen(page, "wide")
    page.goto(plate)
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    cut = page.evaluate(
        """[...document.querySelectorAll('.button, .tag, .segment, .chip, .notice, h1, h2')]
        .filter(e => e.offsetParent && getComputedStyle(e).overflow !== 'visible')
        .filter(e => e.scrollHeight > e.clientHeight + 1)
        .map(e => e.textContent.trim())"""
    )
    assert cut == []


@pytest.mark.parametrize("name", ["wide", "phone"])
def test_targets_are_large_enough(page: "Page", plate: str, name: str) -> None:
    screen(page, name)
    page.goto(plate)
    small = page.evaluate(
        """[...document.querySelectorAll('a, button, summary, label.chip, label.segment, select, textarea')]
        .filter(e => e.offsetParent && getComputedStyle(e).display !== 'inline')
        .map(e => [e.textContent.trim(), e.getBoundingClientRect().height])
        .filter(([_, height]) => height > 1 && height < 24)"""
    )
    assert small == []


def test_phone_buttons_take_a_thumb(page: "Page", plate: str) -> None:
    screen(page, "phone")
    page.goto(plate)
    heights = page.evaluate("[...document.querySelectorAll('main .button')].map(e => e.getBoundingClientRect().height)")
    assert min(heights) >= 44


def test_without_scripts_the_posture_still_asks_first(plain_page: "Page", plate: str) -> None:
    plain_page.goto(plate)
    ask = plain_page.locator(".posture-wide .posture-ask-crisis")
    assert not ask.is_visible()
    plain_page.locator(".posture-wide label.segment-crisis").click()
    assert "9 publications seront gelées" in ask.inner_text()
    ask.locator("button[type=reset]").click()
    assert not ask.is_visible()


def test_escape_leaves_the_posture_as_it_was(page: "Page", plate: str) -> None:
    page.goto(plate)
    page.locator(".posture-wide input[value=calm]").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".posture-wide .posture-ask-watch").is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".posture-wide input[value=calm]").is_checked()


def test_a_draft_outlives_a_reload(page: "Page", plate: str) -> None:
    page.goto(plate)
    page.locator("#field-why").fill("Une raison commencée")
    until(page, "Object.keys(localStorage).length === 1")
    page.reload()
    assert page.locator("#field-why").input_value() == "Une raison commencée"


def test_a_counter_counts_what_people_see(page: "Page", plate: str) -> None:
    page.goto(plate)
    page.locator("#field-why").fill("👩‍👩‍👧 é" + "x" * 58)
    counter = page.locator("#why-count")
    assert (counter.inner_text(), counter.get_attribute("class")) == ("61 sur 60", "counter counter-over")


def test_a_closed_button_is_reached_by_keyboard_and_says_why(page: "Page", plate: str) -> None:
    page.goto(plate)
    closed = page.locator("main [data-closed]").first
    closed.focus()
    page.keyboard.press("Enter")
    until(page, "document.getElementById('live').textContent !== ''")
    assert "voir le point 1" in page.locator("#live").inner_text()


def test_the_list_of_keys_opens_and_closes(page: "Page", plate: str) -> None:
    page.goto(plate)
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    page.locator("#field-be_there").focus()
    page.keyboard.press("?")
    assert not page.locator("#keys").is_visible()


def test_the_keyboard_starts_with_the_skip_link(page: "Page", plate: str) -> None:
    page.goto(plate)
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("e => e === document.activeElement && e.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_phone_menu_holds_the_other_places(page: "Page", plate: str) -> None:
    screen(page, "phone")
    page.goto(plate)
    page.locator(".dock-more-holder summary").click()
    shown = page.locator(".dock a:visible").all_inner_texts()
    assert [text.strip().split("\n")[0] for text in shown][:4] == ["Pupitre", "Répondre", "Partition", "Stratégie"]
    page.keyboard.press("Escape")
    assert page.locator(".dock-more a:visible").count() == 0
