"""From possible steps to a plan for the whole province: who acts, and what is done first within the budgets."""

from idmcli.plan.limits import Goal, Limits, Purpose
from idmcli.plan.result import Solution
from idmcli.plan.solve import solve

__all__ = ["Goal", "Limits", "Purpose", "Solution", "solve"]
