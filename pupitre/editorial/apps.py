from django.apps import AppConfig

N_ = str


class Editorial(AppConfig):
    name = "pupitre.editorial"
    label = "editorial"

    def ready(self) -> None:
        from pupitre.shell.rail import Entry, enter

        enter(Entry(30, "score", N_("Score"), "music-notes", "editorial:score", phone=True))
