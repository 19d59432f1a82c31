"""Every minute: networks that fell, networks that are back."""

from django.utils import timezone

from pupitre.channels.connections import connector
from pupitre.engine import every, job
from pupitre.publishing.outage import watch_outages


@job("publishing.outages")
def outages() -> None:
    watch_outages(connector, now=timezone.now())


every("publishing.outages", "* * * * *")
