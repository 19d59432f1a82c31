"""What LinkedIn's two connections share: versions that die, its refusals, the making of a post, its consent."""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode

from pupitre.connectors.contract import AccessLost, Failed, Media, OutcomeUnknown, Outgoing, Refused, Vault
from pupitre.connectors.counting import escape_little_text
from pupitre.connectors.errors import LOOK, RECONNECT, failure
from pupitre.connectors.http import Answer, Http
from pupitre.connectors.words import gettext_noop

DAY = 86_400  # seconds
DURATIONS = ((DAY, "ONE_DAY"), (3 * DAY, "THREE_DAYS"), (7 * DAY, "SEVEN_DAYS"))
API = "https://api.linkedin.com"
SITE = "https://www.linkedin.com"
SEE = f"{SITE}/feed/update/"
VERSION = "202607"  # the newest one read about; the form may say another
OLD_VERSION = gettext_noop("This version of LinkedIn is closed: write a newer one in the connection form.")


class Client:
    """One author and a token. A connection says under which name its author is kept, and what its URN looks like."""

    kept: ClassVar[str]
    urn: ClassVar[str]

    def __init__(self, vault: Vault, http: Http) -> None:
        self.vault = vault
        self.http = http

    @property
    def me(self) -> str:
        """The author's URN. Raises AccessLost before the first authorisation."""
        known = self.vault.get(self.kept)
        if not known:
            raise AccessLost("Nobody was connected yet.", hint=RECONNECT, code=self.kept)
        return self.urn + known

    @property
    def version(self) -> str:
        """The month of LinkedIn's interface that we speak."""
        return self.vault.get("version") or VERSION

    @property
    def dies(self) -> datetime | None:
        """When the token dies, as told when it was given."""
        kept = self.vault.get("token_until")
        return datetime.fromisoformat(kept) if kept else None

    def ask(self, method: str, path: str, *, writes: bool = False, **options: Any) -> Answer:
        """One call. Raises Failed when it is refused."""
        headers = {
            "Authorization": f"Bearer {self.vault.get('token') or ''}",
            "LinkedIn-Version": self.version,
            "X-Restli-Protocol-Version": "2.0.0",
            **options.pop("headers", {}),
        }
        answer = self.http.call(method, API + path, headers=headers, writes=writes, **options)
        if not answer.ok:
            raise self.failed(answer)
        return answer

    def failed(self, answer: Answer) -> Failed:
        """LinkedIn's words. A day's ceiling opens again at midnight UTC; a closed version is for the administrator."""
        words, code = said(answer)
        if answer.status == 426:
            return Refused(words, hint=OLD_VERSION, code="version")
        if answer.status == 429 and "retry-after" not in answer.headers:
            wait = str(int((midnight(self.http.now()) - self.http.now()).total_seconds()) + 60)
            answer = Answer(429, answer.body, {**answer.headers, "retry-after": wait}, "", answer.writes)
        return failure(answer, words, now=self.http.now(), code=code)

    def keep(self, told: dict[str, Any]) -> None:
        """A token and its date of death; an older refresh token is never erased."""
        until = self.http.now() + timedelta(seconds=int(told["expires_in"]))
        self.vault.put(token=told["access_token"], token_until=until.isoformat())
        if told.get("scope"):
            self.vault.put(scopes=told["scope"])
        if told.get("refresh_token"):
            self.vault.put(refresh_token=told["refresh_token"])

    def scopes(self) -> tuple[str, ...]:
        """What was granted, as told with the token."""
        return tuple(sorted((self.vault.get("scopes") or "").replace(",", " ").split()))


def closing(version: str) -> datetime | None:
    """When a version closes: in the middle of the same month of the next year, as seen; None for what is no version."""
    year, month = version[:4], version[4:]
    if len(version) != 6 or not version.isdecimal() or not 1 <= int(month) <= 12:
        return None
    return datetime(int(year) + 1, int(month), 15, tzinfo=UTC)


def midnight(now: datetime) -> datetime:
    """The next one, UTC."""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(days=1)


def said(answer: Answer) -> tuple[str, str]:
    """Words and code."""
    try:
        told = answer.json()
        return str(told.get("message", "")), str(told.get("serviceErrorCode") or told.get("error") or "")
    except (Failed, AttributeError):
        return answer.text[:200], ""


def created(client: Client, message: Outgoing, content: dict[str, Any]) -> str:
    """One post, its URN. The URN comes in a header; without it nobody knows whether the post is out."""
    body = {
        "author": client.me,
        "commentary": escape_little_text(message.text),
        "visibility": "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED",
    }
    sent = client.ask("POST", "/rest/posts", writes=True, json=body | ({"content": content} if content else {}))
    urn = sent.headers.get("x-restli-id", "")
    if not urn.startswith("urn:li:"):
        raise OutcomeUnknown("LinkedIn did not name the post.", hint=LOOK, code="x-restli-id")
    return urn


def content(client: Client, message: Outgoing) -> dict[str, Any]:
    """What goes with the words: a poll, pictures or a link."""
    if message.poll:
        options = [{"text": option} for option in message.poll]
        seconds = int(message.extras.get("poll_seconds", 3 * DAY))
        duration = next((name for most, name in DURATIONS if seconds <= most), "FOURTEEN_DAYS")
        return {"poll": {"question": message.text[:140], "options": options, "settings": {"duration": duration}}}
    images = [{"id": uploaded(client, media), "altText": media.alt} for media in message.media]
    if len(images) > 1:
        return {"multiImage": {"images": images}}
    if images:
        return {"media": images[0]}
    if message.extras.get("link"):  # LinkedIn reads no page: title and words must be given
        title = message.extras.get("link_title") or message.extras["link"]
        card = {"source": message.extras["link"], "title": title}
        return {"article": card | {"description": message.extras.get("link_description", "")}}
    return {}


def uploaded(client: Client, media: Media) -> str:
    """One picture, its URN."""
    request = {"initializeUploadRequest": {"owner": client.me}}
    params = {"action": "initializeUpload"}
    place = client.ask("POST", "/rest/images", params=params, json=request).json()["value"]
    put(client, place["uploadUrl"], media.read())
    return str(place["image"])


def put(client: Client, url: str, body: bytes) -> Answer:
    """Bytes to the place that LinkedIn named; no token goes there."""
    headers = {"Content-Type": "application/octet-stream"}
    answer = client.http.call("PUT", url, content=body, headers=headers, writes=False, timeout=120)
    if not answer.ok:
        raise client.failed(answer)
    return answer


def consent(vault: Vault, *, redirect_uri: str, state: str, scopes: str) -> str:
    """The address of the consent screen."""
    query = {"response_type": "code", "client_id": vault.get("app_id") or "", "redirect_uri": redirect_uri}
    return f"{SITE}/oauth/v2/authorization?{urlencode(query | {'state': state, 'scope': scopes})}"


def traded(client: Client, **given: str) -> None:
    """A code or a refresh token for a token. Raises AccessLost or RetryLater."""
    app = {"client_id": client.vault.get("app_id") or "", "client_secret": client.vault.get("app_secret") or ""}
    answer = client.http.call("POST", f"{SITE}/oauth/v2/accessToken", data={**given, **app}, writes=False)
    if not answer.ok:
        problem = client.failed(answer)
        raise AccessLost(problem.words, hint=RECONNECT, code="code") if isinstance(problem, Refused) else problem
    client.keep(answer.json())
