"""Take the pictures of the documentation from a running demonstration: `make shots`.

`python -m tests.shots --url http://127.0.0.1:8000 --data data/demo` signs in as a person would and photographs pages.
"""

import argparse
import io
import json
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.servers.browser import chromium

ROOT = Path(__file__).parent.parent
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
LIMIT = 300_000  # bytes a picture
PAGES = {
    "desk": "",
    "conversations": "conversations/",
    "score": "score/",
    "composer": "compose/",
    "strategy": "strategy/",
    "mirror": "mirror/",
    "measures": "measures/",
    "library": "library/",
    "channels": "settings/channels/",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--data", type=Path, default=ROOT / "data" / "demo")
    parser.add_argument("--into", type=Path, default=ROOT / "docs" / "pictures")
    given = parser.parse_args()
    password = json.loads((given.data / "demo.json").read_text("utf-8"))["password"]
    given.into.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for language in ("fr", "en"):
            page = signed_in(browser, given.url, password, size=WIDE)
            speak(page, language)
            for name, place in pages(page):
                take(page, place, given.into / f"{name}.{language}.png")
            page.context.close()
        small = signed_in(browser, given.url, password, size=PHONE)
        speak(small, "fr")
        take(small, home(small), given.into / "desk-phone.fr.png")
        small.context.close()
        dark = signed_in(browser, given.url, password, size=WIDE, scheme="dark")
        take(dark, home(dark), given.into / "desk-dark.fr.png")
        dark.context.close()
    return 0


def signed_in(browser: Browser, url: str, password: str, *, size: dict[str, int], scheme: str = "light") -> Page:
    """A page of the bakery's conductor, on her desk."""
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url)
    page.fill('input[name="login"]', "claire@levain.example")
    page.fill('input[name="password"]', password)
    page.click('main form button[type="submit"]')
    page.wait_for_url("**/o/**")
    return page


def home(page: Page) -> str:
    """The address of the organisation's desk."""
    front, _, rest = page.url.partition("/o/")
    return f"{front}/o/{rest.split('/')[0]}/"


def speak(page: Page, language: str) -> None:
    """Choose the language of the pages, in her account."""
    here = home(page)
    page.goto(f"{here}settings/account/")
    field = page.locator('select[name="language"]')
    if field.count():
        field.select_option(language)
    else:
        page.locator(f'input[name="language"][value="{language}"]').check(force=True)
    page.locator('form:has([name="language"]) button[type="submit"]').first.click()
    page.wait_for_load_state("networkidle")
    page.goto(here)


def pages(page: Page) -> list[tuple[str, str]]:
    """Each picture's name and address, and the most pressing conversation and first objective besides."""
    here = home(page)
    found = [(name, here + place) for name, place in PAGES.items()]
    for name, place in (("thread", "conversations/"), ("objective", "measures/")):
        page.goto(here + place)
        first = page.locator(f'main a[href*="/{place}"]').evaluate_all(
            "links => links.map(link => link.href).find(href => /\\/\\d+\\/$/.test(href)) || ''"
        )
        if first:
            found.append((name, first))
    return found


def take(page: Page, place: str, into: Path) -> None:
    """One picture under the limit, or none where the page does not answer: that is said."""
    answer = page.goto(place)
    page.wait_for_load_state("networkidle")
    if answer is None or not answer.ok:
        print(f"{into.name:28} {answer.status if answer else 'no answer'}: not taken")
        return
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(200, dither=Image.Dither.NONE)
    picture.save(into, "PNG", optimize=True)
    size = into.stat().st_size
    print(f"{into.name:28} {size // 1000} kB")
    if size > LIMIT:
        raise SystemExit(f"{into.name} is over {LIMIT // 1000} kB")


if __name__ == "__main__":
    raise SystemExit(main())
