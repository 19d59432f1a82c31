"""The main job, step by step, each as a person does it; tests put the steps in order on one network."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.publishing.models import Delivery
from pupitre.strategy.models import Objective, Voice
from tests.journeys import lanes, said

if TYPE_CHECKING:
    from tests.journeys.visitor import Visitor

PASSWORD = "quatre mots pour ouvrir"
HERE = "/o/boulangerie-levain-fils"


def set_up(visitor: "Visitor") -> None:
    """An empty installation knows nobody: it asks who one is, and signs her in."""
    visitor.go("/")
    assert visitor.path == "/setup/"
    visitor.look("set-up")
    visitor.type(
        name="Boulangerie Levain & Fils", kind="company", language=visitor.language, timezone="Europe/Paris",
        hours_0="7:00-13:00, 15:00-19:30", hours_1="7:00-13:00, 15:00-19:30", hours_4="7:00-13:00, 15:00-19:30",
        person="Claire Aubry", email="claire@levain.example", password=PASSWORD, password_again=PASSWORD,
    )  # fmt: skip
    visitor.send()
    assert visitor.path == f"{HERE}/"
    visitor.look("desk-first")


def nothing_before_why(visitor: "Visitor") -> None:
    """No channel opens before the reason; the page says what is missing."""
    assert visitor.go(f"{HERE}/settings/channels/open/") == 409
    assert visitor.main("li").count() >= 9
    visitor.look("locked")
    assert visitor.go(f"{HERE}/settings/channels/open/manual/") in {200, 409}


def why(visitor: "Visitor") -> None:
    """An imitation is refused with its reason and two examples; what was typed stays."""
    words = said.WHY[visitor.language]
    answers = {**words, "baseline": "126", "target": "145", "due_on": str(timezone.localdate() + timedelta(days=160))}
    visitor.go(f"{HERE}/strategy/why/")
    visitor.type(**(answers | {"reason": said.IMITATION[visitor.language]}))
    visitor.send("main form.form")
    assert visitor.main(".field-refused").count() == 1
    assert visitor.page.locator("[name=change]").input_value() == words["change"]
    visitor.look("why-refused")
    assert not Objective.objects.exists()
    visitor.type(reason=words["reason"])
    visitor.send("main form.form")
    visitor.look("why")
    assert Objective.objects.get().change == words["change"]


def voice(visitor: "Visitor") -> None:
    visitor.go(f"{HERE}/strategy/voices/")
    visitor.type(name="La boulangerie", kind="organisation", objectives=Objective.objects.get().pk)
    visitor.send("main form.form")
    visitor.look("voices")
    assert [one.name for one in Voice.objects.all()] == ["La boulangerie"]


def channel(visitor: "Visitor", network: str, **fields: str) -> Channel:
    """Connected through the form its manifest draws; then its charter, wanted before the first post."""
    visitor.go(f"{HERE}/settings/channels/open/")
    visitor.look("channels-choose")
    visitor.press(f"main a[href$='/open/{network}/']")
    visitor.look(f"connect-{network}")
    visitor.type(**fields)
    # Where one may also sign in on the network, the key that one has is the second button.
    key = "main form.form .button-quiet"
    visitor.press(key if visitor.page.locator(key).count() else "main form.form .button-main")
    opened = Channel.objects.get(network=network)
    assert visitor.path == f"{HERE}/settings/channels/{opened.pk}/"
    assert opened.handle.lstrip("@") in visitor.words
    for secret in (fields.get("password"), fields.get("token")):
        assert not secret or secret not in visitor.page.content()
    visitor.look(f"channel-{network}")
    visitor.type(**said.CHARTER[visitor.language])
    visitor.send("main form[action$='/charter/']")
    return opened


def post(visitor: "Visitor", opened: Channel, picture: Path) -> Delivery:
    """Written, illustrated, described, and approved: approving is promising."""
    visitor.go(f"{HERE}/compose/")
    visitor.look("composer-empty")
    visitor.press(f"button[name=add][value='{opened.pk}']")
    due = timezone.localtime() + timedelta(hours=2)
    text = said.POST[visitor.language]
    visitor.type(
        title="Seigle", voice=Voice.objects.get().pk, objective=Objective.objects.get().pk, relation="proximity",
        reaction="come", file=picture, file_alt=said.ALT[visitor.language],
        **{f"text__{opened.pk}": text, f"due__{opened.pk}": f"{due:%Y-%m-%dT%H:%M}"},
    )  # fmt: skip
    visitor.press("button[form=composer]:not([formaction]):not([name])")
    assert f"{len(text)}" in visitor.main(f"#counter-{opened.pk}").inner_text()
    visitor.look("composer")
    visitor.press("button[name=then][value=approve]")
    delivery = Delivery.objects.get(kind="post")
    assert (delivery.text, delivery.state, delivery.media.get().alt) == (
        text, "scheduled", said.ALT[visitor.language],
    )  # fmt: skip
    visitor.go(f"{HERE}/outbox/{delivery.pk}/")
    visitor.look("promised")
    return delivery


def out(visitor: "Visitor", delivery: Delivery) -> Delivery:
    """Its hour comes; the page says that it is out, and where."""
    assert lanes.publish() == 0
    lanes.hours_come()
    assert lanes.publish() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.words) == ("sent", "")
    visitor.go(f"{HERE}/outbox/{delivery.pk}/")
    if delivery.permalink:
        assert visitor.page.locator(f"a[href='{delivery.permalink}']").count() >= 1
    visitor.look("out")
    return delivery


def two_people_wait(visitor: "Visitor") -> None:
    """The inbox was read twice: nobody is counted twice, and our own words are not an answer to us."""
    lanes.collect()
    lanes.collect()
    visitor.go(f"{HERE}/")
    assert visitor.title == said.TWO_WAIT[visitor.language]
    visitor.look("desk-two-wait")
    visitor.go(f"{HERE}/conversations/")
    visitor.look("inbox")
    for asked in said.ASKED[visitor.language]:
        assert visitor.words.count(asked) == 1


def answer(visitor: "Visitor") -> Delivery:
    """In place, in the voice proposed, through the same outbox."""
    _, nuts = said.ASKED[visitor.language]
    open_thread(visitor, nuts)
    visitor.look("thread")
    visitor.type(within="#reply", text=said.ANSWER[visitor.language])
    visitor.press("#reply button[formaction$='/advice/']")
    assert visitor.page.locator("#reply [name=text]").input_value() == said.ANSWER[visitor.language]
    visitor.look("thread-advice")
    visitor.press("#reply .button-main")
    assert lanes.publish() == 1
    lanes.collect()
    reply = Delivery.objects.get(kind="reply")
    assert (reply.state, reply.text) == ("sent", said.ANSWER[visitor.language])
    open_thread(visitor, nuts)
    assert said.ANSWER[visitor.language] in visitor.words
    visitor.look("thread-answered")
    return reply


def open_thread(visitor: "Visitor", words: str) -> None:
    from pupitre.conversations.models import Thread

    thread = Thread.objects.get(messages__text__contains=words)
    visitor.go(f"{HERE}/conversations/{thread.pk}/")


def unfold(visitor: "Visitor", action: str) -> None:
    """Open what folds the form that goes to this address."""
    form = visitor.page.locator(f"form[action$='{action}']")
    visitor.main("details").filter(has=form).locator("> summary").click()


def close(visitor: "Visitor") -> None:
    """Nothing is archived in silence: a typed closure with its reason."""
    hours, _ = said.ASKED[visitor.language]
    open_thread(visitor, hours)
    form = "main form[action$='/close/']"
    unfold(visitor, "/close/")
    visitor.type(within=form, closure="forwarded", reason="Dit de vive voix à la boutique")
    visitor.press(f"{form} button")
    lanes.collect()
    visitor.go(f"{HERE}/")
    assert said.NOBODY_WAITS[visitor.language] in visitor.title
    visitor.look("desk-nobody")


def listen(visitor: "Visitor", feed: str) -> None:
    """A feed, a saved query, a mention with what matched, and a conversation opened from it."""
    visitor.go(f"{HERE}/mirror/sources/")
    visitor.type(url=feed)
    visitor.send("main form[action$='/sources/add/']")
    visitor.look("sources")
    visitor.go(f"{HERE}/mirror/queries/")
    visitor.type(name="Nous", text='levain AND ("pain de seigle" OR boulangerie) NOT travaux')
    visitor.send("main form[action$='/queries/save/']")
    visitor.look("queries")
    lanes.read_sources()
    visitor.go(f"{HERE}/mirror/")
    assert visitor.main("li mark").count() >= 1
    visitor.look("mirror")
    visitor.press("main form[action$='/open/'] button")
    assert urlsplit(visitor.path).path.startswith(f"{HERE}/conversations/")


def what_it_brought(visitor: "Visitor", delivery: Delivery, *, likes: int) -> None:
    """Figures from the network with their source; one declared by hand; hours; and what is not known."""
    from pupitre.measurement.models import Fact

    objective = Objective.objects.get()
    lanes.count()
    counted = {fact.kpi: int(fact.value) for fact in Fact.objects.filter(delivery=delivery)}
    assert counted.get("likes", counted.get("favourites")) == likes, counted
    visitor.go(f"{HERE}/measures/{objective.pk}/")
    visitor.look("objective")
    form = "main form[action$='/figure/']"
    visitor.type(within=form, value="134", source="la caisse", at=str(timezone.localdate()), n="4")
    visitor.send(form)
    unfold(visitor, "/time/")
    visitor.type(within="main form[action$='/time/']", duration="1 h 30", on=str(timezone.localdate()), what="Seigle")
    visitor.press("main form[action$='/time/'] button")
    assert "1 h 30" in visitor.words
    assert "134" in visitor.words
    visitor.look("objective-figures")
    visitor.go(f"{HERE}/measures/")
    visitor.look("measures")
