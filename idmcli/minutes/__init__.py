"""Which statuses can be determined, of which villages and places, and what holds the others back."""

from idmcli.minutes.determine import Minutes, determine
from idmcli.minutes.figures import BASES, LEVELS, Basis, MinutesLevel
from idmcli.minutes.unit import UnitMinutes, unit_minutes

__all__ = ["BASES", "LEVELS", "Basis", "Minutes", "MinutesLevel", "UnitMinutes", "determine", "unit_minutes"]
