"""Read an archive back into an empty installation."""

import argparse
import sys
from pathlib import Path


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="an archive made by `pupitre backup`")


def run(args: argparse.Namespace) -> int:
    from pupitre.config.archive.reading import Unfit, read

    try:
        done = read(args.file)
    except Unfit as error:
        print(f"pupitre: {error}", file=sys.stderr)
        return 1
    print(f"Restored what was kept on {done['made_at'][:16].replace('T', ' ')} UTC, with {done['images']} images.")
    if done["looked_for"]:
        print(f"{done['looked_for']} messages should have left since: the worker looks whether they are out first.")
    if not done["keys"]:
        print("Without its keys: put credentials.key back into the data folder, or reconnect each account.")
    print("Stop the former installation before you start this one.")
    return 0
