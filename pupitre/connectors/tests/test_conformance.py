"""Every network x every capability that its manifest claims by a machine, against its fake."""

from collections.abc import Iterator

import pytest

from pupitre.connectors.contract import Capability, Path
from pupitre.connectors.fakes.conformance import CHECKS
from pupitre.connectors.fakes.stage import FakeStage, raise_fake
from pupitre.connectors.registry import networks

CLAIMS = [
    (key, capability)
    for key, manifest in networks().items()
    for capability, path in manifest.paths.items()
    if path not in {Path.BY_HAND, Path.NONE}
]


@pytest.fixture
def stage(request: pytest.FixtureRequest) -> Iterator[FakeStage]:
    fake = raise_fake(request.param)
    yield FakeStage(fake)
    assert fake.violations == []


@pytest.mark.parametrize(("stage", "capability"), CLAIMS, indirect=["stage"])
def test_a_network_keeps_what_its_manifest_claims(stage: FakeStage, capability: Capability) -> None:
    CHECKS[capability](stage)


@pytest.mark.parametrize("stage", sorted({key for key, _capability in CLAIMS}), indirect=True)
def test_we_are_told_who_is_connected(stage: FakeStage) -> None:
    account = stage.connector.identify()
    assert account.remote_id
    assert account.handle
    assert account.capabilities <= set(stage.connector.manifest.paths)
    assert account.name == stage.fake.account().name


def test_every_capability_has_its_check() -> None:
    assert set(CHECKS) == set(Capability)
