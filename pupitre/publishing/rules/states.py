"""The states of a delivery. Each says what may still happen to it."""

SCHEDULED = "scheduled"  # promised, not begun
HELD = "held"  # promised, stopped by a person, a crisis or a lost access
ATTEMPTING = "attempting"  # the call may be under way
UNKNOWN = "unknown"  # it may be out: look
PROCESSING = "processing"  # accepted, not visible yet
ASKED = "asked"  # only a person can tell, or do it by hand
SENT = "sent"
REFUSED = "refused"
CANCELLED = "cancelled"
EXPIRED = "expired"  # too late to be worth sending

OPEN_STATES = (SCHEDULED, HELD, ATTEMPTING, UNKNOWN, PROCESSING, ASKED)
BEFORE_LEAVING = (SCHEDULED, HELD)  # what a person may still move, change or cancel
FOR_A_PERSON = (ASKED, REFUSED)  # what the desk shows until somebody decides
