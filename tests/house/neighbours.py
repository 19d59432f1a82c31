"""People around the bakery: what they agreed to, who knows whom, a book, requests at each step."""

from datetime import date, datetime, timedelta

from pupitre.core.models import Member, User
from pupitre.relations.actions.book import colleague, take_in_book, tie
from pupitre.relations.actions.chains import ask_blind, request_introduction, seek
from pupitre.relations.actions.consents import add_person
from pupitre.relations.models import (
    BlindAnswer,
    Contact,
    Expertise,
    Group,
    GroupNote,
    Introduction,
    Suppression,
)

PURPOSE = "Proposer notre pain de midi aux cantines"
LETTER = "Bonjour, pourrais-tu lui demander si je peux lui écrire ?"


def neighbours(by: Member, now: datetime, *, times: int) -> None:
    """At least one row of each kind of relations, `times` of those that pages list."""
    me, here = colleague(by), by.organisation
    every = ["be_contacted", "be_introduced", "introduce_others", "appear_in_directory"]
    for number in range(times):
        told = {"role": "acheteuse", "employer": f"Cantines {number}", "place": "Nantua"}
        one = add_person(by=by, name=f"Odile Renaud {number}", proof="son mail du 3", purposes=every, **told)
        miller = add_person(by=by, name=f"Paul Vasseur {number}", proof="dit au moulin", purposes=every, role="meunier")
        tie(me, miller, by=by, strength="picks_up")
        tie(miller, one, by=by, strength="worked_together")
    rows = "".join(f"Malik Sarr {n};malik{n}@amicale.example;Amicale {n}\n" for n in range(max(times, 2)))
    take_in_book(f"Nom;Courriel;Entreprise\n{rows}".encode(), by=by)
    kept = seek("acheteuse cantines 0", by=by, purpose=PURPOSE)
    asked = request_introduction(kept, Contact.objects.get(name="Paul Vasseur 0").pk, by=by, message=LETTER)
    _at_each_step(asked, me)
    _blind(by, now)
    _groups(by, me, times=times)
    Suppression.objects.create(organisation=here, digest="0" * 64, receipt="A1B2C3D4", erased_at=now)


def _groups(by: Member, me: Contact, *, times: int) -> None:
    """Groups with what happened there, one of them left; colleagues and neighbours who know a subject."""
    for number in range(times):
        group = Group.objects.create(
            organisation=by.organisation, name=f"Boulangers de l’Ain {number}", place="Facebook", openness="closed",
            posture="join", aim="Aider ceux qui s’installent", cadence="chaque lundi", hours_per_week=1, expert=by,
            exit="trois mois sans question", review_on=date(2030, 1, 31), plan="Les farines\nLe froid",
            left_on=date(2026, 1, 31) if number == 1 else None, left_because="Plus personne." if number == 1 else "",
        )  # fmt: skip
        group.moderators.add(by)
        GroupNote.objects.create(
            organisation=by.organisation, group=group, text="Expliqué le pointage.", on=date(2026, 1, 30), by=by
        )
        Expertise.objects.create(
            organisation=by.organisation, contact=me, topic=f"Levain {number}", evidence="https://fake.example/levain",
            basis="interest", basis_words="utile à nos réponses", hoped="press", step="Lui écrire",
        )  # fmt: skip


def _at_each_step(asked: Introduction, me: Contact) -> None:
    """The same request as asked of oneself, met and followed."""
    for legs, step in ((asked.legs, "met"), (asked.legs, "followed"), ([me.pk], "introducer_asked")):
        Introduction.objects.create(
            organisation=asked.organisation, asker=asked.asker, introducer=asked.introducer, target=asked.target,
            legs=legs, step=step, pending="introducer_asked" if step == "introducer_asked" else "target_asked",
            since=asked.since, sent_at=asked.sent_at - timedelta(days=200), purpose=PURPOSE, message=LETTER,
        )  # fmt: skip


def _blind(by: Member, now: datetime) -> None:
    """One question of one's own with its answer, three of a colleague's that one's book may answer."""
    user = User.objects.create_user("nadia@levain.example", "quatre mots pour ouvrir", name="Nadia Colin")
    nadia = Member.objects.create(organisation=by.organisation, user=user, role="editor")
    mine = ask_blind("président d’association", by=by, purpose=PURPOSE)
    BlindAnswer.objects.create(request=mine, colleague=nadia, at=now)
    for _ in range(3):
        ask_blind("Malik Sarr", by=nadia, purpose=PURPOSE)
