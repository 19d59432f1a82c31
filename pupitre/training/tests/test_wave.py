"""The public of an exercise: the same for a seed, hotter for what warms, calmer for what calms, message by message."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pupitre.training.rules.reading import Spoken, denies, missed, read, remote_id
from pupitre.training.rules.scenarios import LANGUAGES, Scenario, keys, scenario
from pupitre.training.rules.sheet import Played, as_json, lines, passed
from pupitre.training.rules.wave import WARMS, Act, Wave, play

BANK = scenario("bank", "fr")
HOURS = 150  # minutes
few = settings(max_examples=25, deadline=None)


def run(*acts: Act, seed: int, told: Scenario = BANK, minutes: int = HOURS) -> Wave:
    return play(told.terms, seed=seed, acts=acts, minutes=minutes)


@few
@given(some.integers(0, 10_000), some.sampled_from(keys()))
def test_a_seed_gives_the_same_public(seed: int, key: str) -> None:
    told = scenario(key, "fr")
    assert run(seed=seed, told=told) == run(seed=seed, told=told)
    longer = run(seed=seed, told=told, minutes=HOURS + 30)
    assert longer.said[: len(run(seed=seed, told=told).said)] == run(seed=seed, told=told).said


@few
@given(some.integers(0, 10_000), some.sampled_from(sorted(WARMS)), some.integers(1, 90), some.booleans())
def test_what_warms_only_adds_messages(seed: int, what: str, at: int, spoken: bool) -> None:
    before = (Act(5, "word", "square"),) if spoken else ()
    calm, hot = run(*before, seed=seed), run(*before, Act(at, what, "square"), seed=seed)
    assert set(calm.said) <= set(hot.said)
    assert all(cool <= warm for cool, warm in zip(calm.heat, hot.heat, strict=True))
    assert hot.heat[at + 1] > calm.heat[at + 1] or calm.heat[at + 1] == 100


@few
@given(some.integers(0, 10_000), some.integers(1, 15), some.integers(20, 100))
def test_an_early_word_calms_more_than_a_late_one_and_a_late_one_more_than_none(
    seed: int, soon: int, late: int
) -> None:
    early, after = run(Act(soon, "word", "square"), seed=seed), run(Act(late, "word", "square"), seed=seed)
    never = run(seed=seed)
    assert set(early.said) <= set(after.said) <= set(never.said)
    assert len(early.said) < len(never.said)


@few
@given(some.integers(0, 10_000))
def test_who_is_answered_says_it_less(seed: int) -> None:
    answered = run(Act(10, "answer", about="cards"), seed=seed)
    assert set(answered.said) <= set(run(seed=seed).said)


def test_what_is_done_now_changes_nothing_already_said() -> None:
    for at in (1, 20, 60):
        before = [one for one in run(seed=7).said if one.minute <= at]
        assert [one for one in run(Act(at, "denial"), seed=7).said if one.minute <= at] == before


def test_the_wave_dies_within_three_days_whatever_is_done() -> None:
    long = run(Act(10, "denial"), seed=3, minutes=72 * 60)
    assert max(long.heat) > 80
    assert long.heat[-1] < 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", keys())
def test_each_exercise_is_whole_and_its_criticisms_are_recognised(key: str, language: str) -> None:
    told = scenario(key, language)
    assert len(told.notes) >= 3
    assert told.to_answer()
    for heard in told.criticisms.values():
        assert len(heard.said) == 3
        assert heard.abuse or any(told.criticism_of(text) == heard.key for text in heard.said)
    assert not any(denies(text, told, language=language) for one in told.criticisms.values() for text in one.said)


@pytest.mark.parametrize(
    ("kind", "text", "promotional", "what"),
    [
        ("statement", "Une panne des cartes dure depuis ce matin. Nous cherchons la cause.", False, "word"),
        ("statement", "Nous n’avons constaté aucune panne.", False, "denial"),
        ("reply", "Il n’y a eu aucune panne.", False, "denial"),
        ("reply", "Votre carte fonctionnera ce soir.", False, "answer"),
        ("post", "Votre prêt auto à taux doux.", True, "promotion"),
    ],
)
def test_what_leaves_is_read_for_what_it_is(kind: str, text: str, promotional: bool, what: str) -> None:
    said = Spoken(9, kind, text, "square", promotional, under=remote_id("square", "cards", 3, 1))
    assert [act.what for act in read([said], BANK, language="fr")] == [what]


def test_a_rumour_may_be_denied_a_name_may_not_be_written_and_pasting_is_seen() -> None:
    rumour, attacked = scenario("rumour", "fr"), scenario("harassment", "fr")
    said = Spoken(3, "statement", "C’est faux : l’eau est bonne, voici les analyses.", "square", False)
    assert [act.what for act in read([said], rumour, language="fr")] == ["word"]
    named = Spoken(3, "statement", "Solène a bien fait son travail.", "thread", False)
    assert [act.what for act in read([named], attacked, language="fr")] == ["exposed"]
    same = [Spoken(at, "reply", "Merci.", "square", False, under=f"square.cards.{at}.0") for at in range(3)]
    assert [act.what for act in read(same, BANK, language="fr")].count("pasted") == 1


def test_a_promised_hour_that_passes_is_missed_unless_a_word_came() -> None:
    first = Spoken(10, "statement", "…", "square", False, promised=40)
    kept = Spoken(41, "statement", "…", "square", False)
    assert missed([first], now=44) == []
    assert missed([first], now=60) == [Act(45, "missed")]
    assert missed([first, kept], now=60) == []


def played(*acts: Act, told: dict[str, int]) -> Played:
    return Played(acts, told, (), tuple(BANK.terms.channels), BANK.to_answer())


def test_the_sheet_holds_each_line_and_passes_only_a_whole_run() -> None:
    everyone = dict.fromkeys(("staff", "customers", "partners", "press", "authorities"), 6)
    answers = [Act(20, "answer", "square", key) for key in BANK.to_answer()]
    words = [Act(8, "word", "square"), Act(8, "word", "thread")]
    good = lines(played(*words, *answers, told=everyone))
    assert {one.met for one in good} == {"yes"}
    assert passed(good)
    assert not passed(lines(played(*words, *answers, Act(9, "denial"), told=everyone)))
    assert not passed(lines(played(told={})))
    late = lines(played(Act(40, "word", "square"), Act(40, "word", "thread"), *answers, told=everyone))
    assert [(one.key, one.met) for one in late if one.met != "yes"] == [("word", "partly")]
    assert passed(late)
    kept = as_json(played(*words, told=everyone), run(*words, seed=1), run(seed=1))
    assert (sum(kept["curve"]), sum(kept["silent"])) == (kept["said"], kept["silent_said"])
    assert kept["said"] < kept["silent_said"]
