"""A film of the library, with its captions, beside the image that a house already has."""

from pupitre.core.models import Member
from pupitre.library.models import Film, Media


def furnish_films(by: Member, image: Media) -> None:
    """One film whose file is small and whose poster is the image: pages show it, nothing plays it."""
    film = Media.objects.create(
        organisation=by.organisation, digest="f" * 64, path=image.path, mime="video/mp4", name="fournil.mp4", width=320,
        height=240, size=image.size, alt="Le pétrin tourne", added_by=by,
    )  # fmt: skip
    captions = "WEBVTT\n\n00:00.000 --> 00:02.000\nLe levain dort.\n"
    Film.objects.create(
        media=film, seconds=2.0, picture="h264", sound="aac", plain=True, poster=image.path, captions=captions
    )
