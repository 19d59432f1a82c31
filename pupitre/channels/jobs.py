"""Every hour: accounts that were not read for a day are, and accesses that end ask for a person.

Hourly rather than daily, because a bell missed while no worker was alive is not made up for.
"""

from django.utils import timezone

from pupitre.channels.actions.bells import forget_knocks
from pupitre.channels.actions.watching import watch_accounts
from pupitre.engine import every, job


@job("channels.watch")
def watch() -> None:
    watch_accounts(now=timezone.now())
    forget_knocks(now=timezone.now())


every("channels.watch", "17 * * * *")
