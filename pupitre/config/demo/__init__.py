"""The demonstration: two invented organisations, two weeks of history, networks and a paper that live."""
