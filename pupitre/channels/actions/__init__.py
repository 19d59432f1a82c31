"""Named writes of channels."""

from pupitre.channels.actions.bells import close_bell, open_bell
from pupitre.channels.actions.charters import save_charter
from pupitre.channels.actions.connections import close_channel, connect_channel, reconnect_channel, refresh_channel
from pupitre.channels.actions.signing import begin_sign_in, finish_sign_in

__all__ = [
    "begin_sign_in", "close_bell", "close_channel", "connect_channel", "finish_sign_in", "open_bell",
    "reconnect_channel", "refresh_channel", "save_charter",
]  # fmt: skip
