"""Write everything into one archive, while Pupitre works."""

import argparse
import sys
from datetime import datetime
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, help="where to write (default: pupitre-DATE.tar.gz here)")
    parser.add_argument("--with-keys", action="store_true", help="carry the keys too: keep the file secret")
    parser.add_argument("--portable", action="store_true", help="rows instead of a SQLite copy, to move to PostgreSQL")


def run(args: argparse.Namespace) -> int:
    from pupitre.config.archive.writing import write

    target = args.file or Path(f"pupitre-{datetime.now().astimezone():%Y-%m-%d-%H%M}.tar.gz")
    if target.exists():
        print(f"pupitre: {target} exists already", file=sys.stderr)
        return 1
    try:
        made = write(target, keys=args.with_keys, portable=args.portable)
    except OSError as error:
        print(f"pupitre: {target} cannot be written: {error.strerror}", file=sys.stderr)
        return 1
    print(f"{target}: database, {made['images']} images, {made['size'] / 1e6:.1f} MB")
    if args.with_keys:
        print("It carries the keys of the accounts: keep it where nobody else reads.")
    else:
        print("It does not carry the keys: keep credentials.key elsewhere, or reconnect the accounts after restoring.")
    return 0
