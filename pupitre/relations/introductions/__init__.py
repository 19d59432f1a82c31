"""Introductions through people who agreed: consent, chains of acquaintances, requests, quality of a network. Pure.

The graph is what people declared and consented to; nothing is derived from messages or harvested from networks.
Three searches give the same answer: `graph` (dictionaries), `statement` (one SQL text) and `snapshot` (arrays).
"""
