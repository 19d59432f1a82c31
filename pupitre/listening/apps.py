from django.apps import AppConfig

N_ = str


class Listening(AppConfig):
    name = "pupitre.listening"
    label = "listening"

    def ready(self) -> None:
        from pupitre.shell.rail import Entry, enter

        enter(Entry(50, "mirror", N_("Mirror"), "binoculars", "listening:mirror"))
