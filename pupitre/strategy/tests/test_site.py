"""The owned ground: what a visit shows, what it makes of the deduction, and what a bad day of the site does to us."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.connectors.http import Http
from pupitre.core.models import AuditEntry, Member
from pupitre.core.rules.refusals import NotAllowed, Refusal
from pupitre.strategy import actions, site_visit
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.models import Objective, Plan, SiteCheck
from pupitre.strategy.rules import site
from pupitre.strategy.tests.test_strategy_pages import complete
from tests.house.routes import key_of

__all__ = ["complete"]
TODAY = date(2026, 11, 22)
GOOD = (
    '<!doctype html><title>Le fournil\n de Levain</title><meta name="robots" content="max-image-preview:none">'
    '<svg><title>logo</title></svg><time datetime="2026-10-03T08:00">3 octobre</time>'
    '<a href="/nous-joindre">Nous trouver</a>'
)


def states(html: str, url: str = "https://levain.example/", **given: str) -> dict[str, str]:
    headers = {"content-type": "text/html", **({"x-robots-tag": given.pop("tag")} if "tag" in given else {})}
    headers |= {"last-modified": given.pop("sent")} if "sent" in given else {}
    visit = site.Visit(url, 200, headers, html, **given)
    return {point.key: point.state for point in site.judged(visit, today=TODAY)}


def test_a_site_in_good_order_has_six_points() -> None:
    assert states(GOOD) == dict.fromkeys(site.ORDER, "yes")
    titled = next(p for p in site.judged(site.Visit("https://a.example/", 200, {}, GOOD), today=TODAY)
                  if p.key == "titled")  # fmt: skip
    assert titled.params == {"title": "Le fournil de Levain"}


@pytest.mark.parametrize(
    ("change", "point", "state"),
    [
        ({"html": GOOD.replace("max-image-preview:none", "noindex, follow")}, "indexable", "no"),
        ({"html": GOOD.replace('"robots"', '"googlebot"').replace("max-image-preview:none", "NONE")},
         "indexable", "no"),
        ({"tag": "noindex"}, "indexable", "no"),
        ({"robots": "User-agent: *\nDisallow: /\n"}, "indexable", "no"),
        ({"robots": "User-agent: *\nDisallow: /panier\n"}, "indexable", "yes"),
        ({"robots": "<html>page introuvable</html>"}, "indexable", "yes"),
        ({"url": "http://levain.example/"}, "encrypted", "no"),
        ({"html": GOOD.replace("Le fournil\n de Levain", " ")}, "titled", "no"),
        ({"html": GOOD.replace("/nous-joindre", "/pains")}, "contact", "no"),
        ({"html": GOOD.replace("/nous-joindre", "tel:+33450000000")}, "contact", "yes"),
        ({"html": GOOD.replace("2026-10-03", "2025-11-21")}, "fresh", "no"),
        ({"html": GOOD.replace("2026-10-03", "2025-11-22")}, "fresh", "yes"),
        ({"html": GOOD.replace("2026-10-03", "2027-01-01")}, "fresh", "unknown"),
        ({"html": GOOD.replace("2026-10-03", "2026-02-30")}, "fresh", "unknown"),
        ({"html": GOOD.replace("2026-10-03", ""), "site_map": "<lastmod>2026-09-01</lastmod>"}, "fresh", "yes"),
        ({"html": GOOD.replace("2026-10-03", ""), "sent": "Mon, 03 Nov 2025 08:00:00 GMT"}, "fresh", "no"),
        ({"html": GOOD.replace("2026-10-03", ""), "sent": "Sun, 22 Nov 2026 08:00:00 GMT"}, "fresh", "unknown"),
        ({"html": GOOD.replace("2026-10-03", ""), "sent": "hier"}, "fresh", "unknown"),
    ],
)  # fmt: skip
def test_each_point_has_its_own_reason(change: dict[str, str], point: str, state: str) -> None:
    found = states(**{"html": GOOD, **change})

    assert {key: value for key, value in found.items() if value != "yes"} == ({point: state} if state != "yes" else {})


def test_a_missing_date_or_contact_does_not_block() -> None:
    def holds(html: str) -> bool:
        return site.stands(site.judged(site.Visit("https://levain.example/", 200, {}, html), today=TODAY))

    assert holds(GOOD)
    assert holds(GOOD.replace("/nous-joindre", "/pains").replace("2026-10-03", ""))
    assert not holds(GOOD.replace("2026-10-03", "2024-01-01"))
    assert not site.stands(())


class House(BaseHTTPRequestHandler):
    """A site of this machine: what each address answers is written by the test."""

    pages: ClassVar[dict[str, tuple[int, dict[str, str], bytes]]] = {}
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/slow":
            time.sleep(1.5)
        status, headers, body = self.pages.get(self.path, (404, {}, b"nothing here"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        for _ in range(int(headers.get("X-Times", "1"))):
            try:
                self.wfile.write(body)
            except OSError:
                return

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def house(settings: object) -> Iterator[str]:
    House.asked = []
    House.pages = {"/": (200, HTML, GOOD.encode()), "/robots.txt": (200, {"Content-Type": "text/plain"}, b"")}
    server = ThreadingHTTPServer(("127.0.0.1", 0), House)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The visitor may go to this machine, as an administrator can allow; and waits little."""
    client = Http(allow_private=True)
    monkeypatch.setattr(site_visit, "http", lambda: client)
    monkeypatch.setattr(site_visit, "PATIENCE", 0.5)


def seen(house: str, path: str) -> dict[str, str]:
    _url, points = site_visit.look(Http(allow_private=True), house + path, today=TODAY, patience=0.5)
    return {point.key: point.said for point in points if point.state != "yes"}


def test_a_real_visit_reads_the_page_and_the_two_files_beside_it(house: str) -> None:
    assert seen(house, "/") == {"encrypted": site.NOT_ENCRYPTED}
    assert House.asked == ["/", "/robots.txt", "/sitemap.xml"]


def test_the_bad_days_of_a_site_are_results(house: str) -> None:
    House.pages |= {
        "/broken": (500, HTML, b"oops"),
        "/round": (302, {"Location": "/round"}, b""),
        "/paper.pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7"),
        "/heavy": (200, {**HTML, "X-Times": "50"}, b"<p>" + b"x" * 1_000_000),
        "/words": (200, {"Content-Type": "text/html"}, b"no tag here"),
        "/moved": (301, {"Location": "/"}, b""),
    }
    found = {path: seen(house, path) for path in ("/broken", "/round", "/paper.pdf", "/heavy", "/words", "/slow")}

    assert found == {
        "/broken": {"reachable": site.STATUS}, "/round": {"reachable": site.ASTRAY},
        "/paper.pdf": {"reachable": site.NO_PAGE}, "/heavy": {"reachable": site.TOO_MUCH},
        "/words": {"reachable": site.NO_PAGE}, "/slow": {"reachable": site.TOO_MUCH},
    }  # fmt: skip
    assert seen(house, "/moved") == {"encrypted": site.NOT_ENCRYPTED}


def test_nobody_at_the_address_is_a_result_and_the_plain_one_is_tried_when_none_was_chosen(house: str) -> None:
    closed = site_visit.look(Http(allow_private=True), "https://127.0.0.1:9", today=TODAY, patience=0.5)[1]
    port = house.rsplit(":", 1)[1]
    url, points = site_visit.look(Http(allow_private=True), f"127.0.0.1:{port}", today=TODAY, patience=0.5)

    assert [(p.key, p.said) for p in closed] == [("reachable", site.NO_ANSWER)]
    assert url == house + "/"
    assert [p.key for p in points if p.state == "no"] == ["encrypted"]


@pytest.mark.django_db
def test_the_inside_is_never_visited_whatever_the_address_says(
    claire: Member, house: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number, a number in disguise and a name before an at sign lead to the same door: it is closed."""
    monkeypatch.setattr(site_visit, "http", lambda: Http())
    port = house.rsplit(":", 1)[1]
    for address in (house, f"http://localtest.invalid@127.0.0.1:{port}/", f"http://0x7f.1:{port}/", "http://[::1]/"):
        with pytest.raises(Refusal):
            actions.check_site(address, by=claire)
    assert House.asked == []
    assert not SiteCheck.objects.exists()


def test_a_redirection_to_the_inside_is_refused(house: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first hop is public, here by decree; the second is judged for what it is."""
    from ipaddress import ip_address

    from pupitre.connectors import guard

    House.pages["/trap"] = (302, {"Location": "http://127.0.0.2:9/latest/meta-data"}, b"")
    honest = guard.is_public
    monkeypatch.setattr(guard, "is_public", lambda a: a == ip_address("127.0.0.1") or honest(a))

    with pytest.raises(Refusal) as refused:
        site_visit.look(Http(), f"{house}/trap", today=TODAY, patience=0.5)
    assert refused.value.faults[0].text == site_visit.INSIDE
    assert House.asked == ["/trap"]


@pytest.mark.parametrize(
    "typed",
    ["", "levain", "ftp://levain.example", "file:///etc/passwd", "https://levain .example", "http://[::1",
     "https://levain.example:99999999/"],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        site_visit.address_of(typed)
    assert [fault.field for fault in refused.value.faults] == ["url"]


@pytest.mark.django_db
def test_a_site_that_hides_from_searches_is_the_first_recommendation(
    complete: Member, house: str, inside: None
) -> None:
    """The fixture of the article: noindex, hence the base first, and a deduction to recompute."""
    actions.deduce_channels(by=complete)
    before = reads.recommendation(complete.organisation, today=timezone.localdate())
    House.pages["/"] = (200, HTML, GOOD.replace("max-image-preview:none", "noindex").encode())
    check = actions.check_site(house, by=complete)
    after = reads.recommendation(complete.organisation, today=timezone.localdate())

    assert not check.stands
    assert (Plan.objects.get().site, Plan.objects.get().site_url) == ("poor", house + "/")
    assert "site-first" in after.warnings
    assert "site-first" not in before.warnings
    assert (after.base[0].platform, after.base[0].reasons[0].key) == ("blog", "base.site.red")
    assert reads.is_stale(reads.last_deduction(complete.organisation))  # type: ignore[arg-type]
    assert AuditEntry.objects.filter(verb="site_checked").count() == 1


@pytest.mark.django_db
def test_what_was_visited_is_not_described_otherwise(claire: Member, house: str, inside: None) -> None:
    actions.check_site(house, by=claire)
    with pytest.raises(Refusal) as refused:
        actions.save_plan(by=claire, site="ok")
    assert [fault.field for fault in refused.value.faults] == ["site"]
    actions.save_plan(by=claire, site="poor")


@pytest.mark.django_db
def test_the_page_and_the_api_show_the_same_visit(
    client: Client, claire: Member, objective: Objective, house: str, inside: None
) -> None:
    client.force_login(claire.user)
    page = reverse("strategy:site", args=[claire.organisation.slug])
    House.pages["/"] = (200, HTML, GOOD.replace("2026-10-03", f"{timezone.localdate() - timedelta(400)}").encode())

    assert client.post(page, {"url": "levain"}).status_code == 422
    assert client.post(page, {"url": house}).status_code == 302
    shown = client.get(page).content.decode()
    listed = client.get("/api/v1/strategy/site", headers=key_of(claire)).json()
    made = client.post("/api/v1/strategy/site", {"url": house}, "application/json", headers=key_of(claire))

    assert "Le site passe d’abord." in shown
    assert "2 points sont à réparer" in shown
    assert [p["key"] for p in listed[0]["points"] if p["state"] == "no"] == ["encrypted", "fresh"]
    assert (made.status_code, made.json()["stands"]) == (201, False)
    assert "Visites précédentes" in client.get(page).content.decode()


@pytest.mark.django_db
def test_who_does_not_decide_does_not_send_the_house_visiting(karim: Member, house: str, inside: None) -> None:
    with pytest.raises(NotAllowed):
        actions.check_site(house, by=karim)
    assert House.asked == []
