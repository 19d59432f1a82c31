"""The catalogue of measures: what each is, where it comes from, what it does not say, and its trap. Data, no Django."""
