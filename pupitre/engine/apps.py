from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class Engine(AppConfig):
    name = "pupitre.engine"
    label = "engine"

    def ready(self) -> None:
        # Every room's jobs.py declares its jobs, so that a name nobody answers to is refused when it is enqueued.
        autodiscover_modules("jobs")
