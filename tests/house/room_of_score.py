"""What stands around the score of the furnished bakery, and its pictures of other people."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.editorial import actions as editorial
from pupitre.editorial.models import Post
from pupitre.editorial.rules.draft import Draft
from pupitre.library.lending import answer_loan, ask_loan, file_away
from pupitre.library.models import Media


def furnish_score(by: Member, channel: Channel, *, times: int = 1) -> None:
    image = Media.objects.filter(organisation=by.organisation).earliest("id")
    file_away(image, by=by, folder="Le fournil", tags="four, pain")
    for number in range(times):
        ask_loan(by=by, author=f"Nadia {number}", source="https://photos.example/12", asked="Peut-on la montrer ?")
        loan = ask_loan(by=by, author=f"Omar {number}", source="Au marché", asked="Peut-on ?", media=image)
        answer_loan(loan, by=by, granted=True, proof="Message du 3 mars", scope="Nos comptes", credit="Omar B.")
    _around(by, channel, image, times)


def _around(by: Member, channel: Channel, image: Media, times: int) -> None:
    """Influence, a question to the public, a relay, the identity, days that matter, the help, a product."""
    today, post = timezone.localdate(), Post.objects.filter(organisation=by.organisation).earliest("id")
    for number in range(times):
        editorial.record_collaboration(
            by=by, partner=f"Emma {number}", goal="Le pain de seigle", value=Decimal(850), on=today, kind="gift"
        )
        editorial.open_consultation(
            by=by, question="Quelle brioche pour mars ?", commitment="La première entre au fournil", audience="Clients",
            options=["Orange", "Praline"], media=[image.pk, None], opens_on=today - timedelta(days=9),
            closes_on=today + timedelta(days=1 + number),
        )  # fmt: skip
        editorial.add_season(by=by, name=f"Foire {number}", begins_on=today, ends_on=today + timedelta(days=3))
        editorial.keep_sketch([("title", f"Le four {number}")], by=by, key=f"inachevee-{number}")
        spoken = editorial.save_post(None, Draft(title=f"Rangée {number}"), by=by)
        editorial.drop(spoken, by=by)
    editorial.propose_relay(post, by=by, members=[by.pk], text="Notre seigle sort du four.")
    editorial.set_kit(by=by, name="Levain & fils", description="Du pain.", link="https://levain.example", image=image)
    editorial.read_card(channel, by=by, on=today, name="Levain", description="Du pain et du café.")
    editorial.set_help(by=by, on=False, address="https://aide.example/v1", model="petit-modele")
    editorial.set_product(
        post, by=by, name="Le seigle", address="https://levain.example/seigle", price=Decimal("4.50"), checked_on=today
    )
