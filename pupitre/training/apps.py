from django.apps import AppConfig

N_ = str


class TrainingRoom(AppConfig):
    name = "pupitre.training"
    label = "training"

    def ready(self) -> None:
        from pupitre.channels.walls import enter_player
        from pupitre.shell.rail import Entry, enter, enter_banner
        from pupitre.training.player import player
        from pupitre.training.queries import banner

        enter(Entry(88, "training", N_("Training"), "graduation-cap", "training:room"))
        enter_banner("training", banner)
        enter_player(player)
