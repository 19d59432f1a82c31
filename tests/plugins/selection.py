"""A second run on another database repeats what touches the database, not what cannot know which one it is.

What reads rows only to show them is marked `any_database`: addresses, words and weights of pages are the same on each.
Tests that open both databases by themselves did so in the first run; browsers saw every page there, and play the main
job again here.
"""

import os

import pytest

TOUCHES = {"db", "transactional_db", "django_db_setup", "live_server"}
BROWSERS = {"page", "plain_page", "browser"}
MAIN_JOB = "tests/journeys/test_main_job.py"


def repeated(item: pytest.Item) -> bool:
    """Whether this test says something new on another database."""
    if item.get_closest_marker("any_database"):
        return False
    names = set(getattr(item, "fixturenames", ()))
    if names & BROWSERS:
        return item.path.relative_to(item.config.rootpath).as_posix() == MAIN_JOB
    return bool(names & TOUCHES) or item.get_closest_marker("django_db") is not None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With PUPITRE_TESTS_DATABASE_ONLY=1, leave out the tests that no database can change."""
    if os.environ.get("PUPITRE_TESTS_DATABASE_ONLY") != "1":
        return
    kept = [item for item in items if repeated(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept
