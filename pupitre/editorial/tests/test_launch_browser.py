"""A launch in a real browser: from the brief to three texts, agreed by a client on a phone, played on three fakes."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from pupitre.channels.models import Charter
from pupitre.core.models import Member
from pupitre.editorial.actions import set_level
from pupitre.editorial.models import Post, Review
from pupitre.publishing.models import Delivery
from pupitre.strategy.models import Objective, Voice
from tests.outbox.conftest import Outbox

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("PUPITRE_SHOTS", "")
TEXTS = (
    "Samedi, un pain de noix entre au fournil.\nVenez le goûter avant dix heures.",
    "Qui se souvient du pain de noix de 1987 ? La recette revient samedi, avec les noix de la vallée. 🌰",
    "Nouveau : le pain de noix. Quarante pièces, le samedi seulement, à réserver au comptoir la veille.",
)
BRIEF = {"where": "Au fournil", "when": "Samedi", "how": "À goûter", "to_whom": "Les habitués",
         "with_whom": "Le moulin", "thanks_to": "Karim"}  # fmt: skip


def enter(page: Page, live_server: LiveServer, member: Member) -> str:
    client = Client()
    client.force_login(member.user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return f"{live_server.url}/o/{member.organisation.slug}"


def pressed(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def taken(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def compose(page: Page, here: str, channels: list[int]) -> None:
    """The brief, then a text for each channel."""
    due = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    page.goto(f"{here}/compose/?channel={channels[0]}&due={due}")
    page.fill("[name=title]", "Le pain de noix")
    for pk in channels[1:]:
        pressed(page, f"button[name=add][value='{pk}']")
    page.locator(".composer-more > summary").first.click()
    for name, words in BRIEF.items():
        page.fill(f"[name={name}]", words)
    page.fill("[name=use]", "Il passe samedi avant dix heures")
    for pk, text in zip(channels, TEXTS, strict=True):
        page.fill(f"[name=text-{pk}]", text)
    pressed(page, "#bar button:not([name]):not([formaction])")


def test_from_the_brief_to_three_networks(page: Page, live_server: LiveServer, claire: Member, objective: Objective,
                                          voice: Voice) -> None:  # fmt: skip
    cache.clear()
    outbox = Outbox(by=claire, organisation=claire.organisation)
    accounts = [outbox.account() for _ in TEXTS]
    for account in accounts:
        Charter.objects.create(channel=account, purpose=f"Dire sur {account}", audience="Le quartier", tone="simple")
    set_level("guest", by=claire)
    here = enter(page, live_server, claire)

    compose(page, here, [account.pk for account in accounts])
    post = Post.objects.get()
    assert (post.brief["thanks_to"], post.brief["use"]) == ("Karim", "Il passe samedi avant dix heures")
    pressed(page, "#bar button[value=approve]")
    assert (Delivery.objects.count(), Review.objects.filter(verdict="agreed", member=claire).count()) == (0, 3)

    page.goto(f"{here}/posts/{post.pk}/reading/")
    page.fill("[name=name]", "Solène Marchand")
    pressed(page, "form[action$='/invite/'] button")
    taken(page, "launch-reading")
    agreed_on_a_phone(page.context.browser, page.locator(".reading-link").inner_text().strip())

    assert sorted(Delivery.objects.values_list("text", flat=True)) == sorted(TEXTS)
    assert set(Delivery.objects.values_list("promised_by", flat=True)) == {claire.pk}
    outbox.later(seconds=3 * 86_400)
    outbox.settle()
    assert [outbox.public(account) for account in accounts] == [[text] for text in TEXTS]


def agreed_on_a_phone(browser: Browser | None, link: str) -> None:
    """The client, elsewhere, without an account nor a script."""
    assert browser is not None
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False, locale="fr-FR"
    )  # fmt: skip
    phone = context.new_page()
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(link)
    taken(phone, "launch-guest-phone")
    for _ in TEXTS:
        pressed(phone, "button[value=agree]")
    assert phone.locator("button[value=agree]").count() == 0
    assert {address.split("/")[2] for address in asked} == {link.split("/")[2]}
    context.close()
