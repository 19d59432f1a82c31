"""Agreeing: levels, proof of reading, clients without an account, the emergency lane."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.actions import update_member
from pupitre.core.models import AuditEntry, Member, Organisation, Task, User
from pupitre.core.rules.refusals import Conflict, NotAllowed, NotFound, Refusal
from pupitre.editorial import actions
from pupitre.editorial.actions import approve
from pupitre.editorial.actions.reminding import remind
from pupitre.editorial.agreeing_queries import content, guest_of, link_of, reviews
from pupitre.editorial.models import ApprovalLevel, Guest, Review, Variant, Version
from pupitre.editorial.queries import in_full
from pupitre.editorial.tests.conftest import Write
from pupitre.library.actions import describe
from pupitre.library.models import Media
from pupitre.publishing.models import Delivery
from pupitre.strategy.models import Voice


@pytest.fixture
def jeanne(bakery: Organisation) -> Member:
    """A second conductor."""
    user = User.objects.create_user("jeanne@levain.example", "quatre mots pour ouvrir", name="Jeanne Levain")
    return Member.objects.create(organisation=bakery, user=user, role="conductor")


def only(post: object) -> Variant:
    return Variant.objects.select_related("delivery", "post__organisation", "channel").get(post=post)


def digest(variant: Variant) -> str:
    full = in_full(variant.organisation, variant.post_id)
    assert full is not None
    return content(full.variants.get(), full)


@pytest.fixture
def solene(write: Write, claire: Member) -> Guest:
    """A client invited to one post whose approval was asked, on a channel that wants a client."""
    actions.set_level("guest", by=claire)
    post = write()
    actions.ask_approval(post, by=claire)
    return actions.invite(post, by=claire, name="Solène Marchand", days=7)


def test_a_writer_lets_it_leave_where_nobody_else_must_agree(
    write: Write, claire: Member, karim: Member, channel: Channel
) -> None:
    actions.set_level("none", by=claire, channel=channel)
    variant = approve(only(write()), by=karim)
    assert (variant.delivery is not None, variant.approved_by) == (True, karim)


def test_what_a_machine_wrote_never_leaves_unread(write: Write, claire: Member, karim: Member) -> None:
    actions.set_level("none", by=claire)
    post = write()
    Variant.objects.update(generated=True)
    with pytest.raises(NotAllowed):
        approve(only(post), by=karim)
    assert approve(only(post), by=claire).delivery is not None
    assert Review.objects.filter(verdict="agreed", version__generated=True, member=claire).count() == 1


def test_two_people_are_two_people(write: Write, claire: Member, jeanne: Member, voice: Voice) -> None:
    actions.set_level("two", by=claire, voice=voice)
    post = write()
    for _ in range(2):
        assert approve(only(post), by=claire, revision=1).delivery is None
    assert Task.objects.filter(subject=f"approve:{post.pk}", done_at=None).count() == 1
    done = approve(only(post), by=jeanne, revision=1)
    assert (done.delivery is not None, done.approved_by) == (True, jeanne)
    assert Task.objects.filter(done_at=None).count() == 0


def test_an_agreement_does_not_outlive_the_text_nor_its_author_s_role(
    write: Write, claire: Member, jeanne: Member
) -> None:
    actions.set_level("two", by=claire)
    post = write("Le pain de seigle.")
    approve(only(post), by=jeanne)
    actions.set_variant(post, only(post).channel, by=claire, text="Le pain d’orge.", due_at=only(post).due_at)
    assert approve(only(post), by=claire).delivery is None
    approve(only(post), by=jeanne)
    assert only(post).delivery is not None
    other = write("Une autre fournée, celle du soir.")
    approve(only(other), by=jeanne)
    update_member(jeanne, by=claire, role="reader")
    assert approve(only(other), by=claire).delivery is None


def test_other_words_under_the_image_are_another_content(
    write: Write, claire: Member, jeanne: Member, media: Media
) -> None:
    actions.set_level("two", by=claire)
    post = write(media_ids=(media.pk,))
    approve(only(post), by=jeanne)
    describe(media, by=claire, alt="Un four fermé.")
    assert approve(only(post), by=claire).delivery is None
    assert sorted(Version.objects.values_list("number", "media")) == [
        (1, [[media.digest, "Un four ouvert, des pains dorés."]]), (2, [[media.digest, "Un four fermé."]]),
    ]  # fmt: skip


def test_who_read_which_version_and_when_is_kept_once(write: Write, claire: Member, karim: Member) -> None:
    post = write()
    before = timezone.now()
    for _ in range(2):
        full = in_full(post.organisation, post.pk)
        assert full is not None
        actions.note_reading(full, full.variants.all(), said=reviews(post), by=karim)
    (kept,) = Review.objects.all()
    assert (kept.name, kept.verdict, kept.version.text, kept.at >= before) == (
        "Karim Benali", "read", "La fournée de seize heures sort du four.", True,
    )  # fmt: skip
    actions.set_variant(post, only(post).channel, by=claire, text="Autre.", due_at=None)
    assert Review.objects.get().version.text == "La fournée de seize heures sort du four."


def test_a_change_that_was_asked_holds_the_text_until_it_changes(write: Write, claire: Member, karim: Member) -> None:
    post = write()
    actions.ask_change(only(post), "L’heure est fausse.", by=karim)
    with pytest.raises(Conflict) as refused:
        approve(only(post), by=claire)
    assert [fault.params for fault in refused.value.faults] == [
        {"name": "Karim Benali", "words": "L’heure est fausse."}
    ]
    actions.set_variant(post, only(post).channel, by=karim, text="À dix-sept heures.", due_at=only(post).due_at)
    assert approve(only(post), by=claire).delivery is not None


def test_a_remark_stands_on_its_passage_and_is_settled(write: Write, claire: Member, karim: Member) -> None:
    post = write("La boutique ferme à midi.")
    kept = actions.remark(only(post), "Plutôt treize heures ?", by=karim, about="à  midi")
    assert (kept.version.text[kept.start : kept.end], kept.settled_at) == ("à midi", None)
    assert actions.settle_remark(kept, by=claire).settled_at is not None
    with pytest.raises(Refusal):
        actions.remark(only(post), "Où ?", by=karim, about="à minuit")
    with pytest.raises(Refusal):
        actions.remark(only(post), "  ", by=karim)


def test_a_client_and_one_of_us_in_either_order(solene: Guest, claire: Member) -> None:
    variant = only(solene.post)
    _, promised = actions.guest_agrees(solene, variant, digest=digest(variant))
    assert (promised, only(solene.post).delivery) == (False, None)
    done = approve(only(solene.post), by=claire)
    assert (done.delivery is not None, done.approved_by) == (True, claire)


def test_the_client_s_agreement_promises_in_the_name_of_who_answers_for_it(solene: Guest, claire: Member) -> None:
    assert approve(only(solene.post), by=claire).delivery is None
    variant = only(solene.post)
    _, promised = actions.guest_agrees(solene, variant, digest=digest(variant))
    variant = only(solene.post)
    assert (promised, variant.delivery.promised_by, variant.delivery.text) == (True, claire, variant.text)
    assert list(Review.objects.filter(verdict="agreed").values_list("name", flat=True).order_by("id")) == [
        "Claire Aubry", "Solène Marchand",
    ]  # fmt: skip


def test_a_client_agrees_only_to_what_was_shown(solene: Guest, claire: Member, channel: Channel) -> None:
    shown = digest(only(solene.post))
    actions.set_variant(solene.post, channel, by=claire, text="Réécrit entre-temps.", due_at=only(solene.post).due_at)
    with pytest.raises(Conflict):
        actions.guest_agrees(solene, only(solene.post), digest=shown)
    assert (Review.objects.filter(verdict="agreed").count(), Delivery.objects.count()) == (0, 0)


def test_an_agreement_that_comes_too_late_is_kept_and_told(solene: Guest, claire: Member) -> None:
    approve(only(solene.post), by=claire)
    Variant.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    variant = only(solene.post)
    review, promised = actions.guest_agrees(solene, variant, digest=digest(variant))
    assert (promised, review.pk is not None, Delivery.objects.count()) == (False, True, 0)
    assert Task.objects.filter(subject=f"guest-stopped:{variant.pk}", done_at=None).count() == 1


def test_a_client_s_change_is_a_task_and_holds_the_text(solene: Guest, claire: Member) -> None:
    variant = only(solene.post)
    actions.guest_asks_change(solene, variant, "Le logo est l’ancien.", digest=digest(variant))
    assert Task.objects.get(subject=f"guest-change:{variant.pk}").params["name"] == "Solène Marchand"
    with pytest.raises(Conflict):
        approve(variant, by=claire)


@pytest.mark.parametrize("change", ["expired", "revoked", "dropped", "forged"])
def test_a_link_that_should_not_open_does_not(solene: Guest, claire: Member, change: str) -> None:
    link, now = link_of(solene), timezone.now()
    assert guest_of(link, now=now) == solene
    match change:
        case "expired":
            now += timedelta(days=8)
        case "revoked":
            actions.revoke(solene, by=claire)
        case "dropped":
            actions.drop(solene.post, by=claire)
        case _:
            link = link[:-1] + ("A" if link[-1] != "A" else "B")
    assert guest_of(link, now=now) is None


def test_the_emergency_lane_writes_why_and_asks_for_a_reading(solene: Guest, claire: Member, karim: Member) -> None:
    variant = only(solene.post)
    with pytest.raises(NotAllowed):
        actions.approve_in_emergency(variant, by=karim, reason="Vite.")
    with pytest.raises(Refusal):
        actions.approve_in_emergency(variant, by=claire, reason=" ")
    done = actions.approve_in_emergency(variant, by=claire, reason="La rue ferme dans une heure.")
    assert done.delivery is not None
    entry = AuditEntry.objects.get(verb="approved_in_emergency")
    assert (entry.member, entry.reason) == (claire, "La rue ferme dans une heure.")
    assert Task.objects.filter(subject=f"reread:{variant.post_id}", done_at=None).exists()


def test_a_text_that_leaves_within_a_day_is_reminded_once(write: Write, claire: Member) -> None:
    post = write()
    actions.ask_approval(post, by=claire)
    later = timezone.now() + timedelta(minutes=61)
    assert (remind(now=timezone.now()), remind(now=later), remind(now=later)) == (0, 1, 1)
    assert Task.objects.filter(subject=f"remind:{post.pk}").count() == 1
    approve(only(post), by=claire)
    assert Task.objects.filter(done_at=None).count() == 0


def test_a_level_is_one_per_place_and_nobody_else_s(
    claire: Member, karim: Member, stranger: Member, channel: Channel, voice: Voice
) -> None:
    for level in ("two", "none"):
        actions.set_level(level, by=claire)
        actions.set_level(level, by=claire, channel=channel)
    kept = ApprovalLevel.objects.order_by("id").values_list("level", "channel_id")
    assert list(kept) == [("none", None), ("none", channel.pk)]
    with pytest.raises(NotAllowed):
        actions.set_level("none", by=karim)
    with pytest.raises(NotFound):
        actions.set_level("none", by=stranger, channel=channel)
    with pytest.raises(Refusal):
        actions.set_level("none", by=claire, channel=channel, voice=voice)
