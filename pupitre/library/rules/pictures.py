"""What may enter the library."""

KINDS = {
    "JPEG": ("image/jpeg", "jpg"),
    "PNG": ("image/png", "png"),
    "WEBP": ("image/webp", "webp"),
    "GIF": ("image/gif", "gif"),
}
MAX_BYTES = 10_000_000
MAX_PIXELS = 40_000_000  # a decompression bomb has many more
MAX_ALT = 2000
