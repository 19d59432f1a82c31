"""What a house decides of its answers: who takes the floor, what is hidden, how answers begin, what sorts by itself."""

from django.utils import translation

from pupitre.config.demo.house import House
from pupitre.conversations import actions as talk
from pupitre.conversations.care_queries import proof
from pupitre.conversations.rules.sorting import If, words_of


def care(house: House) -> None:
    """The four usual moderation rules, two beginnings of answers, one sorting rule."""
    told, boss = house.told.get("care", {}), house.boss
    with translation.override(house.organisation.language):
        talk.usual_rules(by=boss)
    for one in told.get("replies", ()):
        talk.saved_reply(by=boss, title=one["title"], text=one["text"], kind=one["kind"], language="fr")
    for one in told.get("rules", ()):
        tried = proof(boss.organisation, If(words=words_of(one["words"])))
        talk.inbox_rule(by=boss, name=one["name"], words=one["words"], tag=one["tag"], tried=tried)
