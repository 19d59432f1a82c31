"""Three equal doors: what a page can do, the API can, and the command line follows the API."""

import re
from collections import Counter
from collections.abc import Iterator

from ninja import Schema

from pupitre.config.operations import operations as command_line
from tests.house.routes import operations, places

# Pages that act on the screen only, or are one of several forms of an operation named otherwise; each with its reason.
ONLY_PAGES = {
    "channels:begin": "sends a person's browser to sign in on the network; the API takes the key that it gives",
    "channels:begin_again": "the same for a reconnection",
    "conversations:advice": "a preview: nothing is kept",
    "conversations:typing": "a browser says that its person writes: nothing is kept",
}
# Pages whose operation has another name, because an API names things and a page names places.
NAMED_OTHERWISE = {
    "strategy:voice_retire": "voices.retire",
    "strategy:remove_public": "publics.remove",
    "strategy:override": "deduction.override",
    "strategy:floor_take_back": "floors.take_back",
}


def written_pages() -> set[str]:
    """Pages that take forms only."""
    return {place.name for place in places() if "POST" in methods(place.view)}


def methods(view: object) -> tuple[str, ...]:
    """What `require_http_methods` wrote into its closure, through every decorator."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            if isinstance(cell.cell_contents, list) and cell.cell_contents == ["POST"]:
                return ("POST",)
        view = getattr(view, "__wrapped__", None)
    return ()


def test_what_a_page_does_the_api_does() -> None:
    known = {operation.name for operation in operations()}
    wanted = {name: NAMED_OTHERWISE.get(name, name.replace(":", ".")) for name in written_pages() - set(ONLY_PAGES)}

    assert len(wanted) > 30
    assert (
        sorted(f"{page}: no operation {operation}" for page, operation in wanted.items() if operation not in known)
        == []
    )


def test_the_exceptions_are_pages_that_exist() -> None:
    assert sorted((set(ONLY_PAGES) | set(NAMED_OTHERWISE)) - {place.name for place in places()}) == []


def test_each_operation_has_one_name_of_its_room() -> None:
    names = [operation.name for operation in operations()]

    assert sorted(name for name in names if names.count(name) > 1) == []
    assert [name for name in names if not re.fullmatch(r"[a-z_]+\.[a-z_]+", name)] == []


def test_each_schema_has_one_name() -> None:
    """Two shapes of one name would be described by either, at random."""
    shapes = [shape for shape in every(Schema) if shape.__module__.startswith("pupitre.")]

    assert len(shapes) > 60
    assert {name for name, times in Counter(shape.__name__ for shape in shapes).items() if times > 1} == set()


def every(kind: type[Schema]) -> Iterator[type[Schema]]:
    for shape in kind.__subclasses__():
        yield shape
        yield from every(shape)


def test_the_command_line_follows_the_api() -> None:
    """Each operation can be called by its name, and takes what its address asks for."""
    commands = command_line()

    assert sorted(commands) == sorted(operation.name for operation in operations())
    assert [one.name for one in operations() if not set(one.asks) <= set(commands[one.name].places)] == []
