"""An archive that came from elsewhere, and a platform that closes."""

from datetime import datetime, timedelta

from pupitre.archive.models import Farewell, Kept, KeptFile
from pupitre.archive.packing import kept_path
from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.library.storage import keep
from pupitre.publishing.models import Delivery


def furnish_archive(by: Member, now: datetime, times: int) -> None:
    here = by.organisation
    leaving = Channel.objects.create(
        organisation=here, network="manual", remote_id="qui-ferme", handle="@qui-ferme", name="Celui qui ferme"
    )
    Farewell.objects.create(
        organisation=here, channel=leaving, reason="Annoncé dans la presse", by=by,
        closes=(now + timedelta(days=90)).date(),
    )  # fmt: skip
    Delivery.objects.create(
        organisation=here, channel=leaving, text="La fournée de demain", due_at=now + timedelta(days=1), state="held"
    )
    keep(kept_path(here, "0" * 64), b"un pain")
    for number in range(times):
        kept = Kept.objects.create(
            organisation=here, uid=f"urn:uuid:{number}", network="fake", place="Levain", kind="post", ours=True,
            text=f"Dit ailleurs, {number}", at=now - timedelta(days=number), imported_by=by,
        )  # fmt: skip
        KeptFile.objects.create(kept=kept, digest="0" * 64, mime="image/jpeg", alt="Un pain")
