"""Signing in, in a real browser: the pages of the account wear the house and axe finds nothing."""

from typing import TYPE_CHECKING

import pytest

from pupitre.core.models import Member

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.servers.browser import Trouble

PASSWORD = "quatre mots pour ouvrir"


def sign_in(page: "Page", site: str, email: str) -> None:
    page.goto(f"{site}/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form[action*=login] .button-main").click()


@pytest.mark.parametrize("path", ["login", "signup", "password/reset", "password/reset/done", "inactive"])
def test_doors_before_sign_in(page: "Page", trouble: "Trouble", live_server: "LiveServer", path: str) -> None:
    from tests.servers.browser import axe

    page.goto(f"{live_server.url}/accounts/{path}/")
    assert page.locator("h1").count() == 1
    assert axe(page) == []
    assert trouble.all == []


def test_the_account_pages(page: "Page", trouble: "Trouble", live_server: "LiveServer", claire: Member) -> None:
    from tests.servers.browser import axe

    sign_in(page, live_server.url, claire.user.email)
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    found: dict[str, list[str]] = {}
    for path in ("2fa", "2fa/totp/activate", "2fa/webauthn/add", "2fa/webauthn", "password/change", "email", "logout"):
        page.goto(f"{live_server.url}/accounts/{path}/")
        found[path] = axe(page) + ([] if page.locator("h1").count() == 1 else ["not one h1"])
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert trouble.all == []


def test_a_wrong_password_is_said_in_place(page: "Page", live_server: "LiveServer", claire: Member) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.locator("input[name=login]").fill(claire.user.email)
    page.locator("input[name=password]").fill("un autre mot de passe")
    page.locator("form[action*=login] .button-main").click()
    assert page.locator("[role=alert]").is_visible()
    assert page.locator("input[name=login]").input_value() == claire.user.email
    assert page.locator("input[name=password]").input_value() == ""
