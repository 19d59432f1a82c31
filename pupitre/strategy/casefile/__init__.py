"""The strategy file: a case written in YAML by a person, in French or in English words."""
