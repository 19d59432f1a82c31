"""What films ask of a post: their version for each network, their captions. No query where there is no film."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupitre.connectors.contract import Limits
from pupitre.connectors.counting import Attached
from pupitre.core.models import Organisation
from pupitre.core.rules.refusals import Fault
from pupitre.library.films import films_of, version_for
from pupitre.library.models import Film, Media

N_ = str


@dataclass(frozen=True, slots=True)
class Filmed:
    """The files of a post, with what is known of those that are films."""

    media: Sequence[Media]
    films: dict[int, Film]

    @classmethod
    def of(cls, media: Sequence[Media]) -> "Filmed":
        return cls(media, films_of(media))

    def attached(self, alts: dict[int, str], limits: Limits) -> list[Attached]:
        """What would leave: a film counts by the version that fits this account."""
        found = []
        for item in self.media:
            leaving = self.version(item, limits) or item
            found.append(Attached(leaving.mime, leaving.size, alts.get(item.pk, item.alt)))
        return found

    def version(self, item: Media, limits: Limits) -> Media | None:
        return version_for(item, limits.media.video_max_bytes) if item.pk in self.films else item

    def stops(self, limits: Limits, organisation: Organisation) -> list[Fault]:
        """A film that is not prepared for this account; one without captions, where the law asks for them."""
        faults: list[Fault] = []
        for item in self.media:
            film = self.films.get(item.pk)
            if film is None:
                continue
            if limits.media.videos and self.version(item, limits) is None:
                failed = N_("%(name)s could not be prepared: export it again as MP4.")
                waits = N_("%(name)s is being prepared for this network: %(percent)s %%.")
                words = failed if film.state == "failed" else waits
                faults.append(Fault("media", words, {"name": item.name, "percent": film.percent}))
            if organisation.kind == "public_body" and film.sound and not film.captions:
                words = N_("%(name)s has no captions: a public body owes them to who does not hear.")
                faults.append(Fault("media", words, {"name": item.name}))
        return faults
