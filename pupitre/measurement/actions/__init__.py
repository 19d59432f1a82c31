"""Named writes of measures: figures, hours, money, the quarter of a channel."""

from pupitre.measurement.actions.figures import DURATION, MOST_MINUTES, declare_figure, keep_figures, log_time

__all__ = ["DURATION", "MOST_MINUTES", "declare_figure", "keep_figures", "log_time"]
