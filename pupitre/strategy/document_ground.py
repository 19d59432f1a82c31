"""What the decision file says of the ground one owns, and of those one compares with."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pupitre.core.models import Organisation
from pupitre.shell.wording import number, short_day
from pupitre.strategy import site_queries
from pupitre.strategy.heard_queries import ground
from pupitre.strategy.rules.site import BLOCKING


def site(organisation: Organisation) -> list[str]:
    """The last visit to the site: its day, whether it stands, then what blocks, then what is only missing."""
    visits = site_queries.checks(organisation)
    if not visits:
        return [_("Nobody has visited it from here yet: nothing is known of its state.")]
    last = visits[0]
    values = {"url": last.url, "day": short_day(timezone.localdate(last.checked_at), language=_language(), year=True)}
    verdict = (
        _("%(url)s, visited on %(day)s: it stands.") if last.stands
        else _("%(url)s, visited on %(day)s: it comes before any network.")
    )  # fmt: skip
    points = sorted(site_queries.points(last), key=lambda point: (point.state != "no", point.key not in BLOCKING))
    return [verdict % values, *(f"{point.name} – {point.said}" for point in points if point.state != "yes")]


def peers(organisation: Organisation) -> list[str]:
    """Comparisons with somebody of one's size, for what was learned there."""
    return [
        _("%(name)s, %(theirs)s people beside our %(ours)s: %(learned)s")
        % {
            "name": one.name,
            "theirs": number(one.audience, language=_language()),
            "ours": number(one.ours, language=_language()),
            "learned": one.learned,
        }
        for one in ground(organisation).peers
    ]


def _language() -> str:
    return "en" if (translation.get_language() or "fr").startswith("en") else "fr"
