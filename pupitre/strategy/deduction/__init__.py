"""Deducing channels from usages: pure functions over a case and a dated catalogue. No Django, no clock, no network."""
