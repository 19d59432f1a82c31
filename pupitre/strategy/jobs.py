"""What the strategy does by itself: a signature is asked again each year."""

from django.utils import timezone

from pupitre.strategy import actions


def ask_signatures() -> int:
    """Tasks for signatures over a year old. Nothing is ever waiting after it: always 0."""
    actions.ask_to_sign_again(today=timezone.localdate())
    return 0
