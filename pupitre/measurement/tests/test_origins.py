"""Where acts come from: what is kept of them, four readings side by side, and which of them tells cause."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.connectors.contract import Refused
from pupitre.connectors.http import Http
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Refusal
from pupitre.links.actions import add_term
from pupitre.measurement.actions import conversions as acts
from pupitre.measurement.actions import plans as written
from pupitre.measurement.models import Conversion, ConversionEvent, Holdout, VisitTool
from pupitre.measurement.origins import origins
from pupitre.measurement.plans import answer
from pupitre.measurement.rules.conversions import Told, sign, signed
from pupitre.measurement.rules.plans import place_pairs, week_pairs
from pupitre.measurement.visits import acts_of
from pupitre.strategy.models import Objective

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def event(claire: Member, objective: Objective) -> ConversionEvent:
    for word, ours in (("facebook", True), ("fiche", True), ("vitrine", False)):
        add_term("source", word, by=claire, ours=ours)
    return acts.name_event(objective, "Commande du vendredi", 30, by=claire)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "days", "fields"), [("", 30, {"name", "key"}), ("Commande", 0, {"window_days"})])
def test_without_an_act_and_a_window_it_is_no_conversion(
    claire: Member, objective: Objective, name: str, days: int, fields: set[str]
) -> None:
    with pytest.raises(Refusal) as refused:
        acts.name_event(objective, name, days, by=claire)
    assert {fault.field for fault in refused.value.faults} == fields


@pytest.mark.django_db
def test_a_file_of_acts_is_read_as_it_comes(claire: Member, event: ConversionEvent) -> None:
    rows = (
        "Numéro;Date;Fois;Montant;Premier;Dernier;Déclaré;Client\n"
        "A1;06/11/2026;2;25,80;facebook;fiche;Vitrine;Odile\n"
        "A1;06/11/2026;2;25,80;facebook;fiche;vitrine;Odile\n"
        "A2;hier;1;;;;;\nA3;2026-11-07;0;;;;;\nA4;2026-11-07;1;;odile@cantine.example;;;\n;2026-11-08;;;;;facebook;\n"
    )
    kept, bad = acts.take_in_acts(event, rows.encode("cp1252"), by=claire)

    assert (kept, [line for line, _ in bad]) == (2, [4, 5, 6])
    first = Conversion.objects.get(external_id="A1")
    assert (first.times, str(first.value), first.first, first.last, first.declared) == (
        2, "25.80", "facebook", "fiche", "vitrine"
    )  # fmt: skip
    assert "Odile" not in json.dumps(list(Conversion.objects.values()), default=str)


@pytest.mark.django_db
def test_the_door_takes_signed_acts_once_and_nothing_of_people(claire: Member, event: ConversionEvent) -> None:
    door, client = acts.open_door(by=claire), Client()
    now = int(timezone.now().timestamp())

    def ring(row: Any, *, moment: int = now, secret: str = "") -> int:
        body = json.dumps(row).encode()
        header = sign(secret or acts.secret_of(door), moment, body)
        address = reverse("act", args=[door.key])
        return client.post(
            address, body, content_type="application/json", headers={"Pupitre-Signature": header}
        ).status_code

    row = {"event": event.key, "id": "T-1", "last": "facebook"}
    assert [ring(row), ring(row)] == [202, 200]
    assert ring(row, secret="faux") == ring(row, moment=now - 400) == 401
    assert ring({**row, "id": "T-2", "email": "odile@cantine.example"}) == 422
    assert ring({**row, "event": "autre"}) == 422
    assert ring([row]) == 400
    assert Conversion.objects.count() == 1
    before = door.key
    acts.open_door(by=claire)
    assert client.post(reverse("act", args=[before]), b"{}", content_type="application/json").status_code == 404


def test_a_signature_is_of_one_body_and_one_moment() -> None:
    header = sign("s", 1000, b"{}")
    assert signed(header, "s", b"{}", now=1200)
    assert not signed(header, "s", b"{ }", now=1200)
    assert not signed(header.replace("t=1000", "t=1100"), "s", b"{}", now=1200)
    assert not any(signed(bad, "s", b"{}", now=1000) for bad in ("", "t=,v1=", "t=1000", "v1=é,t=1000"))


class Tools(BaseHTTPRequestHandler):
    """Matomo and Plausible as their references describe them, on this machine."""

    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/api/v2/query":
            query = json.loads(body)
            good = self.headers["Authorization"] == "Bearer cle" and query["filters"] == [
                ["is", "event:goal", ["Achat"]]
            ]
            rows = [{"dimensions": ["facebook"], "metrics": [4]}, {"dimensions": ["(not set)"], "metrics": [6]}]
            self.say(200 if good else 401, {"results": rows, "meta": {}, "query": query})
            return
        form = {key: value[0] for key, value in parse_qs(body.decode()).items()}
        self.asked.append(form["method"])
        if form["token_auth"] != "cle":
            self.say(200, {"result": "error", "message": "token"})
        else:
            parts = {"": 10, "campaignSource==facebook": 4}
            self.say(200, {"nb_conversions": parts.get(form.get("segment", ""), 0)})

    def say(self, status: int, told: Any) -> None:
        answer = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_words: Any) -> None:
        """Silence."""


@pytest.fixture
def tools() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Tools)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("tool", ["matomo", "plausible"])
def test_tools_that_count_visits_are_read_by_source(tools: str, tool: str) -> None:
    http = Http(allow_private=True)
    told = {"url": tools, "site": "levain.example", "goal": "Achat", "day": date(2026, 11, 6), "sources": ["facebook"]}

    assert acts_of(tool, http, token="cle", **told) == {"": 6, "facebook": 4}
    with pytest.raises(Refused):
        acts_of(tool, http, token="faux", **told)
    http.close()


@pytest.mark.django_db
def test_a_tool_is_read_once_a_day_and_one_that_fails_stops_no_other(
    claire: Member, event: ConversionEvent, tools: str, settings: Any
) -> None:
    from pupitre.channels.connections import http
    from pupitre.measurement.jobs import read_tools_due

    settings.ALLOW_PRIVATE_ADDRESSES = True
    http.cache_clear()
    where = {"by": claire, "site": "levain.example", "goal": "Achat", "token": "cle"}
    acts.read_tool(event, "plausible", url="http://127.0.0.1:9", **where)
    good = acts.read_tool(event, "matomo", url=tools, **where)
    try:
        assert read_tools_due() == 2
        assert read_tools_due() == 0
    finally:
        http.cache_clear()

    assert sum(Conversion.objects.filter(origin="matomo").values_list("times", flat=True)) == 10
    assert set(VisitTool.objects.exclude(words="").values_list("tool", flat=True)) == {"plausible"}
    assert bytes(VisitTool.objects.get(pk=good.pk).sealed) != b"cle"


def test_pairs_are_neighbours() -> None:
    assert week_pairs(date(2027, 1, 6), 2) == [["2027-01-04", "2027-01-11"], ["2027-01-18", "2027-01-25"]]
    assert place_pairs("Nantua / Oyonnax\nBellignat\nA/B/C\n x /X\n") == [["Nantua", "Oyonnax"]]


@pytest.mark.django_db
def test_a_plan_is_written_before_with_its_power(claire: Member, event: ConversionEvent) -> None:
    monday = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    good = {"by": claire, "kind": "weeks", "begins_on": monday, "weeks": 12, "hoped": 1.25}
    made = written.register_holdout(event, "Nos posts amènent-ils des commandes ?", **good)  # type: ignore[arg-type]

    assert len(made.pairs) == len(made.silent) == 6
    assert 0 < made.power < 1
    assert (answer(made).over, answer(made).gap) == (False, None)
    for wrong, field in (
        ({"begins_on": monday - timedelta(days=7)}, "begins_on"), ({"weeks": 5}, "weeks"), ({"hoped": 1.0}, "hoped"),
        ({"kind": "places", "pairs": []}, "places"),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            written.register_holdout(event, "Nos posts amènent-ils des commandes ?", **(good | wrong))  # type: ignore[arg-type]
        assert field in {fault.field for fault in refused.value.faults}
    written.stop_holdout(made, "Le four est en panne", by=claire)
    assert answer(Holdout.objects.get(pk=made.pk)).gap is None


def a_year(event: ConversionEvent, *, caused: float, harvested: float, credited: float, by: Member) -> Holdout:
    """Fifty-two weeks with a season. Speaking causes `caused` acts a week; of the others, a share `harvested` click
    our tagged link on their way; of those caused, only a share `credited` leave a tagged click."""
    draw, today = np.random.default_rng(20261122), timezone.localdate(timezone=PARIS)
    first = today - timedelta(days=today.weekday(), weeks=52)
    pairs = week_pairs(first, 26)
    silent = [int(one) for one in draw.integers(0, 2, 26)]
    told = []
    for number, monday in enumerate(week for pair in pairs for week in pair):
        noon = datetime.combine(date.fromisoformat(monday), datetime.min.time(), PARIS) + timedelta(hours=36)
        quiet = number % 2 == silent[number // 2]
        usual = int(draw.poisson(60 + 25 * np.sin(number / 52 * 2 * np.pi)))
        more = 0 if quiet else int(draw.poisson(caused))
        clicked = int(draw.binomial(usual, harvested)) + int(draw.binomial(more, credited))
        asked = int(draw.binomial(usual + more, 0.3))
        said = int(draw.binomial(asked, more / (usual + more)))
        told += [Told(event.key, noon, clicked, last="fiche", first="fiche")] if clicked else []
        told += [Told(event.key, noon, said, declared="facebook")] if said else []
        told += [Told(event.key, noon, asked - said, declared="vitrine")] if asked - said else []
        rest = usual + more - clicked - asked
        told += [Told(event.key, noon, rest)] if rest > 0 else []
    acts.keep_acts(event, told, origin="csv")
    return Holdout.objects.create(
        organisation=by.organisation, event=event, question="Que fait le silence ?", kind="weeks", pairs=pairs,
        silent=silent, begins_on=first, ends_on=first + timedelta(weeks=52, days=-1), hoped=1.25, variation=0.25,
        power=0.9, registered_at=timezone.now() - timedelta(weeks=53), by=by,
    )  # fmt: skip


@pytest.mark.django_db
def test_silence_finds_the_cause_where_the_last_click_does_not(
    claire: Member, event: ConversionEvent, objective: Objective, client: Client
) -> None:
    a_year(event, caused=18, harvested=0.0, credited=0.05, by=claire)
    found = origins(objective)

    last = next(one.share for one in found.readings if one.key == "last")
    assert last is not None
    assert last.high < 3  # the clicks see next to nothing
    assert found.answer is not None
    assert found.answer.gap is not None
    assert found.answer.seen
    assert not found.answer.gap.excludes(18)
    client.force_login(claire.user)
    shown = client.get(reverse("measurement:origins", args=[claire.organisation.slug, objective.pk])).content.decode()
    assert f"{found.answer.share.value:.0f}" in shown if found.answer.share else False
    assert shown.count('<th scope="row">') >= 4


@pytest.mark.django_db
def test_silence_finds_nothing_where_the_last_click_credits_much(
    claire: Member, event: ConversionEvent, objective: Objective
) -> None:
    a_year(event, caused=0.0, harvested=0.4, credited=0.0, by=claire)
    found = origins(objective)

    last = next(one.share for one in found.readings if one.key == "last")
    assert last is not None
    assert last.low > 30  # people who were coming anyway
    assert found.answer is not None
    assert not found.answer.seen
