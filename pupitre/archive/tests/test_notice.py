"""A network is silent: the word goes to places of other owners, as a draft."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.archive import actions
from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict
from pupitre.publishing.models import Delivery


def opened(member: Member, network: str, **more: object) -> Channel:
    return Channel.objects.create(
        organisation=member.organisation, network=network, remote_id=network, handle=network, name=network, **more
    )


def test_a_word_is_drafted_for_who_still_answers_and_does_not_fall_with_it(claire: Member) -> None:
    silent = opened(claire, "instagram", outage_since=timezone.now())
    with pytest.raises(Conflict):
        actions.draft_notice(silent, by=claire)  # nobody else can speak
    opened(claire, "facebook")  # the same owner
    opened(claire, "mailbox")  # only answers
    opened(claire, "bluesky", outage_since=timezone.now())
    site, mastodon = opened(claire, "wordpress"), opened(claire, "mastodon")
    with pytest.raises(Conflict):
        actions.draft_notice(site, by=claire)  # it answers

    browser = Client()
    browser.force_login(claire.user)
    slug = claire.organisation.slug
    place = reverse("archive:notice", args=[slug, silent.pk])
    assert place in browser.get(reverse("publishing:outbox", args=[slug])).content.decode()
    assert browser.post(place).status_code == 302
    texts = list(claire.organisation.posts.get().variants.order_by("channel_id"))
    assert [(one.channel, one.approved_at, one.due_at) for one in texts] == [(site, None, None), (mastodon, None, None)]
    assert texts[0].text.startswith("Instagram est en panne en ce moment.")
    assert not Delivery.objects.exists()
