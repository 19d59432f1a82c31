"""Takes secrets out of what may be written down: addresses, error words, log lines."""

import re
from collections.abc import Iterable

HIDDEN = "[hidden]"
NAMES = (
    r"access_?token|refresh_?token|id_?token|client_?secret|app_?secret|appsecret_proof|fb_exchange_token|password|passwd"
    r"|token|api_?key|code|code_verifier|access_?jwt|refresh_?jwt|signature|secret"
)
PATTERNS = (
    re.compile(r"(?i)\b(?:bearer|basic|dpop|bot)\s+(?P<secret>[\w.~+/=:-]{8,})"),
    re.compile(rf"(?i)[\"']?\b(?:{NAMES})[\"']?\s*[=:]\s*[\"']?(?P<secret>[^\s\"'&,}}]{{4,}})"),
    re.compile(r"/bot(?P<secret>\d+:[\w-]{20,})"),
    re.compile(r"/webhooks/\d+/(?P<secret>[\w-]{20,})"),
    re.compile(r"://(?P<secret>[^/\s:@]+:[^/\s@]+)@"),
    re.compile(r"(?P<secret>\beyJ[\w-]{6,}\.[\w-]{4,}\.[\w-]*)"),
)


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without the given secrets, nor anything that looks like a token, a password or a signed address."""
    for secret in sorted({known for known in secrets if len(known) >= 4}, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    for pattern in PATTERNS:
        text = pattern.sub(_without, text)
    return text


def _without(found: re.Match[str]) -> str:
    start, end = found.span("secret")
    whole = found.start()
    return found.group(0)[: start - whole] + HIDDEN + found.group(0)[end - whole :]
