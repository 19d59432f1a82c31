"""Links count people without knowing them; tags are a closed list; a link says what is wrong with it."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, NotAllowed, Refusal
from pupitre.links import actions, queries
from pupitre.links.models import LinkDay, ShortLink, UtmTerm
from pupitre.links.qr import picture
from pupitre.links.rules.agents import is_program
from pupitre.links.rules.tags import Vocabulary, links_in, lint, slug, tagged
from pupitre.strategy.models import Objective

KNOWN = Vocabulary(frozenset({"facebook", "lettre"}), frozenset({"social", "mail"}), frozenset({"galette-2027"}))
GOOD = "https://levain.example/galette?utm_source=facebook&utm_medium=social&utm_campaign=galette-2027"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(
    ("url", "said", "examples"),
    [
        (GOOD, [], []),
        ("https://levain.example/galette", [], []),
        (GOOD.replace("facebook", "Facebook"), ["is not among your tags"], ["facebook"]),
        (GOOD.replace("galette-2027", "galettes_2027"), ["is not among your tags"], ["galette-2027"]),
        (GOOD.replace("&utm_medium=social", ""), ["utm_medium is missing"], []),
        (GOOD + "&utm_source=lettre", ["stands twice"], []),
        ("https://levain.example/#utm_source=facebook", ["after the #"], []),
        ("https://levain.example/?fbclid=abc", ["tracer"], []),
        ("https://levain.example/?e=odile@cantine.example", ["mail address"], []),
        ("https://bit.ly/3abc", ["another’s counter"], []),
        ("levain.example/galette", ["whole address"], []),
        ("https://claire:secret@levain.example/", ["whole address"], []),
        ("javascript:alert(1)", ["whole address"], []),
    ],
)
def test_a_link_says_what_is_wrong_with_it(url: str, said: list[str], examples: list[str]) -> None:
    faults = lint(url, KNOWN)

    assert len(faults) == len(said)
    assert all(words in fault.text for words, fault in zip(said, faults, strict=True))
    assert [one for fault in faults for one in fault.examples] == examples


def test_a_link_is_tagged_once_and_loses_tracers() -> None:
    tags = {"source": "lettre", "medium": "mail", "campaign": "galette-2027"}
    once = tagged("https://levain.example/p?taille=6&gclid=x&utm_source=Vieux#commande", tags)

    assert once == (
        "https://levain.example/p?taille=6&utm_source=lettre&utm_medium=mail&utm_campaign=galette-2027#commande"
    )
    assert tagged(once, tags) == once
    assert lint(once, KNOWN) == []


def test_words_and_links_are_read_as_people_write_them() -> None:
    assert slug("  Galette des Rois, l’Épiphanie ") == "galette-des-rois-l-epiphanie"
    assert links_in(f"Voici ({GOOD}), et https://a.example/b. Et encore {GOOD} !") == [GOOD, "https://a.example/b"]


@pytest.mark.parametrize(
    ("agent", "purpose", "program"),
    [
        (FIREFOX, "", False),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1", "", False),
        (FIREFOX, "prefetch;prerender", True),
        ("", "", True),
        ("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "", True),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "", True),
        ("Mastodon/4.5.0 (http.rb/5.3.1; +https://mastodon.example/) Bot", "", True),
        ("curl/8.14.1", "", True),
    ],
)  # fmt: skip
def test_programs_that_say_so_are_told_apart(agent: str, purpose: str, program: bool) -> None:
    assert is_program(agent, purpose=purpose) is program


@pytest.fixture
def link(claire: Member, objective: Objective) -> ShortLink:
    for kind, value in (("source", "facebook"), ("medium", "social"), ("campaign", "galette")):
        actions.add_term(kind, value, by=claire, ours=kind == "source")
    return actions.make_link(
        "https://levain.example/galette", by=claire, source="facebook", medium="social", campaign="galette",
        objective=objective,
    )  # fmt: skip


@pytest.mark.django_db
def test_following_a_link_counts_and_keeps_nobody(link: ShortLink) -> None:
    client, address = Client(), reverse("follow", args=[link.code])
    answer = client.get(address, headers={"user-agent": FIREFOX}, REMOTE_ADDR="203.0.113.77")
    client.get(address.replace(link.code, link.code.upper()), headers={"user-agent": FIREFOX})
    client.get(address, headers={"user-agent": "facebookexternalhit/1.1"})
    client.head(address, headers={"user-agent": FIREFOX})

    assert (answer.status_code, answer.headers["Location"]) == (302, link.url)
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    day = LinkDay.objects.get(link=link)
    assert (day.people, day.bots) == (2, 1)
    assert {field.name for field in LinkDay._meta.fields} == {"id", "link", "on", "people", "bots"}
    assert queries.followed(link.organisation, day.on, day.on) == {"facebook": 2}


@pytest.mark.django_db
def test_a_closed_link_leads_nowhere_and_keeps_its_days(link: ShortLink, claire: Member) -> None:
    actions.count_visit(link, on=date(2031, 1, 6), program=False)
    actions.close_link(link, by=claire)
    answer = Client().get(reverse("follow", args=[link.code]), headers={"user-agent": FIREFOX})

    assert answer.status_code == 404
    assert link.url not in answer.content.decode()
    assert sum(LinkDay.objects.filter(link=link).values_list("people", flat=True)) == 1


@pytest.mark.django_db
def test_the_list_of_words_is_closed(link: ShortLink, claire: Member) -> None:
    with pytest.raises(Refusal) as refused:
        actions.make_link("ici", by=claire, source="Facebook", medium="social", campaign="rois", code="x")
    assert {fault.field for fault in refused.value.faults} == {"source", "campaign", "url", "code"}
    with pytest.raises(Conflict):
        actions.add_term("source", " FACEBOOK ", by=claire)
    actions.retire_term(UtmTerm.objects.get(value="facebook"), by=claire)
    assert queries.vocabulary(claire.organisation).source == frozenset()
    assert queries.our_sources(claire.organisation) == {"facebook"}
    actions.add_term("source", "Facebook", by=claire)
    assert queries.vocabulary(claire.organisation).source == {"facebook"}


@pytest.mark.django_db
def test_an_ending_is_chosen_once_for_all(link: ShortLink, claire: Member) -> None:
    words = {"source": "facebook", "medium": "social", "campaign": "galette"}
    made = actions.make_link("https://levain.example/", by=claire, code="Galette", **words)
    assert made.code == "galette"
    with pytest.raises(Refusal) as refused:
        actions.make_link("https://levain.example/", by=claire, code="galette", **words)
    assert [fault.field for fault in refused.value.faults] == ["code"]


@pytest.mark.django_db
def test_a_domain_is_one_that_the_installation_serves(link: ShortLink, claire: Member, settings: object) -> None:
    settings.LINK_HOSTS = ["levn.example"]  # type: ignore[attr-defined]
    with pytest.raises(Refusal):
        actions.set_domain("bit.example", by=claire)
    actions.set_domain("https://Levn.example/", by=claire)
    assert queries.address_of(link).endswith(f"://levn.example/l/{link.code}")
    text = f"Voyez {queries.address_of(link)} et https://levain.example/?utm_source=fb&utm_medium=social&utm_campaign=x"
    assert len(queries.faults_in(link.organisation, text)) == 2


@pytest.mark.django_db
def test_who_may_only_read_makes_no_link(link: ShortLink, claire: Member) -> None:
    claire.role = "reader"
    words = {"source": "facebook", "medium": "social", "campaign": "galette"}
    with pytest.raises(NotAllowed):
        actions.make_link("https://levain.example/", by=claire, **words)


def test_the_code_for_print_is_sharp_and_has_its_border() -> None:
    shown = Image.open(BytesIO(picture("https://levn.example/l/galette", "png"))).convert("1")

    assert shown.width == shown.height >= 300
    border = shown.width // 33  # narrower than the four white modules of the smallest codes
    assert shown.crop((0, 0, shown.width, border)).getextrema() == (255, 255)
    assert shown.getextrema() == (0, 255)
    assert picture("https://levn.example/l/galette", "svg").startswith(b"<svg")


@pytest.mark.django_db
def test_the_page_makes_a_link_and_reads_a_text_over(client: Client, link: ShortLink, claire: Member) -> None:
    client.force_login(claire.user)
    org = claire.organisation.slug
    words = {"source": "facebook", "medium": "social", "campaign": "galette"}
    made = client.post(reverse("links:make", args=[org]), {"url": "https://levain.example/b", **words}, follow=True)
    assert made.status_code == 200
    refused = client.post(reverse("links:make", args=[org]), {"url": "nulle part", **words})
    assert refused.status_code == 422
    assert "nulle part" in refused.content.decode()
    read = client.get(reverse("links:links", args=[org]), {"text": "https://levain.example/?utm_source=facebok"})
    assert "facebook" in read.content.decode()
    code = client.get(reverse("links:qr", args=[org, link.pk]))
    assert code.headers["Content-Type"] == "image/svg+xml"


@pytest.mark.django_db
def test_the_composer_says_what_is_wrong_with_a_link(client: Client, link: ShortLink, claire: Member) -> None:
    client.force_login(claire.user)
    channel = Channel.objects.create(
        organisation=claire.organisation, network="manual", handle="levain", name="Levain", state="connected"
    )
    address = reverse("editorial:check", args=[claire.organisation.slug])
    text = {
        f"text-{channel.pk}": "Venez https://levain.example/?utm_source=facebok&utm_medium=social&utm_campaign=galette"
    }
    wrong = client.post(address, text).content.decode()
    right = client.post(address, {f"text-{channel.pk}": f"Venez {queries.address_of(link)}"}).content.decode()

    assert "facebok" in wrong
    assert reverse("links:links", args=[claire.organisation.slug]) in wrong
    assert reverse("links:links", args=[claire.organisation.slug]) not in right
