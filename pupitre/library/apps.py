from django.apps import AppConfig

N_ = str


class Library(AppConfig):
    name = "pupitre.library"
    label = "library"

    def ready(self) -> None:
        from pupitre.shell.rail import Entry, enter

        enter(Entry(80, "library", N_("Library"), "images", "library:library"))
