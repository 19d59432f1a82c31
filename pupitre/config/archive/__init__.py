"""One archive that holds a whole installation."""
