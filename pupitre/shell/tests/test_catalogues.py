"""French is complete, and the tool that says so notices what it must."""

from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from pupitre.shell import catalogues
from pupitre.shell.catalogues import Said
from pupitre.shell.typography import HARD, NARROW, french

HEAD = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
HEAD += '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house of two rooms, `bar` and `shell`, that say nothing yet."""
    for room in ("bar", "shell"):
        (tmp_path / room / "templates" / room).mkdir(parents=True)
        (tmp_path / room / "__init__.py").write_text("")
        (tmp_path / room / "locale/fr/LC_MESSAGES").mkdir(parents=True)
    return tmp_path


def write(house: Path, room: str, entries: str) -> None:
    (house / room / catalogues.PO).write_text(HEAD + entries, encoding="utf-8")


def test_every_message_of_the_house_has_its_french() -> None:
    assert [f"{one.file}: {one.msgid}" for one in catalogues.missing()] == []


def test_rooms_agree_on_the_french_of_a_message() -> None:
    assert catalogues.contradictions() == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    assert catalogues.broken() == []


def test_french_follows_the_voice_of_the_product() -> None:
    banned = ("engager son audience", "booster", "contrôler sa réputation", "communauté", "fans", "followers", "viral",
              "score social", "intelligence artificielle", "oups", "bravo", "félicitations")  # fmt: skip
    faults = []
    for room in catalogues.rooms():
        for message in catalogues.catalogue(room):
            for text in catalogues._texts(message.string) if message.id else ():
                words = text.lower()
                faults += [(room.name, text) for word in banned if f" {word}" in f" {words}"]
                faults += [(room.name, text)] if "!" in text or any(ord(c) > 0x1F000 for c in text) else []
    assert faults == []


def test_python_messages_are_found(house: Path) -> None:
    (house / "bar" / "actions.py").write_text(
        "from x import gettext as _, ngettext, pgettext\n"
        "N_ = str\n"
        'a = _("One" " piece")\n'
        'b = N_("Noted")\n'
        'c = ngettext("%(n)s bar", "%(n)s bars", 2)\n'
        'd = pgettext("verb", "Open")\n'
        'e = other("Not a message")\n'
        '"""_("in a text")"""\n'
    )
    assert catalogues.said(house) == [
        Said("bar", "bar/actions.py", "%(n)s bar", "", "%(n)s bars"),
        Said("bar", "bar/actions.py", "Noted"),
        Said("bar", "bar/actions.py", "One piece"),
        Said("bar", "bar/actions.py", "Open", "verb"),
    ]


def test_template_messages_are_found(house: Path) -> None:
    (house / "bar" / "templates" / "bar" / "a.html").write_text(
        "{% load i18n %}{% translate \"It's open\" %} {% translate 'Open' context 'verb' as x %}"
        "{% blocktranslate with a=b %}Hello {{ a }}{% endblocktranslate %}"
        "{% blocktranslate count n=n %}{{ n }} bar{% plural %}{{ n }} bars{% endblocktranslate %}"
        '{% tag _("Complaint") tone="rub" %}{{ x|default:_("Nothing") }} {# _("silent") #}'
        '{% comment %}{% translate "hidden" %}{% endcomment %}'
    )
    assert {(one.msgid, one.context, one.plural) for one in catalogues.said(house)} == {
        ("It's open", "", ""), ("Open", "verb", ""), ("Hello %(a)s", "", ""), ("%(n)s bar", "", "%(n)s bars"),
        ("Complaint", "", ""), ("Nothing", "", ""),
    }  # fmt: skip


def test_tests_and_migrations_say_nothing(house: Path) -> None:
    for folder in ("tests", "migrations"):
        (house / "bar" / folder).mkdir()
        (house / "bar" / folder / "x.py").write_text('_("Hidden")')
    assert catalogues.said(house) == []


@pytest.mark.parametrize(
    ("entry", "complete"),
    [
        ("", False),
        ('msgid "Open"\nmsgstr "Ouvert"\n', True),
        ('msgid "Open"\nmsgstr ""\n', False),
        ('#, fuzzy\nmsgid "Open"\nmsgstr "Ouvert"\n', False),
        ('msgctxt "verb"\nmsgid "Open"\nmsgstr "Ouvrir"\n', False),
    ],
)
def test_what_counts_as_french(house: Path, entry: str, complete: bool) -> None:
    (house / "bar" / "a.py").write_text('_("Open")')
    write(house, "bar", entry)
    assert (catalogues.missing(house) == []) is complete


def test_plurals_need_both_forms(house: Path) -> None:
    (house / "bar" / "a.py").write_text('ngettext("%(n)s bar", "%(n)s bars", 1)')
    half = 'msgid "%(n)s bar"\nmsgid_plural "%(n)s bars"\nmsgstr[0] "%(n)s bar"\nmsgstr[1] ""\n'
    write(house, "bar", half)
    assert [one.msgid for one in catalogues.missing(house)] == ["%(n)s bar"]
    write(house, "bar", half.replace('msgstr[1] ""', 'msgstr[1] "%(n)s bars"'))
    assert catalogues.missing(house) == []


def test_rooms_may_use_the_words_of_the_shell_but_not_each_other(house: Path) -> None:
    (house / "bar" / "a.py").write_text('_("Open")')
    (house / "shell" / "a.py").write_text('_("Shut")')
    write(house, "shell", 'msgid "Open"\nmsgstr "Ouvert"\n')
    write(house, "bar", 'msgid "Shut"\nmsgstr "Fermé"\n')
    assert [(one.room, one.msgid) for one in catalogues.missing(house)] == [("shell", "Shut")]


def test_two_frenches_for_one_message_are_found(house: Path) -> None:
    write(house, "bar", 'msgid "Open"\nmsgstr "Ouvert"\n\nmsgid "Same"\nmsgstr "Pareil"\n')
    write(house, "shell", 'msgid "Open"\nmsgstr "Ouverte"\n\nmsgid "Same"\nmsgstr "Pareil"\n')
    assert catalogues.contradictions(house) == [("Open", "bar", "shell")]


@pytest.mark.parametrize(
    ("string", "faults"),
    [("Voici %(name)s", 0), ("Voici", 1), ("Voici %(nom)s", 1), ("%(name)s et %(name)s", 0)],
)
def test_placeholders_that_differ_are_found(house: Path, string: str, faults: int) -> None:
    write(house, "bar", f'msgid "Here is %(name)s"\nmsgstr "{string}"\n')
    assert len(catalogues.broken(house)) == faults


def test_compiled_messages_are_typeset(house: Path) -> None:
    write(house, "bar", 'msgid "Why?"\nmsgstr "Pourquoi ? Parce que : 45 %% de « %(what)s »"\n\n'
          'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s jour !"\nmsgstr[1] "%(n)s jours !"\n\n'
          'msgid "Not yet"\nmsgstr ""\n')  # fmt: skip
    assert catalogues.compile_all(house) == 2
    with (house / "bar" / catalogues.PO).with_suffix(".mo").open("rb") as stream:
        ready = read_mo(stream)
    assert ready["Why?"].string == f"Pourquoi{NARROW}? Parce que{HARD}: 45{NARROW}%% de «{HARD}%(what)s{NARROW}»"
    assert tuple(ready["%(n)s day"].string) == (f"%(n)s jour{NARROW}!", f"%(n)s jours{NARROW}!")
    assert "Not yet" not in ready


def test_typesetting_breaks_no_message_of_the_house() -> None:
    for room in catalogues.rooms():
        for message in catalogues.catalogue(room):
            for text in catalogues._texts(message.string):
                assert sorted(catalogues.PLACEHOLDER.findall(french(text))) == sorted(
                    catalogues.PLACEHOLDER.findall(text)
                )
