from django.apps import AppConfig


class Ledger(AppConfig):
    name = "pupitre.ledger"
    label = "ledger"
