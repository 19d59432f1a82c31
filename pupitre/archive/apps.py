from django.apps import AppConfig

N_ = str


class Archive(AppConfig):
    name = "pupitre.archive"
    label = "archive"

    def ready(self) -> None:
        from pupitre.archive.actions.forget import forget, tell
        from pupitre.relations.traces import Trace, enter_trace

        enter_trace(Trace("archive", N_("Archive"), tell, forget))
