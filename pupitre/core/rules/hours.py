"""Opening hours as they are typed and kept: {"0": [["09:00", "12:30"]]} where "0" is Monday."""

import re
from collections.abc import Mapping
from itertools import pairwise

from pupitre.core.rules.refusals import Fault

N_ = str

Hours = dict[str, list[list[str]]]
_TIME = re.compile(r"^([01]\d|2[0-4]):([0-5]\d)$")
OFFICE: Hours = {str(day): [["09:00", "12:30"], ["14:00", "18:00"]] for day in range(5)}


def parse_interval(text: str) -> list[str] | None:
    """'9:00-12:30', '9h-12h30' or '09:00–12:30' as ["09:00", "12:30"]; None when it cannot be read."""
    ends = re.split(r"\s*[-–—]\s*", text.strip().lower().replace(" ", ""))
    if len(ends) != 2:
        return None
    times = [_time(end) for end in ends]
    if not all(times) or times[0] >= times[1]:  # type: ignore[operator]
        return None
    return [time for time in times if time]


def _time(text: str) -> str | None:
    hours, _, minutes = text.replace("h", ":").partition(":")
    if not hours.isdigit() or (minutes and not minutes.isdigit()):
        return None
    time = f"{int(hours):02d}:{int(minutes or 0):02d}"
    return time if _TIME.match(time) and time <= "24:00" else None


def parse_week(days: Mapping[str, str]) -> tuple[Hours, list[Fault]]:
    """A week from one line a day ('9:00-12:30, 14:00-18:00'; empty means closed), with what could not be read."""
    week: Hours = {}
    faults: list[Fault] = []
    for day, line in days.items():
        intervals = [parse_interval(part) for part in line.split(",") if part.strip()]
        good = sorted(interval for interval in intervals if interval)
        overlap = any(first[1] > second[0] for first, second in pairwise(good))
        if len(good) != len(intervals) or overlap:
            faults.append(Fault(f"hours_{day}", N_("Write hours such as 9:00-12:30, 14:00-18:00, or leave empty.")))
        elif good:
            week[day] = good
    if not week and not faults:
        faults.append(Fault("hours_0", N_("Open at least one day: reply delays are counted in these hours.")))
    return week, faults


def written(hours: Hours, day: int) -> str:
    """One day's line, as a person would type it."""
    return ", ".join(f"{start}-{end}" for start, end in hours.get(str(day), []))
