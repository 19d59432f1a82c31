"""Tools that count visits on our own site, asked for the acts of one day by source.

Matomo's Reporting API: one RPC address, `index.php`, `module=API`; POST keeps the key out of addresses
(developer.matomo.org/api-reference/reporting-api, read 2026-11-22). `Goals.get` with `idGoal` answers
`{"nb_conversions": 3, …}`; the segment `campaignSource==word` reads utm_source (plugin MarketingCampaignsReporting,
github.com/matomo-org/plugin-MarketingCampaignsReporting, read 2026-11-22).

Plausible's Stats API v2: `POST /api/v2/query`, Bearer key; answers `{"results": [{"dimensions": ["word"],
"metrics": [3]}]}` (plausible.io/docs/stats-api-v2, read 2026-11-22). Both attribute an act to its last tagged visit.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from pupitre.connectors.contract import Refused, RetryLater
from pupitre.connectors.http import Answer, Http

NOT_SET = {"(not set)", "(none)", ""}


def acts_of(
    tool: str, http: Http, *, url: str, site: str, goal: str, token: str, day: date, sources: Iterable[str]
) -> dict[str, int]:
    """Acts of one day by utm_source; "" for those that no tag brought. Raises Failed in all its kinds."""
    if tool == "matomo":
        return _matomo(http, url, site, goal, token, day, sources)
    return _plausible(http, url, site, goal, token, day)


def _plausible(http: Http, url: str, site: str, goal: str, token: str, day: date) -> dict[str, int]:
    asked = {
        "site_id": site, "metrics": ["events"], "date_range": [day.isoformat(), day.isoformat()],
        "filters": [["is", "event:goal", [goal]]], "dimensions": ["visit:utm_source"],
    }  # fmt: skip
    answer = http.call(
        "POST", f"{url}/api/v2/query", json=asked, headers={"Authorization": f"Bearer {token}"}, writes=False
    )
    rows = _good(answer).get("results")
    if not isinstance(rows, list):
        raise RetryLater("an answer without results")
    found: dict[str, int] = {}
    for row in rows:
        word, times = str(row["dimensions"][0]).lower(), int(row["metrics"][0])
        name = "" if word in NOT_SET else word
        found[name] = found.get(name, 0) + times
    return found


def _matomo(
    http: Http, url: str, site: str, goal: str, token: str, day: date, sources: Iterable[str]
) -> dict[str, int]:  # fmt: skip
    def asked(segment: str) -> int:
        form = {
            "module": "API", "method": "Goals.get", "idSite": site, "idGoal": goal, "period": "day",
            "date": day.isoformat(), "format": "JSON", "token_auth": token, **({"segment": segment} if segment else {}),
        }  # fmt: skip
        told = _good(http.call("POST", f"{url}/index.php", data=form, writes=False))
        return int(told.get("nb_conversions", 0) or 0)

    total = asked("")
    found = {word: asked(f"campaignSource=={word}") for word in sorted(sources)} if total else {}
    return {"": max(0, total - sum(found.values()))} | {word: n for word, n in found.items() if n}


def _good(answer: Answer) -> dict[str, Any]:
    """The answer's body, once the tool did not refuse. Matomo refuses with a 200 whose `result` is "error"."""
    if answer.status in {401, 402, 403}:
        raise Refused("this key may not read this site", code="key")
    if not answer.ok:
        kind = RetryLater if answer.status >= 500 or answer.status == 429 else Refused
        raise kind(f"the tool answers {answer.status}")
    told = answer.json()
    if isinstance(told, list) and not told:
        return {}  # Matomo's way to say that nothing happened
    if not isinstance(told, dict):
        raise RetryLater("an answer of another shape")
    if told.get("result") == "error":
        raise Refused(str(told.get("message", ""))[:200])
    return told
