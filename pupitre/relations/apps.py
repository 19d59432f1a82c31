from django.apps import AppConfig

N_ = str


class Relations(AppConfig):
    name = "pupitre.relations"
    label = "relations"

    def ready(self) -> None:
        from pupitre.shell.rail import Entry, enter

        enter(Entry(60, "relations", N_("Relations"), "handshake", "relations:introductions"))
