"""Connecting: the reason first, the network's own word, and nothing lost."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from pupitre.channels import actions
from pupitre.channels.models import Channel, Credential
from pupitre.channels.vault import ChannelVault, seal, unseal
from pupitre.channels.web.views import abilities
from pupitre.core.models import AuditEntry, Member, Organisation
from pupitre.core.rules.refusals import NotAllowed, NotYet, Refusal
from pupitre.strategy.models import Objective

BY_HAND = {"name": "Groupe du quartier", "handle": "groupe-du-quartier", "link": "https://groupe.example/levain"}


def test_no_channel_before_a_reason(claire: Member) -> None:
    with pytest.raises(NotYet) as refusal:
        actions.connect_channel("manual", BY_HAND, by=claire)

    assert [fault.field for fault in refusal.value.faults] == [
        "what_for", "about_what", "just_to_be_there", "wished_change", "target_public", "measure", "baseline",
        "target_value", "due_on",
    ]  # fmt: skip


def test_only_what_is_missing_is_listed(claire: Member, objective: Objective) -> None:
    Objective.objects.filter(pk=objective.pk).update(target=None, presence="être présent")

    with pytest.raises(NotYet) as refusal:
        actions.connect_channel("manual", BY_HAND, by=claire)

    assert [fault.field for fault in refusal.value.faults] == ["just_to_be_there", "target_value"]


def test_a_channel_by_hand_opens_on_day_one(claire: Member, objective: Objective) -> None:
    channel = actions.connect_channel("manual", BY_HAND, by=claire)

    assert (channel.network, channel.state, channel.name) == ("manual", "connected", "Groupe du quartier")
    assert AuditEntry.objects.filter(verb="channel_connected", subject_id=channel.pk).count() == 1


def test_an_editor_does_not_open_channels(karim: Member, objective: Objective) -> None:
    with pytest.raises(NotAllowed):
        actions.connect_channel("manual", BY_HAND, by=karim)


def test_an_unknown_network_is_refused(claire: Member, objective: Objective) -> None:
    with pytest.raises(Refusal):
        actions.connect_channel("nowhere", {}, by=claire)


def test_secrets_are_sealed_and_survive_a_reconnection(claire: Member, channel: Channel) -> None:
    vault = ChannelVault(channel)
    vault.put(token="premier", refresh="long à obtenir")

    vault.put(token="second", refresh="")

    fresh = ChannelVault(channel)
    assert (fresh.get("token"), fresh.get("refresh")) == ("second", "long à obtenir")
    assert all(b"premier" not in bytes(row.sealed) for row in Credential.objects.all())
    assert unseal(seal("clé")) == "clé"
    assert unseal(b"d'une autre installation") is None


def test_a_charter_needs_its_sentences(claire: Member, channel: Channel) -> None:
    with pytest.raises(Refusal) as refusal:
        actions.save_charter(channel, by=claire, purpose="", least_per_week="5", most_per_week="2", longest_silence="0")

    assert [fault.field for fault in refusal.value.faults] == ["purpose", "longest_silence"]


@pytest.mark.parametrize("page", ["list", "choose"])
def test_pages_answer_their_members_only(client: Client, claire: Member, stranger: Member, page: str) -> None:
    url = reverse(f"channels:{page}", args=[claire.organisation.slug])
    client.force_login(claire.user)
    assert client.get(url).status_code == (409 if page == "choose" else 200)

    client.force_login(stranger.user)
    assert client.get(url).status_code == 404


def test_the_whole_way_through_the_pages(client: Client, claire: Member, objective: Objective) -> None:
    client.force_login(claire.user)
    slug = claire.organisation.slug

    refused = client.post(reverse("channels:connect", args=[slug, "manual"]), {"handle": "groupe"})
    opened = client.post(reverse("channels:connect", args=[slug, "manual"]), BY_HAND)
    channel = Channel.objects.get()
    half = client.post(reverse("channels:charter", args=[slug, channel.pk]), {"purpose": "Prévenir", "tone": "simple"})
    kept = client.post(
        reverse("channels:charter", args=[slug, channel.pk]),
        {"purpose": "Prévenir le quartier", "audience": "Les voisins", "tone": "simple", "address": "tu"},
    )
    closed = client.post(reverse("channels:close", args=[slug, channel.pk]), {"reason": "Plus personne n’y vient"})

    assert (refused.status_code, opened.status_code, half.status_code, kept.status_code, closed.status_code) == (
        422, 302, 422, 302, 302
    )  # fmt: skip
    assert "Prévenir" in half.content.decode()
    assert Channel.objects.get().charter.address == "tu"
    assert Channel.objects.get().state == "closed"


def test_what_is_done_by_hand_needs_nobody_s_leave(bakery: Organisation) -> None:
    channel = Channel(organisation=bakery, network="linkedin_member", capabilities=["text"])

    with override("en"):
        found = {(what, path): granted for what, path, granted in abilities(channel)}
    assert {granted for (_what, path), granted in found.items() if path == "by hand"} == {True}
    assert (found["text", "by itself"], found["image", "by itself"]) == (True, False)
