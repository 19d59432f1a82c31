from django.apps import AppConfig

N_ = str


class CrisisRoom(AppConfig):
    name = "pupitre.crisis"
    label = "crisis"

    def ready(self) -> None:
        from pupitre.crisis.queries import banner
        from pupitre.shell.rail import Entry, enter, enter_banner

        enter(Entry(85, "crisis", N_("Crisis room"), "fire-extinguisher", "crisis:room"))
        enter_banner("crisis", banner)
