from django.apps import AppConfig

N_ = str


class Measurement(AppConfig):
    name = "pupitre.measurement"
    label = "measurement"

    def ready(self) -> None:
        from pupitre.shell.rail import Entry, enter

        enter(Entry(70, "measures", N_("Measures"), "ruler", "measurement:measures"))
