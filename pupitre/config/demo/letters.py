"""Letters that wait in the mailbox when the demonstration starts; the worker reads them as it reads any other."""

from datetime import timedelta

from pupitre.config.demo.house import House


def deliver(house: House) -> None:
    """Each at its hour before the start."""
    for one in house.told.get("letters", ()):
        fake = house.fakes["mail"]
        at = (house.start - timedelta(hours=one["hours"])).timestamp()
        fake.say(fake.stranger(one["from"], one["name"]), one["text"].strip(), kind="dm", at=at)
