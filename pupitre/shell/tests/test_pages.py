"""The pages of the shell: frame, sign-in, errors, and the plate that shows everything."""

import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from pupitre.shell.planche import planche

ROOT = Path(__file__).parent.parent
VENDOR = ROOT / "static" / "shell" / "vendor"
built = pytest.mark.skipif(not VENDOR.exists(), reason="the front-end assets are not built: run make setup")


class Page(HTMLParser):
    """What matters of a page: tags with their attributes, in order, and the ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]

    def ids(self) -> list[str]:
        return [str(attributes["id"]) for _, attributes in self.tags if "id" in attributes]


def frame(**context: object) -> str:
    nav = [
        {"key": "desk", "label": "Pupitre", "url": "/d", "icon": "presentation-chart", "current": True, "phone": True},
        {"key": "conversations", "label": "Conversations", "url": "/c", "icon": "chats", "count": 4, "phone": True},
        {"key": "settings", "label": "Réglages", "url": "/s", "icon": "sliders-horizontal"},
    ]
    user = SimpleNamespace(name="Claire Aubry", theme="dark", density="tight", readable=True, shortcuts=False)
    member = SimpleNamespace(user=user)
    organisation = SimpleNamespace(name="Levain & Fils", posture="watch", timezone="Europe/Paris")
    base = {"title": "Personne n’attend.", "nav": nav, "member": member, "organisation": organisation}
    return render_to_string("shell/base.html", {**base, **context})


@pytest.fixture
def plate(settings: object, rf: RequestFactory) -> str:
    settings.DEBUG = True  # type: ignore[attr-defined]
    with translation.override("fr"):
        return planche(rf.get("/planche")).content.decode()


def test_the_plate_exists_only_in_development(rf: RequestFactory) -> None:
    with pytest.raises(Http404):
        planche(rf.get("/planche"))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_says_its_language_title_and_places(language: str) -> None:
    with translation.override(language):
        html = frame()
    page = Page(html)
    assert page.all("html")[0]["lang"] == language
    assert re.findall(r"<title>([^<]*)", html) == ["Personne n’attend. · Pupitre"]
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("header")) - 1 == 1
    assert page.tags.index(("a", {"class": "skip", "href": "#main"})) < page.tags.index(("nav", page.all("nav")[0]))
    assert [link["href"] for link in page.all("a") if link.get("aria-current") == "page"] == ["/d", "/d"]


def test_comfort_follows_the_person() -> None:
    page = Page(frame())
    html = page.all("html")[0]
    assert (html["data-theme"], html["data-density"], html["data-type"]) == ("dark", "tight", "legible")
    assert page.all("body")[0]["data-shortcuts"] == "off"
    plain = SimpleNamespace(
        user=SimpleNamespace(name="C", theme="system", density="calm", readable=False, shortcuts=True)
    )
    html = Page(frame(member=plain)).all("html")[0]
    assert set(html) == {"lang"}


def test_only_conversations_show_a_count_and_it_is_said() -> None:
    with translation.override("fr"):
        html = frame()
    assert re.findall(r'rail-count">(\d+)<span class="unseen"> ([^<]*)', html) == [("4", "en attente")]


def test_posture_asks_before_it_freezes_without_any_script() -> None:
    with translation.override("fr"):
        html = frame(posture_url="/posture", posture_freezes=9)
    radios = [i for i in Page(html).all("input") if i.get("name") == "posture"]
    assert [(r["value"], "checked" in r) for r in radios[:3]] == [("calm", False), ("watch", True), ("crisis", False)]
    assert "9 publications seront gelées." in html
    assert len(Page(html).ids()) == len(set(Page(html).ids()))


def test_those_who_may_not_change_the_posture_still_see_it() -> None:
    with translation.override("fr"):
        assert re.findall(r'<span class="tag (tag-\w+)">.*?</svg>(\w+)</span>', frame()) == [
            ("tag-attention", "Veille")
        ]


def test_actions_the_page_does_not_offer_are_absent() -> None:
    html = frame()
    assert "posture-ask" not in html
    assert "bar-compose" not in html
    assert 'href="/compose"' in frame(compose_url="/compose")


@pytest.mark.parametrize("code", [400, 403, 404, 409, 500])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_error_pages_say_what_happened_without_knowing_who_is_there(code: int, language: str) -> None:
    with translation.override(language):
        html = render_to_string(f"shell/{code}.html")
    heading = re.findall(r"<h1[^>]*>([^<]+)</h1>", html)
    assert len(heading) == 1
    assert re.findall(r"<title>([^<]*)", html) == [f"{heading[0]} · Pupitre"]
    assert 'class="lead"' in html


def test_error_pages_are_all_different() -> None:
    assert len({render_to_string(f"shell/{code}.html") for code in (400, 403, 404, 409, 500)}) == 5


@pytest.mark.django_db
def test_sign_in_wears_the_house() -> None:
    html = Client().get("/accounts/login/").content.decode()
    page = Page(html)
    assert len(page.all("h1")) == 1
    assert 'class="button button-main"' in html
    labelled = {label.get("for") for label in page.all("label")}
    fields = [i for i in page.all("input") if i.get("type") in ("email", "text", "password")]
    assert len(fields) == 2
    assert {i["id"] for i in fields} <= labelled
    assert "shell/css/tokens.css" in html


@pytest.mark.django_db
def test_a_refused_sign_in_says_so_and_keeps_the_address() -> None:
    answer = Client().post("/accounts/login/", {"login": "claire@levain.example", "password": "rien de tel"})
    html = answer.content.decode()
    assert 'role="alert"' in html
    assert 'value="claire@levain.example"' in html


@pytest.mark.django_db
def test_nobody_signs_up_alone() -> None:
    client = Client(headers={"accept-language": "fr"})
    assert "Les comptes sont ouverts par le chef d’orchestre" in client.get("/accounts/signup/").content.decode()


def test_no_style_or_script_is_written_in_the_page(plate: str) -> None:
    page = Page(plate)
    assert [tag for tag, attributes in page.tags if "style" in attributes] == []
    assert [tag for tag, attributes in page.tags if any(name.startswith("on") for name in attributes)] == []
    assert [s for s in page.all("script") if "src" not in s] == []
    assert page.all("style") == []


def test_the_plate_has_one_title_and_sound_references(plate: str) -> None:
    page = Page(plate)
    ids = page.ids()
    assert len(page.all("h1")) == 1
    assert sorted(ids) == sorted(set(ids))
    wanted = {
        word
        for _, a in page.tags
        for key in ("aria-describedby", "aria-labelledby", "for")
        for word in (a.get(key) or "").split()
    }
    assert wanted - set(ids) == set()


def test_the_plate_asks_nobody_else(plate: str) -> None:
    asked = [str(a.get(key)) for _, a in Page(plate).tags for key in ("src", "href", "action") if a.get(key)]
    assert [url for url in asked if not url.startswith(("/", "#"))] == []


@built
def test_every_icon_and_file_of_the_plate_exists(plate: str) -> None:
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (VENDOR / "icons.svg").read_text()))
    assert set(re.findall(r"icons\.svg#([\w-]+)", plate)) - sprite == set()
    files = {url.split("#")[0].removeprefix("/static/") for url in re.findall(r'(?:src|href)="(/static/[^"]+)"', plate)}
    assert [file for file in sorted(files) if finders.find(file) is None] == []


@built
def test_every_icon_named_in_the_rooms_exists() -> None:
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (VENDOR / "icons.svg").read_text()))
    asked = {
        name + (f"-{weight}" if weight else "")
        for file in ROOT.parent.rglob("templates/**/*.html")
        for name, weight in re.findall(r'{% icon "([\w-]+)"(?: "(\w+)")?', file.read_text())
    }
    asked |= {name for file in ROOT.parent.rglob("*.html") for name in re.findall(r'icon="([\w-]+)"', file.read_text())}
    assert asked - sprite == set()


@built
@pytest.mark.parametrize("name", ["newsreader", "newsreader-italic", "instrument-sans", "atkinson"])
def test_fonts_carry_the_narrow_space_and_aligned_figures(name: str) -> None:
    fonttools = pytest.importorskip("fontTools.ttLib")
    font = fonttools.TTFont(VENDOR / "fonts" / f"{name}.woff2")
    glyph = font.getBestCmap()[0x202F]
    assert font["hmtx"][glyph][0] / font["head"].unitsPerEm == pytest.approx(0.165, abs=0.001)
    assert font["glyf"][glyph].numberOfContours == 0


@built
def test_licences_travel_with_what_they_cover() -> None:
    for file in ("htmx.LICENSE.txt", "icons.LICENSE.txt", "fonts/newsreader.OFL.txt", "fonts/instrument-sans.OFL.txt"):
        assert (VENDOR / file).read_text().strip()


def test_the_lock_names_no_host() -> None:
    lock = (ROOT.parent.parent / "frontend" / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') == lock.count('"node_modules/')


def test_a_request_without_a_member_still_gets_a_page(rf: RequestFactory) -> None:
    request: HttpRequest = rf.get("/")
    assert "<h1" in render_to_string("shell/404.html", {}, request=request)
