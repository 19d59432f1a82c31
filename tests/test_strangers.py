"""A member of one organisation learns nothing of another: every page and every operation, by enumeration."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar
from zipfile import ZipFile

import pytest
from django.db import transaction
from django.test import Client

from pupitre.channels.models import Channel
from pupitre.core.models import Member, Organisation
from pupitre.strategy.models import Objective, Voice
from tests.house.furnished import furnish
from tests.house.routes import Operation, Place, call, ids, key_of, operations, places

pytestmark = pytest.mark.django_db
T = TypeVar("T")
NET = "manual"
NOWHERE = {(404, 404), (405, 404), (404, 405)}  # what a page answers to a visit and to a form


@pytest.fixture
def house(claire: Member, objective: Objective, voice: Voice, channel: Channel) -> Organisation:
    return furnish(claire, objective, voice, channel)


@pytest.fixture
def known(house: Organisation, stranger: Member) -> list[int]:
    """Every id that the bakery has and the stranger's house has not."""
    theirs = {pk for keys in ids(house.pk).values() for pk in keys}
    return sorted(theirs - {stranger.pk, stranger.user.pk, stranger.organisation.pk})


def test_the_house_is_furnished_with_every_kind_of_thing(house: Organisation) -> None:
    empty = sorted(model.__name__ for model, keys in ids(house.pk).items() if not keys)

    assert empty == ["Heartbeat"]


def test_every_page_goes_through_the_door() -> None:
    assert len(places()) > 60
    assert [place.name for place in places() if not getattr(place.view, "member_view", False)] == []


@pytest.mark.any_database
def test_pages_show_a_stranger_nothing(house: Organisation, claire: Member, stranger: Member, known: list[int]) -> None:
    """Each address is first shown to be something for the house itself: the refusal is not the emptiness of a page."""
    hers, his = Client(), Client()
    hers.force_login(claire.user)
    his.force_login(stranger.user)
    empty, leaks = [], []
    for place in places():
        pk = first(known, lambda pk, at=place: undone(lambda: there(hers, at.address(house.slug, pk=pk, network=NET))))
        if pk is None:
            empty.append(place.name)
            continue
        addresses = [place.address(house.slug, pk=pk, network=NET)]
        if "pk" in place.asks:
            addresses.append(place.address(stranger.organisation.slug, pk=pk, network=NET))
        leaks += [address for address in addresses if seen_by(his, address) not in NOWHERE]

    assert empty == []
    assert leaks == []


@pytest.mark.any_database
def test_pages_send_who_is_not_signed_in_to_the_door(house: Organisation) -> None:
    open_pages = []
    for place in places():
        address, visitor = place.address(house.slug, pk=1, network=NET), Client()
        shown, done = visitor.get(address), visitor.post(address)
        if shown.status_code not in {302, 405} or "/accounts/login/" not in done.headers.get("Location", ""):
            open_pages.append(place.name)

    assert open_pages == []


def there(client: Client, address: str) -> bool:
    """Whether a page is something for this person, visited or filled."""
    return bool(set(seen_by(client, address)) - {404, 405})


def seen_by(client: Client, address: str) -> tuple[int, int]:
    return client.get(address).status_code, client.post(address).status_code


def first(known: list[int], fits: Callable[[int], bool]) -> int | None:
    """The first id that fits. It goes to the front: addresses that follow each other are about the same thing."""
    found = next((pk for pk in known if fits(pk)), None)
    if found is not None:
        known.remove(found)
        known.insert(0, found)
    return found


def undone(act: Callable[[], T]) -> T:
    """What this gives, and nothing of what it does."""
    with transaction.atomic():
        given = act()
        transaction.set_rollback(True)
    return given


@pytest.mark.any_database
def test_operations_ask_for_a_key(db: None) -> None:
    open_doors = [
        operation.name
        for operation in operations()
        for key in ({}, {"authorization": "Bearer pup_nothing"})
        if call(operation, 1, key).status_code != 401
    ]

    assert len(operations()) > 60
    assert open_doors == []


@pytest.mark.any_database
def test_operations_tell_a_stranger_nothing(
    claire: Member, house: Organisation, stranger: Member, known: list[int], channel: Channel, voice: Voice
) -> None:
    theirs, ours = key_of(stranger), key_of(claire)
    named = {"channel_id": channel.pk, "to_id": claire.pk, "voice": voice.pk, "responsible": claire.pk}
    empty, leaks = [], []
    for operation in operations():
        if not operation.asks:
            continue
        others = {} if operation.asks == ("channel_id",) else named
        pk = first(known, lambda pk, one=operation, ids=others: undone(lambda: status(one, pk, ours, ids)) != 404)
        if pk is None:
            empty.append(operation.name)
        elif (seen := status(operation, pk, theirs, others)) != 404:
            leaks.append(f"{operation.name}: {seen}")

    assert empty == []
    assert leaks == []


def status(operation: Operation, pk: int, headers: dict[str, str], others: dict[str, int]) -> int:
    return call(operation, pk, headers, others).status_code


def test_lists_hold_only_one_s_own(claire: Member, house: Organisation, stranger: Member) -> None:
    """What the API lists for a stranger is what an empty house has: nothing of the bakery's."""
    key = key_of(stranger)
    shown = {
        operation.name: words(call(operation, 0, key))
        for operation in operations()
        if operation.method == "get" and not operation.asks
    }

    assert [name for name, text in shown.items() if "Levain" in text or "Claire" in text or "Gazette" in text] == []


def words(answer: Any) -> str:
    """What an answer says; of an archive, what its files say."""
    if not answer.streaming:
        return str(answer.content.decode())
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def place_named(name: str) -> Place:
    return next(place for place in places() if place.name == name)


def test_another_s_image_is_not_served(house: Organisation, stranger: Member, known: list[int]) -> None:
    his = Client()
    his.force_login(stranger.user)
    file = place_named("library:file")

    assert {his.get(file.address(slug, pk=pk)).status_code for pk in known for slug in (house.slug, "valserein")} == {
        404
    }
