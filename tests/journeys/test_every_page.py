"""Every page of a house in use as people meet it: by eye and ear, wide and narrow, without scripts, by keyboard."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.strategy.models import Objective, Voice
from tests.house.furnished import furnish
from tests.test_pages import visited

if TYPE_CHECKING:
    from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# Contrast depends on the colours and overflow on the width, never one on the other: each is seen in its two states.
SCREENS = {
    "wide, light": {"viewport": WIDE, "color_scheme": "light"},
    "phone, dark": {"viewport": PHONE, "color_scheme": "dark"},
}


@pytest.fixture
def house(claire: Member, objective: Objective, voice: Voice, channel: Channel) -> Member:
    furnish(claire, objective, voice, channel)
    return claire


def enter(visitor: "Visitor", member: Member) -> list[str]:
    """Signed in; the addresses of every page of her house."""
    addresses = [seen.address for seen in visited(member, visitor.language)]
    sign_in(visitor, member)
    return addresses


def sign_in(visitor: "Visitor", member: Member) -> None:
    member.user.language = visitor.language
    member.user.save()
    client = Client()
    client.force_login(member.user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    visitor.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": visitor.at}])


@pytest.mark.parametrize("screen", SCREENS)
def test_no_barrier_on_any_page(visit: "Callable[..., Visitor]", house: Member, screen: str) -> None:
    from tests.servers.browser import axe

    visitor = visit("fr", **SCREENS[screen])
    barriers, wide = {}, []
    for address in enter(visitor, house):
        visitor.go(address)
        if found := axe(visitor.page):
            barriers[address] = found
        if visitor.page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
            wide.append(address)

    assert barriers == {}
    assert wide == [], "these pages scroll sideways"
    assert [said for said in visitor.trouble.all if "status of 409" not in said] == []


def test_every_page_stands_without_scripts(visit: "Callable[..., Visitor]", house: Member) -> None:
    """The title, the way round and every form are there; each form has its address and its button."""
    visitor = visit("en", scripts=False)
    lame = []
    for address in enter(visitor, house):
        visitor.go(address)
        assert visitor.title
        forms = visitor.page.locator("main form")
        for form in forms.all():
            buttons = form.locator("button:not([type=button]), input[type=submit]").count()
            named = form.get_attribute("id")
            outside = visitor.page.locator(f"button[form='{named}']").count() if named else 0
            if not buttons + outside:
                lame.append((address, form.get_attribute("action")))

    assert lame == []


KEYBOARD = ("/", "/conversations/", "/score/", "/compose/", "/outbox/", "/mirror/", "/measures/", "/settings/channels/")


def test_the_keyboard_reaches_everything_and_comes_round(visit: "Callable[..., Visitor]", house: Member) -> None:
    """All that can be pressed in the page is on the way of the Tab key, from the skip link to the last one."""
    from tests.servers.browser import tab_stops

    visitor = visit("fr")
    sign_in(visitor, house)
    out_of_reach = []
    for path in KEYBOARD:
        visitor.go(f"/o/{house.organisation.slug}{path}")
        stops = tab_stops(visitor.page, at_most=400)
        if "Aller au contenu" not in stops[0] or len(stops) < visitor.page.evaluate(REACHABLE):
            out_of_reach.append(path)

    assert out_of_reach == []


# Radio buttons of one name are one stop; what is folded or hidden is none.
REACHABLE = """() => {
  const seen = [...document.querySelectorAll('main a[href], main button, main input, main select, main textarea')]
    .filter(e => e.checkVisibility({checkOpacity: false, checkVisibilityCSS: true}) && e.tabIndex >= 0 && !e.disabled)
  const radios = seen.filter(e => e.type === 'radio')
  return seen.length - radios.length + new Set(radios.map(e => e.name + (e.form && e.form.id))).size
}"""


def test_a_person_signs_in_by_the_keyboard_alone(visit: "Callable[..., Visitor]", claire: Member) -> None:
    visitor = visit("fr")
    visitor.go("/")
    page: Any = visitor.page
    page.locator("[name=login]").focus()
    page.keyboard.type(claire.user.email)
    for _press in range(2):  # the way to a forgotten password stands before the field
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "password":
            break
    page.keyboard.type("quatre mots pour ouvrir")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert visitor.path == f"/o/{claire.organisation.slug}/"
