"""Whole journeys in a real browser, against real networks, in French and in English."""
