"""The worst days: workers killed in mid-call, a database that restarts or is locked. Nothing lost, none twice."""

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pupitre.connectors.fakes.fake import Fake
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.serving import serving
from pupitre.connectors.fakes.stage import raise_fake
from tests.outbox.house import House, Nursery, nursery, postgresql_house, sqlite_house
from tests.servers.postgres import OwnPostgres

pytestmark = pytest.mark.slow
MODES = ("plain", "keyed", "drops", "late")
KILLS = 10
COUNT = 500


@pytest.fixture(scope="session")
def born(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    with nursery(tmp_path_factory.mktemp("nursery")) as opened:
        yield opened


@pytest.fixture(scope="session")
def prepared_file(born: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outbox")
    House("", folder, born).do("migrate")
    return folder / "pupitre.sqlite3"


@pytest.fixture(scope="session")
def prepared_name(born: Nursery, own_postgres: OwnPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with own_postgres.database() as url:
        House(url, tmp_path_factory.mktemp("outbox"), born).do("migrate")
        yield url.rpartition("/")[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path, born: Nursery) -> Iterator[House]:
    if request.param == "sqlite":
        opened = sqlite_house(tmp_path, request.getfixturevalue("prepared_file"), born)
        yield opened
        opened.stop()
        return
    cluster, template = request.getfixturevalue("own_postgres"), request.getfixturevalue("prepared_name")
    with postgresql_house(tmp_path, cluster, template, born) as opened:
        yield opened
        opened.stop()


@pytest.fixture
def network() -> Iterator[tuple[Fake, str]]:
    """A fake network on loopback, and its address."""
    fake = raise_fake("fake")
    with serving({"fake": fake}) as server:
        yield fake, server.base("fake")


def test_workers_killed_ten_times_lose_nothing_and_publish_nothing_twice(
    house: House, network: tuple[Fake, str]
) -> None:
    fake, address = network
    house.do("seed", accounts=dict.fromkeys(MODES, address), count=COUNT // len(MODES))
    for _ in range(2 if house.url else 1):
        house.worker()

    for kill in range(KILLS):
        house.until(lambda kill=kill: len(fake.public_posts()) > COUNT * (kill + 1) // (KILLS + 2))
        house.kill(house.workers[0])
        house.worker()
    house.until(lambda: set(house.states()) <= {"sent", "asked"})

    assert house.states() == {"sent": COUNT}
    public = Counter(message.text for message in fake.public_posts())
    assert public == Counter(f"{mode} {number}" for mode in MODES for number in range(COUNT // len(MODES)))
    interrupted = house.rows("SELECT count(*) FROM publishing_attempt WHERE kind = 'send' AND ended_at IS NULL")
    assert interrupted[0][0] > 0, "no kill fell in the middle of a call: the test proved nothing"


def test_a_restarted_postgresql_loses_nothing_and_its_workers_come_back(
    born: Nursery, own_postgres: OwnPostgres, prepared_name: str, tmp_path: Path, network: tuple[Fake, str]
) -> None:
    fake, address = network
    with postgresql_house(tmp_path, own_postgres, prepared_name, born) as house:
        house.do("seed", accounts={"plain": address, "drops": address}, count=100)
        workers = [house.worker(), house.worker()]
        for crash, reached in ((True, 40), (False, 110)):
            house.until(lambda reached=reached: len(fake.public_posts()) > reached)
            own_postgres.restart(crash=crash)
        house.until(lambda: house.states() == {"sent": 200})
        assert all(house.alive(worker) for worker in workers)
        house.stop()
    assert Counter(message.text for message in fake.public_posts()) == Counter(
        f"{mode} {number}" for mode in ("plain", "drops") for number in range(100)
    )


def test_a_sqlite_file_locked_for_eight_seconds_loses_nothing(
    born: Nursery, prepared_file: Path, tmp_path: Path, network: tuple[Fake, str]
) -> None:
    fake, address = network
    house = sqlite_house(tmp_path, prepared_file, born)
    house.do("seed", accounts={"plain": address}, count=200)
    worker = house.worker()
    house.until(lambda: len(fake.public_posts()) > 20)
    with closing(sqlite3.connect(tmp_path / "pupitre.sqlite3", timeout=30, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        time.sleep(8)
        other.execute("ROLLBACK")
    house.until(lambda: house.states() == {"sent": 200})
    assert house.alive(worker)
    house.stop()
    assert Counter(message.text for message in fake.public_posts()) == Counter(f"plain {n}" for n in range(200))


def test_a_network_that_answers_slowly_delays_no_other_account(
    born: Nursery, prepared_file: Path, tmp_path: Path, network: tuple[Fake, str]
) -> None:
    fake, address = network
    slow = raise_fake("fake")
    slow.fail(Effect.SLOW, times=-1, seconds=12)
    house = sqlite_house(tmp_path, prepared_file, born)
    with serving({"slow": slow}) as server:
        house.do("seed", accounts={"plain": server.base("slow"), "keyed": address}, count=40)
        house.worker()
        house.until(lambda: len(slow.public_posts()) >= 1)
        house.until(lambda: len(fake.public_posts()) == 40)
        assert len(slow.public_posts()) < 40, "the other account had to wait for the slow one"
        house.stop()
