import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pupitre.shell.typography import french

N = "\u202f"  # narrow no-break space
H = "\u00a0"  # no-break space


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Pourquoi ?", f"Pourquoi{N}?"),
        ("Pourquoi?", f"Pourquoi{N}?"),
        ("Vraiment ?! Oui.", f"Vraiment{N}?! Oui."),
        ("Retenu : voir le point 1.", f"Retenu{H}: voir le point 1."),
        ("Retenu: voir", f"Retenu{H}: voir"),
        ("gardé ; rien", f"gardé{N}; rien"),
        ("« Bonjour »", f"«{H}Bonjour{N}»"),
        ("«Bonjour»", f"«{H}Bonjour{N}»"),
        ("« Oui ? »", f"«{H}Oui{N}?{N}»"),
        ("45 % d'un", f"45{N}% d\u2019un"),
        ("45%", f"45{N}%"),
        ("0,20 $ ou 24 €", f"0,20{N}$ ou 24{N}€"),
        ("l'heure, jusqu'à demain", "l\u2019heure, jusqu\u2019à demain"),
        ("8 h 05", f"8{N}h{N}05"),
        ("8h05", f"8{N}h{N}05"),
        ("à 16 h.", f"à 16{N}h."),
        ("dans 38 min", f"dans 38{H}min"),
        ("63 206 signes", f"63{N}206 signes"),
        ("1 234 567", f"1{N}234{N}567"),
        ("en 2026 300 personnes", "en 2026 300 personnes"),
        ("04 50 00 00 00", "04 50 00 00 00"),
        ("mercredi: (voir)", f"mercredi{H}: (voir)"),
        ("Qui parle ? Elle : « je ».", f"Qui parle{N}? Elle{H}: «{H}je{N}»."),
        ("", ""),
        ("sans rien", "sans rien"),
    ],
)
def test_french_is_set_as_french(typed: str, read: str) -> None:
    assert french(typed) == read


@pytest.mark.parametrize(
    "kept",
    [
        "https://exemple.fr/page?a=1&b=2;c",
        "http://exemple.fr:8080/",
        "jeanne@exemple.fr",
        "%(name)s",
        "%s",
        "{name}",
        "{{ value|default:'x' }}",
        "{% if a %}",
        "<a href=\"x?y=1\" title='z'>",
        "<br>",
        "&amp;",
        "&#8239;",
        "12:30",
        "a?b=c",
    ],
)
def test_what_machines_read_is_left_alone(kept: str) -> None:
    assert french(kept) == kept


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("%(n)s ?", f"%(n)s{N}?"),
        ("%(rate)s %% du public", f"%(rate)s{N}%% du public"),
        ("100%%", f"100{N}%%"),
        ("« %(word)s »", f"«{H}%(word)s{N}»"),
        ("%(name)s: %(what)s", f"%(name)s{H}: %(what)s"),
        ("L'accès de %(name)s", "L\u2019accès de %(name)s"),
        ("l'%(what)s", "l\u2019%(what)s"),
        ("Voir {link} ;", f"Voir {{link}}{N};"),
        ("<b>Pourquoi</b> ?", f"<b>Pourquoi</b>{N}?"),
        ("<b>Pourquoi ?</b> Parce que", f"<b>Pourquoi{N}?</b> Parce que"),
        ("Lire https://exemple.fr/a ?", f"Lire https://exemple.fr/a{N}?"),
        ("Lire https://exemple.fr/a.", "Lire https://exemple.fr/a."),
    ],
)
def test_around_placeholders_tags_and_addresses(typed: str, read: str) -> None:
    assert french(typed) == read


PIECES = st.sampled_from(
    [
        "mot", "l'", "8", "05", "12", "345", " ", "  ", ":", ";", "!", "?", "%", "%%", "€", "«", "»", "h", "min", ".",
        ",", "%(name)s", "{name}", "<b>", "</b>", "https://a.fr/?b=c", "a@b.fr", N, H, "&amp;", "(", ")", "12:30", "\n",
    ]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join)))
@example("8 h h 05")
@example("a : : b")
def test_setting_twice_changes_nothing_more(text: str) -> None:
    once = french(text)
    assert french(once) == once


@given(st.lists(PIECES, max_size=14).map("".join))
def test_only_spaces_and_apostrophes_ever_change(text: str) -> None:
    def bare(value: str) -> str:
        return re.sub(f"[ {N}{H}]", "", value).replace("\u2019", "'")

    assert bare(french(text)) == bare(text)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_placeholders_survive(text: str) -> None:
    pattern = re.compile(r"%\(\w+\)s|\{name\}|https://a\.fr/\?b=c|</?b>")
    assert pattern.findall(french(text)) == pattern.findall(text)
