"""Links of the house: words of each tag, some links, days on which they were followed."""

from datetime import date, timedelta

from pupitre.core.models import Member
from pupitre.links.actions import add_term, make_link
from pupitre.links.models import LinkDay, LinkDomain
from pupitre.strategy.models import Objective


def furnish_links(by: Member, objective: Objective, today: date, times: int) -> None:
    for kind, value in (("source", "facebook"), ("medium", "social"), ("campaign", "galette")):
        add_term(kind, value, by=by, ours=kind == "source")
    LinkDomain.objects.create(organisation=by.organisation)
    for number in range(times):
        link = make_link(
            f"https://levain.example/galette/{number}", by=by, source="facebook", medium="social", campaign="galette",
            name=f"Galette {number}", objective=objective,
        )  # fmt: skip
        LinkDay.objects.create(link=link, on=today - timedelta(days=number), people=12, bots=3)
