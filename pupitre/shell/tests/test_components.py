"""The components as a browser receives them."""

import datetime as dt
import re
from types import SimpleNamespace
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone, translation

from pupitre.shell.typography import HARD, NARROW


def shown(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def tree(source: str, **context: object) -> Element:
    """The component parsed; every component is well-formed XML apart from bare boolean attributes."""
    html = re.sub(
        r" (hidden|required|checked|selected|data-closed|data-focus)(?=[ >])", r' \1=""', shown(source, **context)
    )
    html = re.sub(r"<(input|br|hr)([^>]*[^/])>", r"<\1\2/>", html)
    return fromstring(f"<root>{html}</root>")


def words(element: Element) -> str:
    return " ".join(" ".join(element.itertext()).split()).replace(" ,", ",")


@pytest.fixture(autouse=True, params=["fr"])
def language(request: pytest.FixtureRequest):
    with translation.override(request.param):
        yield request.param


def test_a_decorative_icon_is_silent_and_a_lonely_one_speaks() -> None:
    silent = tree('{% icon "check-circle" "fill" classes="keeps" %}')[0]
    assert (silent.get("aria-hidden"), silent.get("aria-label"), silent.get("class")) == ("true", None, "icon keeps")
    assert silent[0].get("href", "").endswith("icons.svg#check-circle-fill")
    alone = tree('{% icon "x" words="Fermer" %}')[0]
    assert (alone.get("role"), alone.get("aria-label"), alone.get("aria-hidden")) == ("img", "Fermer", None)


@pytest.mark.parametrize(
    ("call", "cls", "name", "text"),
    [
        ('state="pressed" fraction=0.8 minutes=38', "clock clock-pressed", f"Réponse due dans 38{HARD}min", "38min"),
        (
            'state="soon" fraction=0.5 minutes=190',
            "clock clock-soon",
            f"Réponse due dans 3{NARROW}h{NARROW}10",
            f"3{NARROW}h10",
        ),
        ('state="far" fraction=0.1 minutes=2900', "clock clock-far", "Réponse due dans 2 jours", "2jours"),
        ('state="far" minutes=600 day_minutes=480', "clock clock-far", "Réponse due dans 1 jour", "1jour"),
        ('state="broken" minutes=20', "clock clock-broken", f"En retard de 20{HARD}min", "+20min"),
        (
            'state="paused" reason="attend sa réponse"',
            "clock clock-paused",
            f"Horloge en pause{HARD}: attend sa réponse",
            "",
        ),
    ],
)
def test_a_clock_says_in_words_what_it_draws(call: str, cls: str, name: str, text: str) -> None:
    clock = tree(f"{{% clock {call} %}}")[0]
    assert (clock.get("class"), clock.get("role"), clock.get("aria-label")) == (cls, "img", name)
    assert "".join(clock.itertext()) == text


def test_a_clock_is_drawn_from_a_ring() -> None:
    late = SimpleNamespace(state="broken", fraction=1.0, remaining=dt.timedelta(), late=dt.timedelta(minutes=90))
    assert tree("{% clock ring %}", ring=late)[0].get("aria-label") == f"En retard de 1{NARROW}h{NARROW}30"
    soon = SimpleNamespace(state="soon", fraction=0.25, remaining=dt.timedelta(hours=3), late=dt.timedelta())
    ring = tree("{% clock ring %}", ring=soon)[0].find(".//circle[2]")
    assert ring is not None
    assert ring.get("stroke-dasharray") == "29.85 90.54"


def test_an_interval_is_drawn_and_said() -> None:
    page = tree('{% interval 123 145 estimate=134 baseline=126 target=145 n=536 unit="par semaine" %}')
    assert words(page) == "départ 126 134 par semaine, entre 123 et 145 visé 145"
    svg = page.find(".//svg")
    assert svg is not None
    assert svg.get("aria-hidden") == "true"
    assert [e.get("class") for e in svg.iter() if e.get("class", "").startswith("drawing-")] == [
        "drawing-axis", "drawing-band", "drawing-baseline", "drawing-target", "drawing-flag", "drawing-dot",
    ]  # fmt: skip


def test_an_interval_of_few_cases_gives_no_estimate() -> None:
    page = tree('{% interval 12 41 estimate=25 n=12 unit="%" %}')
    assert words(page) == f"entre 12 et 41 %, 12 cas{HARD}: trop peu pour un chiffre".replace(HARD, " ")
    assert page.find(".//circle") is None
    assert page.find(".//*[@class='drawing-extent']") is not None


@pytest.mark.parametrize(
    ("verdict", "cls"),
    [
        ("kept", "interval interval-kept"),
        ("on_course", "interval interval-kept"),
        ("against", "interval interval-against"),
        ("inconclusive", "interval"),
        ("too_early", "interval"),
    ],
)
def test_a_band_takes_a_colour_only_when_it_concludes(verdict: str, cls: str) -> None:
    assert tree("{% interval 1 2 verdict=v %}", v=verdict)[0].get("class") == cls


def test_a_load_over_capacity_is_hatched_and_said() -> None:
    page = tree("{% load_bar 420 played=80 planned=295 answer=110 %}")
    svg = page.find(".//svg")
    assert svg is not None
    assert svg.get("aria-label") == f"8{NARROW}h{NARROW}05 prévues pour 7{NARROW}h, 1{NARROW}h{NARROW}05 de trop"
    assert svg.find("rect[@fill='url(#hatch)']") is not None
    assert words(page).endswith(f"il manque 1{NARROW}h{NARROW}05".replace(NARROW, " "))


def test_a_load_under_capacity_is_not_hatched() -> None:
    page = tree("{% load_bar 420 planned=60 %}")
    assert page.find(".//rect[@fill]") is None
    assert words(page) == f"à jouer 1{NARROW}h".replace(NARROW, " ")


def test_factors_say_their_six_numbers() -> None:
    factors = [("relation", 0.5, 0.84, False), ("public", 0.3, 0.08, True), ("mode", 0.2, None, False)]
    svg = tree("{% factor_bars factors %}", factors=factors)[0]
    assert (svg.get("role"), svg.get("aria-label")) == ("img", "relation 0,84, public 0,08, mode inconnu")
    assert [r.get("class") for r in svg] == [
        "factor-track", "factor-fill", "factor-track", "factor-cause", "factor-unknown",
    ]  # fmt: skip


def test_a_meter_gives_its_figure_beside_the_bar() -> None:
    page = tree('{% meter "Facebook, X" 1.0 tone="rub" %}')
    assert words(page) == "Facebook, X 1,00"
    assert [r.get("width") for r in page.iter("rect")] == ["100%", "100%"]


NOTES = [
    ("text", "visibility", "draft", False, "texte, visibilité, brouillon", "translate(18 10)", False),
    ("image", "proximity", "sent", False, "image, proximité, partie", "translate(18 26)", True),
    ("video", "expertise", "waiting", False, "vidéo, expertise, à approuver", "translate(18 18)", False),
    ("live", "proximity", "approved", True, "direct, proximité, approuvée, gelée", "translate(18 26)", True),
    ("text", "", "failed", False, "texte, échouée", "translate(18 18)", False),
    ("image", "visibility", "unknown", False, "image, visibilité, issue inconnue", "translate(18 10)", False),
]


@pytest.mark.parametrize(("shape", "relation", "state", "frozen", "name", "place", "full"), NOTES)
def test_a_note(shape: str, relation: str, state: str, frozen: bool, name: str, place: str, full: bool) -> None:
    svg = tree("{% note s r t frozen=f %}", s=shape, r=relation, t=state, f=frozen)[0]
    assert (svg.get("role"), svg.get("aria-label")) == ("img", name)
    assert svg[-1].get("transform") == place
    assert ("note-full" in svg.get("class", "")) is full
    assert (svg.find(".//*[@class='note-fermata']") is not None) is frozen


def test_every_state_of_a_note_can_be_told_apart_without_colour() -> None:
    def drawing(state: str) -> str:
        html = shown('{% note "text" "visibility" t %}', t=state)
        return re.sub(r"note-(?!full)\w+|aria-label=\"[^\"]*\"", "", html)

    states = ("draft", "waiting", "approved", "sent", "failed", "unknown")
    assert len({drawing(state) for state in states}) == len(states)


def test_a_note_that_does_not_exist_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="No note is drawn"):
        shown('{% note "hologram" "visibility" "draft" %}')


def test_a_note_head_carries_its_hours_of_making() -> None:
    group = tree('{% note_head "text" "visibility" "draft" 120.5 18 tail=22 %}')[0]
    assert group.get("transform") == "translate(120.5 18)"
    tail = group.find("rect[@class='note-tail']")
    assert tail is not None
    assert (tail.get("x"), tail.get("width")) == ("-22", "22")


def test_numbers_in_drawings_are_for_machines_in_french_too() -> None:
    html = shown('{% note_head "text" "visibility" "draft" 0.25 1.75 tail=2.5 %}{% load_bar 7 planned=3 %}')
    assert not re.search(r'="[^"]*\d,\d[^"]*"', re.sub(r'aria-label="[^"]*"', "", html))


def test_buttons() -> None:
    link = tree('{% button "Voir" href="/x" compact=True %}')[0]
    assert (link.tag, link.get("class"), link.get("href")) == ("a", "button button-compact", "/x")
    main = tree('{% button "Répondre" kind="main" name="do" value="1" %}')[0]
    assert (main.tag, main.get("class"), main.get("type")) == ("button", "button button-main", "submit")
    assert (main.get("name"), main.get("value")) == ("do", "1")


def test_a_closed_button_stays_reachable_and_says_why() -> None:
    page = tree('{% button "Envoyer" kind="main" closed="Retenu." %}')
    button = page.find(".//button")
    assert button is not None
    assert (button.get("aria-disabled"), button.get("disabled"), button.get("type")) == ("true", None, "button")
    assert words(page) == "Envoyer Retenu."


def test_what_people_typed_is_escaped() -> None:
    html = shown(
        "{% tag t %}{% button t %}{% notice t %}{% empty t %}{% meter t 1 %}{% avatar t %}", t="<script>x</script>"
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 5


def test_verdicts_are_a_fixed_list() -> None:
    keys = ("kept", "on_course", "inconclusive", "against", "too_early", "not_measurable")
    said = [words(tree("{% verdict k %}", k=key)) for key in keys]
    assert said == ["Tenu", "En bonne voie", "Pas encore concluant", "À contresens", "Trop tôt", "Non mesurable"]
    with pytest.raises(KeyError):
        shown('{% verdict "great" %}')


def test_a_refusal_says_what_is_closed_why_and_what_opens_it() -> None:
    page = tree(
        '{% refusal "Fermé." why="Il manque une raison." opens=opens examples=examples override=override %}',
        override="Jeanne, par écrit.",
        opens=["Un public", {"text": "Une date", "done": True}],
        examples=["ceci", "cela"],
    )
    assert words(page).replace(NARROW, " ") == (
        "Fermé. Il manque une raison. Plutôt ceci Ou cela Ce qui l’ouvrirait Un public Une date Jeanne, par écrit."
    )


def test_facts_leave_out_what_is_not_known() -> None:
    page = tree("{% facts pairs %}", pairs=[("Source", "caisse"), ("Vide", ""), ("n", 0), ("Rien", None)])
    assert [e.text for e in page.iter("dt")] == ["Source", "n"]


def test_the_table_beside_a_drawing() -> None:
    page = tree('{% as_table h r caption="Par semaine" %}', h=["Semaine", "n"], r=[["45", 1260], ["46", 0.5]])
    assert page.find(".//summary").text == "En tableau"  # type: ignore[union-attr]
    assert [(e.get("scope"), e.text) for e in page.iter("th")] == [
        ("col", "Semaine"), ("col", "n"), ("row", "45"), ("row", "46"),
    ]  # fmt: skip
    assert [e.text for e in page.iter("td")] == [f"1{NARROW}260", "0,5"]


def test_words_of_time() -> None:
    now = timezone.now()
    assert shown("{{ m|when }}", m=now).startswith("aujourd’hui, ")
    assert shown("{{ m|duration }}|{{ t|duration }}|{{ x|duration }}", m=65, t=dt.timedelta(hours=7), x="") == (
        f"1{NARROW}h{NARROW}05|7{NARROW}h|"
    )
    assert shown("{{ m|hour }}", m=dt.time(8, 5)) == f"8{NARROW}h{NARROW}05"
    assert shown("{{ n|number }} {{ s|number }}", n=1234, s="pas un nombre") == f"1{NARROW}234 pas un nombre"


def test_typography_of_a_running_sentence_depends_on_the_language() -> None:
    assert shown("{{ t|typo }}", t="Vraiment ?") == f"Vraiment{NARROW}?"
    with translation.override("en"):
        assert shown("{{ t|typo }}", t="Really ?") == "Really ?"
    assert shown("{{ t|typo }}", t="<b> ?") == f"&lt;b&gt;{NARROW}?"


@pytest.mark.parametrize(("tongue", "words"), [("fr", "«\u00a0Nope\u00a0»"), ("en", "“Nope”")])
def test_words_said_stand_between_the_marks_of_the_language(tongue: str, words: str) -> None:
    with translation.override(tongue):
        assert Template('{{ "Nope"|quoted }}').render(Context()) == words
