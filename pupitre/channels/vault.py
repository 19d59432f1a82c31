"""Secrets of an account: encrypted at rest, never in logs or pages."""

from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from pupitre.channels.models import Channel, Credential

N_ = str


@cache
def _fernet(key: str) -> Fernet:
    return Fernet(key.encode())


def seal(secret: str) -> bytes:
    return _fernet(settings.CREDENTIALS_KEY).encrypt(secret.encode())


def unseal(sealed: bytes | memoryview) -> str | None:
    """The secret, or None when it was sealed with another key (a restored backup without its key)."""
    try:
        return _fernet(settings.CREDENTIALS_KEY).decrypt(bytes(sealed)).decode()
    except InvalidToken:
        return None


class ChannelVault:
    """The vault of one channel, as connectors see it. Reads once; writes go through at once."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self._known: dict[str, str] | None = None

    def get(self, key: str) -> str | None:
        if self._known is None:
            rows = Credential.objects.filter(channel=self.channel)
            self._known = {row.key: secret for row in rows if (secret := unseal(row.sealed)) is not None}
        return self._known.get(key)

    def put(self, **secrets: str) -> None:
        """Keep these secrets; those not named stay as they were, and an empty value never erases one."""
        for key, secret in secrets.items():
            if secret:
                Credential.objects.update_or_create(channel=self.channel, key=key, defaults={"sealed": seal(secret)})
                if self._known is not None:
                    self._known[key] = secret


class Draft:
    """A vault in memory, for an account that is not kept yet."""

    def __init__(self, **secrets: str) -> None:
        self.secrets = {key: secret for key, secret in secrets.items() if secret}

    def get(self, key: str) -> str | None:
        return self.secrets.get(key)

    def put(self, **secrets: str) -> None:
        """Nothing is kept yet, so that an empty value forgets: what served once is not written down later."""
        self.secrets |= secrets
        self.secrets = {key: secret for key, secret in self.secrets.items() if secret}
