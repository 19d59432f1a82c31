"""After a backup is restored: what should have left meanwhile may be out, so it is looked for before it is sent."""

from datetime import datetime

from django.db import transaction

from pupitre.publishing.models import Delivery
from pupitre.publishing.rules import states


@transaction.atomic
def look_before_sending(*, now: datetime) -> int:
    """Everything promised for before `now` and not known to be out becomes unknown; the number so marked.

    The installation that was backed up may have sent it since. The worker looks on the network first; where a
    network cannot be read back, a person is asked.
    """
    late = Delivery.objects.filter(state__in=(states.SCHEDULED, states.ATTEMPTING, states.PROCESSING), due_at__lte=now)
    return late.update(state=states.UNKNOWN, next_at=now, looks=0)
