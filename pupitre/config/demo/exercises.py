"""Two exercises of the demonstration: one that ended yesterday with its sheet, one ready to be played."""

from datetime import timedelta

from pupitre.channels.models import Channel
from pupitre.config.demo import travel
from pupitre.config.demo.house import House
from pupitre.conversations.actions import answer
from pupitre.conversations.models import Thread
from pupitre.core.models import Member
from pupitre.crisis import actions as crisis
from pupitre.crisis.models import Crisis
from pupitre.publishing.actions import promise
from pupitre.training import actions
from pupitre.training.models import Drill
from pupitre.training.queries import scenario_of
from pupitre.training.rules.reading import criticism_in

BEFORE = timedelta(days=1)
FACT = "Une panne bloque les cartes et l’application depuis ce matin."
WORD = (
    "Une panne bloque les cartes et l’application depuis ce matin. Nous n’en connaissons pas encore la cause. "
    "Nous reparlons ici à 11 h."
)
ANSWERS = {
    "cards": "Nous sommes désolés pour cette caisse. On répare ; aucun frais ne vous sera compté.",
    "silence": "Vous avez raison, nous avons tardé à vous répondre. Nous faisons le point ici toutes les heures.",
    "money": "Votre virement est en file d’attente, il n’est pas perdu. Tout rejet dû à la panne sera remboursé.",
    "safety": "Rien n’indique un piratage. Si cela changeait, nous le dirions ici d’abord.",
}
STEPS = (3, 4, 6, 17, 30, 60, 60)  # minutes between what is done


def rehearse(house: House) -> None:
    """Played by the room's own actions; the same public each time."""
    by = house.boss
    with travel.at(house.start - BEFORE):
        done = actions.start_drill("bank", by=by, seed=12, language="fr")
        _play(done, by)
        actions.end_drill(Drill.objects.get(pk=done.pk), by=by)
    actions.start_drill("kitchen", by=by, seed=4, language="fr", speed=0)


def _play(drill: Drill, by: Member) -> None:
    """A good run with two faults: promotion let out by hand before the click, and one criticism left aside."""
    leader = Member.objects.select_related("organisation", "user").get(organisation=drill.place, user=by.user)
    steps, answered = iter(STEPS), set[str]()
    actions.let_pass(drill, next(steps), by=by)
    channels = list(Channel.objects.filter(organisation=drill.place, remote_id__in=("square", "thread")).order_by("id"))
    promise(channels[0], by=leader, text="Notre application a été primée.", due_at=drill.ticked_at)
    actions.let_pass(drill, next(steps), by=by)
    case = crisis.open_crisis(by=leader, title="Cartes refusées, application fermée", situation="accident")
    crisis.add_fact(case, FACT, by=leader, status="confirmed", source="Exploitation", owner=leader)
    crisis.tell(case.audiences.get(kind="staff"), by=leader, way="Note à toutes les agences")
    actions.let_pass(drill, next(steps), by=by)
    word = crisis.write_statement(_fresh(case), WORD, by=leader)
    crisis.publish(word, channels, by=leader, alone="Exercice à une personne")
    for minutes, kinds in zip(steps, (("customers",), ("press", "partners"), ("authorities",)), strict=False):
        actions.let_pass(drill, minutes, by=by)
        for kind in kinds:
            crisis.tell(case.audiences.get(kind=kind), by=leader, way="Message court")
        _answer(drill, leader, answered)


def _answer(drill: Drill, leader: Member, done: set[str]) -> None:
    """One answer for each distinct criticism that has none."""
    told = scenario_of(drill)
    for thread in Thread.objects.filter(organisation=drill.place, state="open", origin="network").order_by("id")[:40]:
        about = criticism_in(thread.remote_id, told)
        if about in ANSWERS and about not in done:
            done.add(about)
            answer(thread, ANSWERS[about], by=leader)


def _fresh(case: Crisis) -> Crisis:
    return Crisis.objects.get(pk=case.pk)
