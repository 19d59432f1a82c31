"""Server time of the pages one lives in (desk, inbox, thread, score) with 1,000, 10,000 and 1,000,000 messages.

    python bench/pages.py [--quick] [--only sqlite|postgresql] [--sizes 1000,10000]

As `bench/inbox.py` measures them. Goals: p95 of 60 ms at 10,000 messages and of 100 ms at 1,000,000.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.inbox import run

PAGES = ("desk", "list", "open", "frequent", "absent", "deep page", "score")
SIZES = (1_000, 10_000, 1_000_000)

if __name__ == "__main__":
    run("pages", PAGES, SIZES, takes_in=False)
