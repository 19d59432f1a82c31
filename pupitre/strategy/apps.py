from django.apps import AppConfig

N_ = str


class Strategy(AppConfig):
    name = "pupitre.strategy"
    label = "strategy"

    def ready(self) -> None:
        from pupitre.shell.rail import Entry, enter

        enter(Entry(40, "strategy", N_("Strategy"), "compass", "strategy:start"))
