"""What the worker does for the library: a film is prepared for every network."""

from pupitre.engine import job
from pupitre.library.films import prepare


@job("library.prepare_film")
def prepare_film(*, film: int) -> None:
    prepare(film)
