"""One person in front of the product: she reads, fills forms by their names, presses, and nothing goes wrong."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.servers.browser import Trouble, axe, watched

PATIENCE = 20_000  # milliseconds
SHOTS = os.environ.get("PUPITRE_SHOTS", "")


@dataclass
class Visitor:
    """`at` is the site's address; `language` what she reads."""

    page: Page
    at: str
    language: str
    trouble: Trouble = field(init=False)
    barriers: list[str] = field(default_factory=list)
    """What axe-core refused on the way, page by page; a test asserts at its end that there is none."""

    def __post_init__(self) -> None:
        self.trouble = watched(self.page)
        self.page.set_default_timeout(PATIENCE)

    def go(self, path: str) -> int:
        """Open an address of the site; the status it answers."""
        answer = self.page.goto(f"{self.at}{path}")
        assert answer is not None
        return answer.status

    @property
    def wrongs(self) -> list[str]:
        """All that went wrong on the way; a refusal that the browser notes (409, 422) is the product's own word."""
        noted = [said for said in self.trouble.all if "status of 409" not in said and "status of 422" not in said]
        return self.barriers + noted

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.at)

    @property
    def title(self) -> str:
        """The sentence that says the state, and that there is one."""
        headings = self.page.locator("h1")
        assert headings.count() == 1, self.page.url
        return plain(headings.inner_text())

    @property
    def words(self) -> str:
        return plain(self.page.locator("body").inner_text())

    def main(self, selector: str) -> Locator:
        return self.page.locator(f"main {selector}")

    def type(self, *, within: str = "main", **fields: object) -> None:
        """Fill fields by name; `__` stands for a dash. Choices are chosen, ticks ticked, files given."""
        for name, value in fields.items():
            control = self.page.locator(f"{within} [name='{name.replace('__', '-')}']").first
            kind = control.get_attribute("type") or control.evaluate("e => e.tagName.toLowerCase()")
            if kind in {"radio", "checkbox"}:
                named = name.replace("__", "-")
                self.page.locator(f"{within} [name='{named}'][value='{value}']").check(force=True)
            elif kind == "select":
                control.select_option(str(value))
            elif kind == "file":
                control.set_input_files(str(value))
            else:
                control.fill(str(value))

    def press(self, selector: str) -> None:
        """Press what leads to another page."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def send(self, form: str = "main form") -> None:
        """Press the main button of this form."""
        self.press(f"{form} .button-main")

    def look(self, name: str) -> None:
        """The page as it stands is sound: one title, its language, no accessibility fault; a picture if asked for."""
        assert self.page.locator("html").get_attribute("lang") == self.language
        assert self.title
        if SHOTS:
            Path(SHOTS).mkdir(exist_ok=True)
            self.page.screenshot(path=f"{SHOTS}/{name}-{self.language}.png", full_page=True)
        self.barriers += [f"{name}: {fault}" for fault in axe(self.page)]


def plain(text: str) -> str:
    """Without the typographic spaces and apostrophes, so that a test reads as it is typed."""
    return " ".join(text.replace("\u202f", " ").replace("\xa0", " ").replace("’", "'").split())
