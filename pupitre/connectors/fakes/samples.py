"""The smallest real files that the checks send."""

from zlib import compress, crc32


def png(shade: int = 200) -> bytes:
    """A real 8 x 8 grey picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + kind + content + crc32(kind + content).to_bytes(4, "big")

    head = b"\0\0\0\x08\0\0\0\x08\x08\0\0\0\0"
    rows = compress((b"\0" + bytes([shade]) * 8) * 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0\0\0\x08free"
