from django.apps import AppConfig


class Core(AppConfig):
    name = "pupitre.core"
    label = "core"
