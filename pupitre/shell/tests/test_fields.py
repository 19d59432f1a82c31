"""Fields: label, hint, error beside it, and nothing lost of what was typed."""

import re
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.utils import translation


def shown(source: str, **context: object) -> str:
    with translation.override("fr"):
        return Template(source).render(Context(context))


def refused(**values: object) -> SimpleNamespace:
    return SimpleNamespace(
        values=values, faults={"why": "Trop court."}, examples={"why": ["un", "deux"]}, summary="Il manque une raison."
    )


def attributes(html: str, tag: str) -> dict[str, str]:
    found = re.search(rf"<{tag}\b([^>]*)>", html)
    assert found
    return dict(re.findall(r'([\w-]+)(?:="([^"]*)")?', found[1]))


def test_a_field_without_a_sheet() -> None:
    html = shown('{% field None "name" "Nom" required=True autocomplete="organization" %}')
    assert attributes(html, "input") == {
        "type": "text", "id": "field-name", "name": "name", "value": "", "required": "", "autocomplete": "organization",
    }  # fmt: skip
    assert '<label for="field-name">Nom</label>' in html


def test_a_refused_field_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    html = shown('{% field s "why" "Pourquoi" hint="Une phrase." %}', s=refused(why='par "habitude" <b>'))
    control = attributes(html, "input")
    assert control["value"] == "par &quot;habitude&quot; &lt;b&gt;"
    assert (control["aria-invalid"], control["aria-describedby"]) == ("true", "field-why-hint field-why-fault")
    assert 'id="field-why-hint"' in html
    assert 'id="field-why-fault"' in html
    assert re.findall(r"<d[td]>([^<]*)", html) == ["Plutôt", "un", "Ou", "deux"]


def test_typed_emptiness_wins_over_the_old_value() -> None:
    html = shown('{% field s "name" "Nom" value="avant" %}', s=refused(name=""))
    assert attributes(html, "input")["value"] == ""
    assert attributes(shown('{% field s "name" "Nom" value="avant" %}', s=refused()), "input")["value"] == "avant"


def test_a_first_line_break_is_not_eaten() -> None:
    html = shown('{% field s "text" "Texte" kind="textarea" %}', s=refused(text="\nune ligne"))
    assert re.search(r"<textarea[^>]*>\n\nune ligne</textarea>", html)


@pytest.mark.parametrize(
    ("kind", "typed", "value", "on"),
    [
        ("chips", {"voice": "b"}, "a", ["b"]), ("chips", {}, "a", ["a"]), ("chips", {}, None, []),
        ("select", {"voice": "a"}, None, ["a"]), ("checks", {"voice": ["a", "b"]}, None, ["a", "b"]),
        ("checks", {}, ["b"], ["b"]), ("checks", QueryDict("voice=a&voice=b"), None, ["a", "b"]),
        ("select", {}, 2, []),
    ],
)  # fmt: skip
def test_choices_remember(kind: str, typed: dict[str, object], value: object, on: list[str]) -> None:
    sheet = SimpleNamespace(values=typed, faults={}, examples={})
    html = shown(
        "{% field s 'voice' 'Voix' kind=k options=o value=v %}", s=sheet, k=kind, v=value, o=[("a", "A"), ("b", "B")]
    )
    assert re.findall(r'value="(\w)"[^>]*(?: checked| selected)', html) == on


def test_a_group_of_choices_has_a_legend_and_labels() -> None:
    html = shown('{% field None "v" "Qui parle ?" kind="chips" options=o prefix="p-" %}', o=[("a", "A"), ("b", "B")])
    assert re.findall(r"<legend>([^<]*)", html) == ["Qui parle ?"]
    assert re.findall(r'id="(field-p-v-\d)"', html) == re.findall(r'for="(field-p-v-\d)"', html)


@pytest.mark.parametrize(("value", "on"), [("1", True), (True, True), ("", False), (False, False), ("0", False)])
def test_a_tick(value: object, on: bool) -> None:
    html = shown('{% field s "relay" "Prévenir" kind="tick" %}', s=refused(relay=value))
    assert (" checked" in html) is on


def test_a_password_is_never_written_back() -> None:
    html = shown('{% field s "password" "Mot de passe" kind="password" %}', s=refused(password="secret"))
    assert "secret" not in html


def test_the_summary_leads_to_each_field() -> None:
    sheet = SimpleNamespace(summary="Deux réponses manquent.", faults={"why": "Trop court.", "who": "Qui ?"})
    html = shown("{% faults s %}", s=sheet)
    assert re.findall(r'<a href="#([\w-]+)">([^<]*)', html) == [("field-why", "Trop court."), ("field-who", "Qui ?")]
    assert (attributes(html, "div")["role"], attributes(html, "div")["tabindex"]) == ("alert", "-1")


def test_no_summary_when_nothing_is_wrong() -> None:
    assert shown("{% faults s %}", s=SimpleNamespace(summary="", faults={})).strip() == ""
    assert shown("{% faults None %}").strip() == ""
