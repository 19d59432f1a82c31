"""Pictures that other people made, folders and tags, and the bucket."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from pupitre.config import environment
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Refusal
from pupitre.library import actions, bucket, lending, queries
from pupitre.library.models import Loan, Media
from pupitre.library.queries import Sought
from pupitre.library.rules.loans import tags_in

Add = Callable[..., Media]


@pytest.fixture
def add(claire: Member) -> Add:
    def added(colour: str, name: str, alt: str = "") -> Media:
        file = BytesIO()
        Image.new("RGB", (20, 20), colour).save(file, "PNG")
        file.seek(0)
        return actions.add_media(file, by=claire, name=name, alt=alt)

    return added


def test_a_picture_without_source_or_proof_is_not_lent(claire: Member, add: Add) -> None:
    """What is missing is said field by field; the picture is free only between a proved yes and its end."""
    picture = add("#aa2211", "brioche.png")
    with pytest.raises(Refusal) as refused:
        lending.ask_loan(by=claire, author=" ", source="", asked="")
    assert [fault.field for fault in refused.value.faults] == ["author", "source", "asked"]

    loan = lending.ask_loan(
        by=claire, author="Nadia Roche", source="https://photos.example/12", asked="Peut-on ?", media=picture
    )
    picture.refresh_from_db()
    assert (picture.borrowed, picture.lent) == (True, False)
    with pytest.raises(Refusal) as bare:
        lending.answer_loan(loan, by=claire, granted=True)
    assert [fault.field for fault in bare.value.faults] == ["proof", "scope"]

    end = timezone.localdate() + timedelta(days=30)
    lending.answer_loan(loan, by=claire, granted=True, proof="Message du 3 mars", scope="Nos comptes", until=end)
    picture.refresh_from_db()
    assert (picture.lent, picture.lent_until) == (True, end)
    with pytest.raises(Conflict):
        lending.answer_loan(loan, by=claire, granted=False)
    lending.end_loan(loan, by=claire)
    picture.refresh_from_db()
    assert (picture.lent, Loan.objects.get().state) == (False, "ended")


def test_one_refusal_among_authors_holds_the_picture(claire: Member, add: Add) -> None:
    picture = add("#aa2299", "duo.png")
    for author, granted in (("Nadia", True), ("Omar", False)):
        loan = lending.ask_loan(by=claire, author=author, source="Au marché", asked="Peut-on ?", media=picture)
        lending.answer_loan(loan, by=claire, granted=granted, proof="Lettre", scope="La vitrine")

    picture.refresh_from_db()
    assert (picture.borrowed, picture.lent) == (True, False)


def test_images_are_found_by_words_folder_and_tag(claire: Member, add: Add) -> None:
    oven, shop = add("#112233", "four.png", "Le four à bois"), add("#445566", "vitrine.png", "La vitrine de Noël")
    lending.file_away(oven, by=claire, folder=" Le  fournil ", tags="Pain, #four,pain")
    lending.file_away(shop, by=claire, tags=["Noël"])
    here = claire.organisation

    def found(**sought: str) -> list[Media]:
        return list(queries.sought(here, Sought(**sought)))

    assert found(words="four BOIS") == [oven]
    assert (found(folder="Le fournil"), found(tag="noël"), found(tag="pain", words="vitrine")) == ([oven], [shop], [])
    assert queries.shelves(here) == ([("Le fournil", 1)], [("four", 1), ("noël", 1), ("pain", 1)])
    lending.file_away(oven, by=claire, tags="four")
    assert (queries.tags_of(oven), Media.objects.get(pk=oven.pk).folder) == (["four"], "")
    actions.remove(shop, by=claire)
    assert found() == [oven]


def test_tags_are_few_and_once_each() -> None:
    assert tags_in(" Pain ,#PAIN,, four  à bois ") == ["pain", "four à bois"]
    assert len(tags_in(",".join(str(n) for n in range(40)))) == 12


def test_a_request_is_answered_from_its_page(claire: Member) -> None:
    client, here = Client(), f"/o/{claire.organisation.slug}/library/loans/"
    client.force_login(claire.user)
    client.post(f"{here}ask/", {"author": "Nadia", "source": "Au marché", "asked": "Peut-on ?"})
    loan = Loan.objects.get()

    refused = client.post(f"{here}{loan.pk}/answer/", {"answer": "yes", "until": "demain"})
    kept = client.post(f"{here}{loan.pk}/answer/", {"answer": "yes", "proof": "Mail", "scope": "Nos comptes"})

    assert (refused.status_code, kept.status_code) == (422, 302)
    assert Loan.objects.get().state == "granted"
    assert client.get(here).status_code == 200


@pytest.mark.parametrize("url", ["https://a:b@h/c", "s3://h/bucket", "s3://a:b@h", "s3://a@h/c"])
def test_a_bucket_that_cannot_be_meant_is_refused(url: str) -> None:
    with pytest.raises(environment.Nonsense):
        environment.bucket({"PUPITRE_S3_URL": url})


def test_the_address_of_a_bucket_is_read() -> None:
    client, name, prefix = bucket.named("s3://key:se%2Fcret@s3.example:9000/photos/maison?region=fr-1&tls=no")

    assert client == {
        "endpoint_url": "http://s3.example:9000", "region_name": "fr-1", "aws_access_key_id": "key",
        "aws_secret_access_key": "se/cret",
    }  # fmt: skip
    assert (name, prefix) == ("photos", "maison/")
