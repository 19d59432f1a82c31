"""Beginning from a problem that others have had: what to listen to and how to reply, never what to publish."""

from django.db import transaction
from django.urls import reverse

from pupitre.core.actions import ensure_task, record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.models import Plan

N_ = str
# Words to watch beside the name, as a search is written.
WATCHED = ("avis OR forum", "déçu OR arnaque OR problème", "service OR livraison OR réponse")
WATCH = N_("Open a watch on: %(query)s")
REPLY = N_("Write the reply plan: who replies, in how many hours, and what is put right before it is said.")
MEASURE = N_("Count today’s complaints and their replies: the starting point of the repair.")


@transaction.atomic
def repair_image(question: str, *, by: Member) -> Plan:
    """Begin with a damaged image: the problem, three watches, a reply plan and a count, as tasks; no post.

    Raises Conflict when another problem is already written.
    """
    require(by, "decide_strategy")
    kept, here = reads.plan(by.organisation), by.organisation
    if kept.problem and kept.problem != question:
        said = N_("A problem is already written here: replace it yourself if this is the real one.")
        raise Conflict(N_("One strategy answers one problem."), [Fault("problem", said)])
    kept.problem = question
    kept.save()
    for rank, words in enumerate(WATCHED):
        query = f'"{here.name}" ({words})'
        ensure_task(here, f"repair:watch:{rank}", WATCH, params={"query": query})
    url = reverse("strategy:floor", args=[here.slug])
    ensure_task(here, "repair:reply", REPLY, url=url)
    ensure_task(here, "repair:measure", MEASURE)
    record(by, "image_repair_begun", kept)
    return kept
