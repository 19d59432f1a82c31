"""Writing and agreeing: nothing lost, nothing sent that was not approved."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import AuditEntry, Member, Task
from pupitre.core.rules.refusals import Conflict, NotAllowed, NotFound, NotYet, Refusal
from pupitre.editorial.actions import approve, ask_approval, drop, move, save_post, set_variant, undo, withdraw
from pupitre.editorial.models import Variant
from pupitre.editorial.rules.draft import Draft, Text
from pupitre.editorial.tests.conftest import Write
from pupitre.library.models import Media
from pupitre.publishing.models import Delivery
from pupitre.strategy.models import Objective


def only(post: object) -> Variant:
    return Variant.objects.get(post=post)


def draft_of(variant: Variant, text: str) -> Draft:
    post = variant.post
    return Draft(
        title=post.title, objective_id=post.objective_id, voice_id=post.voice_id,
        texts=(Text(variant.channel_id, text, variant.due_at),),
    )  # fmt: skip


def test_what_was_approved_is_what_is_promised(write: Write, claire: Member, media: Media) -> None:
    post = write("Le pain  de\nseigle 🥖", media_ids=(media.pk,))
    variant = approve(only(post), by=claire, revision=1)
    delivery = Delivery.objects.get()
    assert (variant.delivery, variant.approved_by) == (delivery, claire)
    assert (delivery.text, delivery.due_at, delivery.state) == ("Le pain  de\nseigle 🥖", variant.due_at, "scheduled")
    assert [attached.alt for attached in delivery.attachments.all()] == ["Un four ouvert, des pains dorés."]
    assert list(AuditEntry.objects.values_list("verb", flat=True).order_by("-id")[:2]) == ["approved", "promised"]


def test_an_editor_asks_and_a_conductor_approves(write: Write, claire: Member, karim: Member) -> None:
    post = write()
    with pytest.raises(NotAllowed):
        approve(only(post), by=karim)
    assert ask_approval(post, by=karim) == [only(post)]
    task = Task.objects.get()
    assert (task.subject, task.done_at) == (f"approve:{post.pk}", None)
    approve(only(post), by=claire)
    task.refresh_from_db()
    assert task.done_at is not None


def test_nothing_is_promised_before_the_reason_is_known(write: Write, claire: Member, objective: Objective) -> None:
    post = write()
    Objective.objects.update(measure="", target=None)
    with pytest.raises(NotYet) as refused:
        approve(only(post), by=claire)
    assert [fault.field for fault in refused.value.faults] == ["measure", "target_value"]
    assert Delivery.objects.count() == 0


def test_a_channel_without_charter_takes_no_post(write: Write, claire: Member, channel: Channel) -> None:
    channel.charter.delete()
    with pytest.raises(Refusal) as refused:
        approve(only(write()), by=claire)
    assert [fault.field for fault in refused.value.faults] == [f"text-{channel.pk}"]


def test_an_image_without_words_is_not_approved(write: Write, claire: Member, media: Media) -> None:
    Media.objects.update(alt="")
    with pytest.raises(Refusal) as refused:
        approve(only(write(media_ids=(media.pk,))), by=claire)
    assert [fault.field for fault in refused.value.faults] == ["media"]


def test_the_same_text_twice_needs_a_reason(write: Write, claire: Member, channel: Channel, second: Channel) -> None:
    at = timezone.now() + timedelta(hours=3)
    same = "Du vendredi 4 au dimanche 6 décembre, la boutique ferme à midi."
    post = write(texts=(Text(channel.pk, same, at), Text(second.pk, same, at)))
    first, copy = post.variants.order_by("id")
    assert (first.echo, copy.echo) == (1.0, 1.0)
    approve(first, by=claire)
    with pytest.raises(Refusal) as refused:
        approve(copy, by=claire)
    assert [(f.field, f.params) for f in refused.value.faults] == [
        (f"text-{second.pk}", {"channel": "Levain sur Fake"})
    ]
    post.echo_reason = "L’annonce légale est la même partout."
    post.save()
    assert approve(copy, by=claire).delivery is not None


def test_writing_over_an_approved_text_withdraws_it(write: Write, claire: Member, karim: Member) -> None:
    post = write()
    variant = approve(only(post), by=claire)
    post.refresh_from_db()
    save_post(post, draft_of(variant, "Autre chose."), by=karim)
    variant = only(post)
    assert (variant.delivery, variant.approved_by, variant.revision) == (None, None, 2)
    assert Delivery.objects.get().state == "cancelled"
    with pytest.raises(Conflict):
        approve(variant, by=claire, revision=1)
    assert approve(variant, by=claire, revision=2).delivery.text == "Autre chose."


def test_what_has_begun_to_leave_does_not_change(write: Write, claire: Member) -> None:
    post = write()
    variant = approve(only(post), by=claire)
    Delivery.objects.update(state="attempting")
    post.refresh_from_db()
    for change in (
        lambda: save_post(post, draft_of(variant, "Trop tard."), by=claire),
        lambda: withdraw(variant, by=claire),
        lambda: move(variant, timezone.now() + timedelta(days=1), by=claire),
        lambda: drop(post, by=claire),
    ):
        with pytest.raises(Conflict):
            change()
        post.refresh_from_db()
    variant.refresh_from_db()
    assert (variant.text, variant.delivery.state) == ("La fournée de seize heures sort du four.", "attempting")
    assert post.dropped_at is None


def test_saving_again_without_a_change_keeps_the_approval(write: Write, claire: Member) -> None:
    post = write()
    variant = approve(only(post), by=claire)
    save_post(post, draft_of(variant, variant.text), by=claire)
    assert (only(post).delivery_id, only(post).revision) == (variant.delivery_id, 1)


def test_the_second_of_two_editors_sees_what_the_first_wrote(write: Write, claire: Member, karim: Member) -> None:
    post = write()
    read_at = post.revision
    save_post(post, draft_of(only(post), "De Claire."), by=claire, revision=read_at)
    with pytest.raises(Conflict) as refused:
        save_post(post, draft_of(only(post), "De Karim."), by=karim, revision=read_at)
    field = f"text-{only(post).channel_id}"
    assert [(f.field, f.params["words"]) for f in refused.value.faults] == [(field, "De Claire.")]
    assert only(post).text == "De Claire."


def test_one_text_alone_is_written_and_guarded(write: Write, claire: Member, channel: Channel) -> None:
    post = write()
    at = timezone.now() + timedelta(hours=5)
    variant = set_variant(post, channel, by=claire, text="Seule.", due_at=at, revision=1)
    assert (variant.text, variant.due_at, variant.revision) == ("Seule.", at, 2)
    with pytest.raises(Conflict):
        set_variant(post, channel, by=claire, text="Encore.", due_at=at, revision=1)


def test_moving_keeps_the_approval_and_is_undone_once(write: Write, claire: Member) -> None:
    variant = approve(only(write()), by=claire)
    before, later = variant.due_at, timezone.now() + timedelta(days=2)
    moved = move(variant, later, by=claire)
    assert (Delivery.objects.get().due_at, moved.before) == (later, before)
    undo(variant, moved.undo, by=claire)
    assert (only(variant.post).due_at, Delivery.objects.get().due_at) == (before, before)
    with pytest.raises(Conflict):
        undo(variant, moved.undo, by=claire)


@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_a_forged_undo_is_refused(write: Write, claire: Member, token: str) -> None:
    with pytest.raises(Conflict):
        undo(only(write()), token, by=claire)


def test_a_dropped_post_leaves_nothing_behind_it(write: Write, claire: Member) -> None:
    post = write()
    approve(only(post), by=claire)
    drop(post, by=claire)
    assert (Delivery.objects.get().state, post.dropped_at is None) == ("cancelled", False)
    with pytest.raises(Conflict):
        save_post(post, Draft(title="Reprise"), by=claire)


def test_a_stranger_touches_nothing(write: Write, stranger: Member, claire: Member, channel: Channel) -> None:
    post = write()
    for act in (
        lambda: save_post(post, Draft(title="À moi"), by=stranger),
        lambda: approve(only(post), by=stranger),
        lambda: withdraw(only(post), by=stranger),
        lambda: move(only(post), timezone.now() + timedelta(days=1), by=stranger),
        lambda: drop(post, by=stranger),
        lambda: save_post(None, Draft(title="X", texts=(Text(channel.pk, "volé"),)), by=stranger),
    ):
        with pytest.raises(NotFound):
            act()


def test_another_house_s_objective_voice_and_image_do_not_exist(
    write: Write, stranger: Member, claire: Member, media: Media
) -> None:
    post = write()
    other = Objective.objects.create(organisation=stranger.organisation, change="Autre")
    base = draft_of(only(post), "Texte")
    Media.objects.update(organisation=stranger.organisation)
    for wrong in (replace(base, objective_id=other.pk), replace(base, media_ids=(media.pk,))):
        with pytest.raises(NotFound):
            save_post(post, wrong, by=claire)
        post.refresh_from_db()
