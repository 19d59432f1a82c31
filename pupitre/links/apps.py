from django.apps import AppConfig


class Links(AppConfig):
    name = "pupitre.links"
    label = "links"
