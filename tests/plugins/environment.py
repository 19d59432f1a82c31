"""Loaded before the settings: tests keep their files apart and may reach loopback."""

import os
import tempfile

os.environ.setdefault("PUPITRE_DATA_DIR", tempfile.mkdtemp(prefix="pupitre-tests-"))
os.environ.setdefault("PUPITRE_ALLOW_PRIVATE_ADDRESSES", "yes")

from hypothesis import HealthCheck, settings

# A busy machine is slow, not wrong: properties are judged by what they find, the same cases at each run.
settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("house")
