"""How fast the judge is, and how right: rules against the local engine in one run, on the same posts.

python bench/judge.py [--posts N]   prints a table, then one JSON object on the last line.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from pupitre.judge.engine import judge
from pupitre.judge.measures import macro_f1, recall
from pupitre.judge.training.corpus import corpus

HELD_OUT = Path(__file__).parents[1] / "pupitre" / "judge" / "tests" / "heldout"


def posts_kept_aside() -> list[tuple[str, str, str]]:
    """(language, kind, text) of each post kept aside."""
    return [
        (language, *line.split("\t"))
        for language in ("fr", "en")
        for line in (HELD_OUT / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    ]


def pace(act: Callable[[str], object], texts: list[str]) -> float:
    """Texts a second of CPU on one core."""
    start = time.process_time()
    for text in texts:
        act(text)
    return len(texts) / (time.process_time() - start)


def fresh(engine: str) -> tuple[float, float]:
    """CPU seconds and resident megabytes of a new process that judges one post."""
    script = f"from pupitre.judge.engine import judge; judge('La panne dure', engine={engine!r})"
    script += (
        "; import resource as r; u = r.getrusage(r.RUSAGE_SELF); print(u.ru_utime + u.ru_stime, u.ru_maxrss / 1024)"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=root)
    seconds, size = map(float, done.stdout.split())
    return seconds, size


def accuracy(engine: str) -> dict[str, float]:
    """Figures on the posts kept aside."""
    kept = posts_kept_aside()
    verdicts = [judge(text, engine=engine) for _, _, text in kept]
    readable = [
        (language, v.language) for (language, _, _), v in zip(kept, verdicts, strict=True) if v.language != "und"
    ]
    kinds, given = [kind for _, kind, _ in kept], [v.kind for v in verdicts]
    calm = [g for k, g in zip(kinds, given, strict=True) if k in ("other", "question", "contact", "job", "praise")]
    return {
        "language": sum(a == b for a, b in readable) / len(readable),
        "kind_f1": macro_f1(kinds, given),
        "crisis_recall": recall(kinds, given, "crisis"),
        "crisis_false_per_1000": 1000 * calm.count("crisis") / len(calm),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--posts", type=int, default=20_000, help="posts for the rules (the local engine gets 1 in 100)"
    )
    number = parser.parse_args().posts
    texts = [f"{e.text} {i}" for i, e in enumerate(islice(cycle(corpus()), number))]
    judge(texts[0]), judge("Hello there, thank you"), judge(texts[0], engine="local")
    found: dict[str, dict[str, float]] = {}
    for engine, sample in (("rules", texts), ("local", texts[:: max(1, number // 200)])):
        seconds, size = fresh(engine)
        speed = pace(lambda text, engine=engine: judge(text, engine=engine), sample)
        found[engine] = {
            "posts_per_cpu_second": speed,
            "start_cpu_seconds": seconds,
            "start_mb": size,
            **accuracy(engine),
        }
    for name in found["rules"]:
        print(f"{name:<24}" + "".join(f"{engine} {figures[name]:>10.3f}   " for engine, figures in found.items()))
    ratio = found["rules"]["posts_per_cpu_second"] / found["local"]["posts_per_cpu_second"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"rules are {ratio:.0f} times faster; peak {peak:.0f} MB")
    print(json.dumps({"bench": "judge", **found, "ratio_rules_local": ratio, "peak_mb": peak}))


if __name__ == "__main__":
    main()
