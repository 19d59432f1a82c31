"""The house's own laws, each a function from a source tree to its faults, so that a planted fault can be shown."""
