"""The connectors know no language; their sentences are French on a French page all the same."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from pupitre.connectors.registry import networks
from pupitre.core.models import Member
from pupitre.shell.catalogues import compile_all
from pupitre.strategy.models import Objective


@pytest.mark.parametrize(
    ("language", "label"), [("fr", "Adresse du serveur"), ("en", "Server address")], ids=["french", "english"]
)
def test_a_form_speaks_the_language_of_its_reader(
    client: Client, claire: Member, objective: Objective, language: str, label: str
) -> None:
    claire.user.language = language
    claire.user.save()
    client.force_login(claire.user)

    page = client.get(reverse("channels:connect", args=[claire.organisation.slug, "mastodon"])).content.decode()

    assert label in page


@pytest.mark.parametrize("network", sorted(networks()))
def test_every_field_of_every_network_has_its_french(network: str) -> None:
    assert compile_all() > 0
    fields = [field for field in networks()[network].fields if not networks()[network].hidden]
    said = [text for field in fields for text in (field.label, field.help) if text]

    with override("fr"):
        same = [text for text in said if gettext(text) == text]

    assert [text for text in same if text not in {"Version", "Serveur", "Page", "Instance"}] == []
