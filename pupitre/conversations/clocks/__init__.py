"""How long people wait: opening hours, due times, pauses and the clock that is drawn. Pure."""
