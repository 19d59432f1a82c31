from django.apps import AppConfig

N_ = str


class Desk(AppConfig):
    name = "pupitre.desk"
    label = "desk"

    def ready(self) -> None:
        from pupitre.desk.queries import frame
        from pupitre.shell.rail import Entry, enter, enter_facts

        enter(Entry(10, "desk", N_("Desk"), "presentation-chart", "desk:home", phone=True))
        enter(Entry(110, "settings", N_("Settings"), "sliders-horizontal", "desk:settings"))
        enter_facts("desk", frame)
