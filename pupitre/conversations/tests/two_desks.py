"""A house with two colleagues and three conversations on a database of its own, its ids printed in JSON."""

import json
from datetime import timedelta

PASSWORD = "quatre mots pour ouvrir"


def main() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from django.utils import timezone

    from pupitre.channels.models import Channel
    from pupitre.connectors.contract import Author, Incoming, Ref
    from pupitre.conversations import actions
    from pupitre.conversations.models import Thread
    from pupitre.core.actions import add_member, set_up

    claire = set_up(name="Levain", email="claire@levain.example", password=PASSWORD, person="Claire Aubry")
    add_member(by=claire, name="Lucie Morel", email="lucie@levain.example", password=PASSWORD, role="responder")
    channel = Channel.objects.create(
        organisation=claire.organisation, network="fake", remote_id="levain", handle="@levain", name="Levain sur Fake"
    )
    start = timezone.now() - timedelta(minutes=5)
    actions.take_in(channel, [
        Incoming(Ref(f"m{n}"), "reply", Author(f"p{n}", f"p{n}", f"Personne {n}"), f"Vous ouvrez dimanche ? {n}",
                 start + timedelta(seconds=n), f"m{n}")
        for n in range(3)
    ])  # fmt: skip
    print(json.dumps({"slug": claire.organisation.slug, "threads": list(Thread.objects.values_list("pk", flat=True))}))


if __name__ == "__main__":
    main()
