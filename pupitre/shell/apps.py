from django.apps import AppConfig


class Shell(AppConfig):
    name = "pupitre.shell"
    label = "shell"
