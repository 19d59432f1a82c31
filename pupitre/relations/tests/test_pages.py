"""Relations as people use them: the forms, the addresses that are keys, and what no page ever shows."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.core.models import Member
from pupitre.desk.actions import make_token
from pupitre.relations import links, queries
from pupitre.relations.actions import meet_by_name
from pupitre.relations.actions.book import colleague
from pupitre.relations.actions.chains import request_introduction, seek
from pupitre.relations.models import BookEntry, ChainSearch, Contact, Introduction
from pupitre.relations.tests.people import knows, person

pytestmark = pytest.mark.django_db
WHY = "Proposer notre pain de midi aux cantines"
LETTER = "Bonjour Paul, veux-tu lui demander si je peux lui écrire ?"


@pytest.fixture
def desk(claire: Member) -> Client:
    client = Client()
    client.force_login(claire.user)
    return client


@pytest.fixture
def ways(claire: Member) -> tuple[Contact, Contact]:
    """Paul, who introduces, and Odile, whom he knows."""
    paul = person(claire, "Paul Vasseur", "introduce_others", role="meunier")
    odile = person(
        claire, "Odile Renaud", "be_introduced", role="acheteuse", place="Nantua", email="o@cantines.example"
    )
    knows(colleague(claire), paul)
    knows(paul, odile)
    return paul, odile


def at(name: str, by: Member, *ids: int) -> str:
    return reverse(f"relations:{name}", args=[by.organisation.slug, *ids])


def asked(claire: Member, paul: Contact) -> Introduction:
    kept = seek("acheteuse", by=claire, purpose=WHY)
    return request_introduction(kept, paul.pk, by=claire, message=LETTER)


def test_somebody_enters_with_her_word_and_is_found(desk: Client, claire: Member) -> None:
    form = {"name": "Odile Renaud", "role": "cheffe", "purposes": ["appear_in_directory"], "proof": "son courriel"}
    assert desk.post(at("add", claire), form).status_code == 302
    assert "Odile Renaud" in desk.get(at("people", claire), {"q": "cheffe"}).content.decode()
    refused = desk.post(at("add", claire), form | {"proof": ""})
    assert refused.status_code == 422
    assert "courriel, un papier signé, une rencontre" in refused.content.decode()


def test_nobody_else_is_listed_nor_counted(desk: Client, claire: Member) -> None:
    person(claire, "Anne Discrète", "be_contacted", role="cheffe")
    for number in range(40):
        person(claire, f"Jeanne {number:02}", "appear_in_directory")
    page = desk.get(at("people", claire))
    assert "Anne Discrète" not in page.content.decode()
    assert "Anne Discrète" not in desk.get(at("people", claire), {"q": "anne"}).content.decode()
    assert not {"40", "41"} & set(page.content.decode().replace("<", " ").replace(">", " ").split())


def test_the_name_sought_is_shown_after_two_yeses_only(desk: Client, claire: Member, ways: Any) -> None:
    paul, odile = ways
    answer = desk.post(at("seek", claire), {"words": "acheteuse", "purpose": WHY})
    kept = ChainSearch.objects.get()
    assert answer.headers["Location"] == at("search", claire, kept.pk)
    page = desk.get(at("search", claire, kept.pk)).content.decode()
    assert ("Paul Vasseur" in page, "acheteuse" in page, "Odile" in page) == (True, True, False)
    desk.post(at("request", claire, kept.pk), {"introducer": paul.pk, "message": LETTER})
    one, outside = Introduction.objects.get(), Client()
    for who in (paul, odile):
        assert "Odile" not in desk.get(at("introductions", claire)).content.decode()
        assert outside.post(links.asked(one, who.pk), {"answer": "yes"}).status_code == 302
    page = desk.get(at("introductions", claire)).content.decode()
    assert ("Odile Renaud" in page, "o@cantines.example" in page) == (True, True)


@pytest.mark.parametrize("answer", ["no", ""])
def test_a_no_shows_nothing_to_who_asked(desk: Client, claire: Member, ways: Any, answer: str) -> None:
    one = asked(claire, ways[0])
    before = desk.get(at("introductions", claire)).content.decode()
    if answer:
        Client().post(links.asked(one, ways[0].pk), {"answer": answer})
    after = desk.get(at("introductions", claire)).content.decode()
    assert "Un intermédiaire est sollicité" in after
    assert visible(after) == visible(before)


def visible(page: str) -> str:
    """The page without what changes at each visit."""
    main = page[page.index("<main") : page.index("</main>")]
    return "".join(part for part in main.split('"') if "csrf" not in part and len(part) != 64 and "/asked/" not in part)


def test_an_address_of_another_or_forged_says_nothing(claire: Member, ways: Any) -> None:
    one = asked(claire, ways[0])
    token = links.asked(one, ways[0].pk)
    assert Client().get(token[:-3] + "xx/").status_code == 404
    assert Client().get("/yours/nothing/").status_code == 404
    assert "Rien n’attend ici" in Client().get(links.asked(one, ways[1].pk)).content.decode()


def test_her_own_page_agrees_takes_back_and_objects_at_once(claire: Member) -> None:
    odile = person(claire, "Odile Renaud", "be_contacted")
    her, address, today = Client(), links.hers(odile), timezone.localdate()
    her.post(address, {"act": "agree", "purpose": "appear_in_directory"})
    assert list(queries.directory(claire.organisation, today=today)) == [odile]
    her.post(address, {"act": "withdraw", "purpose": "appear_in_directory"})
    assert not queries.directory(claire.organisation, today=today).exists()
    her.post(address, {"act": "object"})
    odile.refresh_from_db()
    assert odile.objected_on == today
    her.post(address, {"act": "agree", "purpose": "be_contacted"})
    odile.refresh_from_db()
    assert odile.objected_on is None


def test_a_file_is_seen_before_it_is_kept(desk: Client, claire: Member, karim: Member) -> None:
    table = "Nom;Ville\nBéatrice Colomb;Valserein\n;Nantua\n"
    seen = desk.post(at("preview", claire), {"file": SimpleUploadedFile("livre.csv", table.encode("cp1252"))})
    text = seen.content.decode()
    assert ("Béatrice Colomb" in text, "Il n’y a pas de nom sur cette ligne." in text) == (True, True)
    assert not BookEntry.objects.exists()
    desk.post(at("take_in", claire), {"text": table})
    entry = BookEntry.objects.get()
    other = Client()
    other.force_login(karim.user)
    assert "Béatrice" not in other.get(at("book", karim)).content.decode()
    assert other.post(at("drop", karim, entry.pk)).status_code == 404
    shared = {"purposes": ["be_contacted"], "proof": "dit à l’école", "strength": "acquainted"}
    assert desk.post(at("share", claire, entry.pk), shared).status_code == 302
    assert Contact.objects.filter(name="Béatrice Colomb").exists()


def test_what_is_kept_is_handed_over_and_erased(desk: Client, claire: Member) -> None:
    odile = person(claire, "Odile Renaud", "be_contacted", email="o@cantines.example")
    told = json.loads(desk.get(at("told_json", claire, odile.pk)).content)
    assert told["person"]["email"] == "o@cantines.example"
    assert desk.get(at("told_pdf", claire, odile.pk) + "?lang=fr").content[:5] == b"%PDF-"
    assert desk.post(at("erase", claire, odile.pk)).status_code == 422
    assert (
        "Preuve d’effacement" in desk.post(at("erase", claire, odile.pk), {"sure": "1"}, follow=True).content.decode()
    )
    assert not Contact.objects.filter(name="Odile Renaud").exists()


def test_the_register_and_the_notice_speak_both_languages(desk: Client, claire: Member) -> None:
    page = desk.get(at("register", claire), {"lang": "en"}).content.decode()
    assert "Consent, purpose by purpose" in page
    assert "Consentement, but par but" in desk.get(at("register", claire), {"lang": "fr"}).content.decode()


def test_the_api_agrees_withdraws_and_hides_the_name_sought(claire: Member, ways: Any) -> None:
    _, key = make_token("tout", by=claire, scopes=["note", "manage_members", "erase"])
    api, bearer = Client(), {"authorization": f"Bearer {key}"}

    def post(path: str, **body: Any) -> Any:
        return api.post(f"/api/v1/{path}", body, content_type="application/json", headers=bearer)

    made = post("people", name="Aude Morin", purposes=["appear_in_directory"], proof="sa signature").json()
    assert [one["name"] for one in api.get("/api/v1/people", headers=bearer).json()["items"]] == ["Aude Morin"]
    [word] = api.get(f"/api/v1/people/{made['id']}/agreements", headers=bearer).json()
    assert post(f"agreements/{word['id']}/withdraw").json()["state"] == "withdrawn"
    assert api.get("/api/v1/people", headers=bearer).json()["items"] == []
    kept = post("introductions/searches", words="acheteuse", purpose=WHY).json()
    [way] = api.get(f"/api/v1/introductions/searches/{kept['id']}", headers=bearer).json()
    assert [step["name"] for step in way["steps"]] == ["Claire Aubry", "Paul Vasseur", ""]
    sent = post(f"introductions/searches/{kept['id']}/requests", introducer=way["introducer"], message=LETTER)
    assert (sent.status_code, sent.json()["met"]) == (201, None)
    assert post(f"people/{made['id']}/erase", sure=True).json()["rows"]["introductions"] == 0


def test_who_wrote_to_us_is_forgotten_by_itself_and_shown_apart(desk: Client, claire: Member) -> None:
    met = meet_by_name(claire.organisation, "Zoé Sans Accord", at=timezone.now())
    assert "Zoé Sans Accord" in desk.get(at("person", claire, met.pk)).content.decode()
    assert "Zoé Sans Accord" not in desk.get(at("people", claire), {"q": "zoé"}).content.decode()
