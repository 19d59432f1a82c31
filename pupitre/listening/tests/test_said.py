"""What people note by hand: listened to like the rest, once, and in nobody's name."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Refusal
from pupitre.listening import actions
from pupitre.listening.actions import byhand
from pupitre.listening.actions.alerts import note_hour
from pupitre.listening.loudness import story
from pupitre.listening.matching.posts import Post
from pupitre.listening.models import Item, Mention, Source, WatchQuery
from pupitre.listening.watch import matcher

pytestmark = pytest.mark.django_db
TABLE = (
    "Lieu;Texte;Jour;Auteur;Adresse\n"
    "Fiche d’avis;La file du Lévain est longue;12/03/2026;Paul Vial;https://avis.example/1\n"
    "Fiche d’avis;La file du Lévain est longue;12/03/2026;Paul Vial;https://avis.example/1\n"
    "Lettre;Merci pour le pain;demain;;\n"
    "Forum des parents;Le marché ferme tôt;2026-03-13;;\n"
)


def test_words_noted_by_hand_meet_the_queries_once_and_name_nobody(claire: Member) -> None:
    query = actions.save_query(by=claire, name="Nous", text="levain")
    note_hour(claire.organisation_id, now=timezone.now())

    taken = byhand.add_said(by=claire, place="Fiche d’avis", text="Le Lévain, un régal", on=None, author="Paul Vial")

    assert (taken.kept, taken.answers) == (1, 1)
    item = Mention.objects.get(query=query).item
    assert (item.source.kind, item.source.state, item.network) == ("hand", "healthy", "Fiche d’avis")
    assert len(item.author_key) == 64
    assert "Vial" not in str(Item.objects.filter(pk=item.pk).values().get())
    told = story(query, now=timezone.now())
    assert told is not None
    assert sum(hour.count or 0 for hour in told.hours) == 0  # noted when somebody had the time: no rate
    with pytest.raises(Conflict):
        byhand.add_said(by=claire, place="Fiche  d’avis", text="le lévain, un régal", on=None, author="Paul Vial")
    assert Source.objects.filter(kind="hand").count() == 1


def test_what_is_wrong_is_said_field_by_field(claire: Member) -> None:
    with pytest.raises(Refusal) as refused:
        byhand.add_said(by=claire, place=" ", text="", on=None, url="avis.example")
    assert [fault.field for fault in refused.value.faults] == ["place", "text", "url"]
    assert not Source.objects.filter(kind="hand").exists()


def test_a_table_is_shown_before_it_is_taken(claire: Member, client: Client) -> None:
    actions.save_query(by=claire, name="Nous", text="levain")
    slug = claire.organisation.slug
    client.force_login(claire.user)

    seen = client.post(reverse("listening:said_preview", args=[slug]), {"text": TABLE})

    assert "Ligne 4" in seen.content.decode()
    assert not Item.objects.exists()
    client.post(reverse("listening:said_import", args=[slug]), {"text": TABLE})
    assert list(Item.objects.order_by("at").values_list("network", flat=True)) == ["Fiche d’avis", "Forum des parents"]
    assert Mention.objects.count() == 1
    again = byhand.import_said(TABLE, by=claire)
    assert (again.kept, again.known) == (0, 3)


@pytest.mark.parametrize("table", ["", "nom,prix\nPain,3", "lieu,texte\nx,y"])
def test_a_file_that_is_no_such_table_is_refused(claire: Member, table: str) -> None:
    with pytest.raises(Refusal):
        byhand.import_said(table, by=claire)


def test_one_query_paused_and_another_resumed_are_seen_by_every_process(claire: Member) -> None:
    words = ("levain", "cidre", "beurre", "sel")
    bread, wine, butter, salt = (actions.save_query(by=claire, name=word, text=word) for word in words)
    for query, stamp in ((butter, 50), (salt, 90)):  # the newest change is a paused query's
        WatchQuery.objects.filter(pk=query.pk).update(version_stamp=stamp)
    for query in (wine, salt):
        actions.pause_query(query, by=claire)
    post = Post("cidre et levain")
    assert [match.query for match in matcher(claire.organisation_id).match(post)] == [str(bread.pk)]

    actions.pause_query(bread, by=claire)
    actions.pause_query(wine, by=claire, paused=False)

    assert [match.query for match in matcher(claire.organisation_id).match(post)] == [str(wine.pk)]


def test_a_query_on_a_network_finds_in_what_is_held_what_it_hears(claire: Member) -> None:
    text = "levain network:forum"
    query = actions.save_query(by=claire, name="Forum", text=text)
    byhand.add_said(by=claire, place="forum", text="Le levain du samedi", on=None)
    byhand.add_said(by=claire, place="lettre", text="Le levain du samedi", on=None)

    assert [mention.item.network for mention in Mention.objects.filter(query=query)] == ["forum"]
    assert [item.network for item, _ in actions.try_query(claire.organisation, text).found] == ["forum"]
