"""A short link as a picture that a telephone reads, for print."""

from io import BytesIO

QUIET = 4  # modules of white around, as ISO/IEC 18004 asks
KINDS = {"svg": "image/svg+xml", "png": "image/png"}


def picture(address: str, kind: str) -> bytes:
    """The code of an address: `svg` at any size, `png` for four centimetres at 300 dots an inch. Level M."""
    import segno  # only who prints needs it

    made, file = segno.make(address, error="m", micro=False), BytesIO()
    if kind == "svg":
        made.save(file, kind="svg", border=QUIET, scale=4, xmldecl=False, title=address, omitsize=True)
    else:
        made.save(file, kind="png", border=QUIET, scale=max(8, 472 // (made.symbol_size()[0] + 2 * QUIET)), dpi=300)
    return file.getvalue()
