"""What each line of the thread of a crisis says. Pure."""

from collections.abc import Mapping

N_ = str
SAID: Mapping[str, str] = {
    "alerted": N_("Alert: %(what)s, %(seen)s mentions where %(expected)s were expected"),
    "opened": N_("Crisis opened by %(name)s"),
    "frozen": N_("Queue frozen: %(count)s publications, in %(seconds)s s"),
    "leaving": N_("%(count)s publications had begun to leave before the click"),
    "fact": N_("Fact written down, %(status)s: %(text)s"),
    "settled": N_("%(text)s: %(status)s, %(source)s"),
    "decided": N_("Decision by %(name)s: %(option)s. %(reason)s"),
    "written": N_("Word %(number)s written by %(name)s"),
    "read": N_("Word %(number)s read over by %(name)s"),
    "published": N_("Word %(number)s published on %(channels)s"),
    "next": N_("Next word promised at %(hour)s"),
    "told": N_("%(audience)s told, %(way)s"),
    "criticism": N_("Criticism heard: %(text)s"),
    "answered": N_("Criticism answered: %(text)s"),
    "left": N_("Criticism left without an answer: %(text)s. %(reason)s"),
    "evidence": N_("Evidence kept: %(url)s"),
    "clock": N_("Delay of the law started: %(text)s"),
    "clock_done": N_("Delay of the law met: %(text)s"),
    "released": N_("Released: %(text)s"),
    "thawed": N_("Queue given back: %(count)s publications at their hour"),
    "quiet": N_("Volume back to ordinary, says %(name)s"),
    "restless": N_("Volume is not ordinary, says %(name)s"),
    "debrief_set": N_("Debrief on %(day)s, by %(name)s"),
    "closed": N_("Crisis closed by %(name)s"),
    "debriefed": N_("Debrief written by %(name)s"),
}
