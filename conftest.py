"""The base every test stands on: one organisation, its people, a stranger, and real servers where they answer."""

pytest_plugins = ["tests.plugins.people", "tests.plugins.selection", "tests.servers.plugin"]
