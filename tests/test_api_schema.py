"""The whole API held to its own description: whatever is asked, a documented answer, and never a failure of ours."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from pupitre.channels.models import Channel
from pupitre.config.api import api
from pupitre.core.models import Member
from pupitre.strategy.models import Objective, Voice
from tests.house.furnished import furnish
from tests.house.routes import key_of

EXAMPLES = 8  # for each operation; the whole takes about a minute
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def house(claire: Member, objective: Objective, voice: Voice, channel: Channel) -> Member:
    furnish(claire, objective, voice, channel)
    return claire


@pytest.fixture
def served() -> Iterator[Any]:
    """The product as a server calls it, on this test's own connection: what is asked can be undone."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.slow
def test_every_operation_answers_as_it_says(house: Member, served: Any) -> None:
    """Each example is undone, so that the next finds the same house; failures are told together."""
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema(), default=str)))
    schema.app = served
    key, failures, seen = key_of(house), {}, Counter[int]()

    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
            phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            with transaction.atomic():
                response = case.call(headers=key)
                transaction.set_rollback(True)
            seen[response.status_code] += 1
            case.validate_response(response, checks=CHECKS)

        try:
            ask()
        except Exception as failure:
            failures[operation.label] = str(failure)[:600]

    assert failures == {}
    assert seen.total() > 300
    assert min(seen[status] for status in (200, 201, 404, 422)) > 0, seen
