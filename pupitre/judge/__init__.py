"""The judge: language, kind, tone, similarity. Text in, judgement with reasons out; no Django, no network."""
