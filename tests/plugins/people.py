"""Named people, the same in every test: Claire conducts, Karim writes, Lucie answers, Paul is a stranger."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from pupitre.channels.models import Channel, Charter
from pupitre.core.actions import set_up
from pupitre.core.models import Member, Organisation, User
from pupitre.strategy.models import Objective, Voice

FAR = 1_000_003  # an id that no test reaches by counting


@pytest.fixture(autouse=True)
def in_paris() -> Iterator[None]:
    """A test reads days as the people of its organisations do, whatever the hour it runs at."""
    with timezone.override("Europe/Paris"):
        yield


@pytest.fixture
def claire(db: None) -> Member:
    """Conductor and owner of the bakery."""
    return set_up(
        name="Boulangerie Levain & Fils", email="claire@levain.example", password="quatre mots pour ouvrir",
        person="Claire Aubry",
    )  # fmt: skip


@pytest.fixture
def bakery(claire: Member) -> Organisation:
    return claire.organisation


def _member(organisation: Organisation, name: str, role: str, **keys: int) -> Member:
    email = f"{name.split()[0].lower()}@{organisation.slug}.example"
    user = User.objects.create_user(email, "quatre mots pour ouvrir", name=name, **keys)
    return Member.objects.create(organisation=organisation, user=user, role=role, hours_per_week=2, **keys)


@pytest.fixture
def karim(bakery: Organisation) -> Member:
    """Editor."""
    return _member(bakery, "Karim Benali", "editor")


@pytest.fixture
def lucie(bakery: Organisation) -> Member:
    """Responder."""
    return _member(bakery, "Lucie Morel", "responder")


@pytest.fixture
def stranger(db: None) -> Member:
    """Conductor of another organisation: must never see anything of the bakery, and shares no id with it."""
    organisation = Organisation.objects.create(id=FAR, slug="valserein", name="Ville de Valserein", kind="public_body")
    member = _member(organisation, "Paul Roche", "owner", id=FAR)
    member.conductor = True
    member.save()
    return member


@pytest.fixture
def objective(bakery: Organisation) -> Objective:
    """A complete one."""
    return Objective.objects.create(
        organisation=bakery,
        reason="Les familles passent en grande surface parce qu’elles ne savent pas ce qu’il nous reste à 18 h.",
        subject="De ce qui sort du four, à quelle heure, et comment c’est fait.",
        presence="Nos habitués demandent au téléphone s’il reste du pain : dix appels par soir.",
        change="Faire passer les commandes du vendredi soir de 126 à 145 par semaine",
        audience="Les familles qui habitent à moins de trois kilomètres de la boutique",
        measure="Commandes du vendredi comptées à la caisse",
        unit="par semaine",
        source="la caisse",
        baseline=Decimal(126),
        target=Decimal(145),
        due_on=timezone.localdate() + timedelta(days=160),
    )


@pytest.fixture
def voice(bakery: Organisation, objective: Objective) -> Voice:
    voice = Voice.objects.create(organisation=bakery, kind="organisation", name="La boulangerie")
    voice.objectives.add(objective)
    return voice


@pytest.fixture
def channel(bakery: Organisation) -> Channel:
    """An account on the fake network, with its charter; nothing answers behind it unless the test says so."""
    channel = Channel.objects.create(
        organisation=bakery, network="fake", remote_id="levain", handle="@levain", name="Levain sur Fake"
    )
    Charter.objects.create(
        channel=channel, purpose="Dire ce qui sort du four", audience="Les familles du quartier", tone="simple"
    )
    return channel
