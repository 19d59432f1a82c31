"""Real servers on loopback for the tests: each starts by itself, owns its data, and leaves nothing behind."""
