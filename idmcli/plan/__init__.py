"""From possible steps to a plan for the whole province: who acts, and what is done first within the budgets."""

from idmcli.plan.assign import ActorRule, assign, rule_text
from idmcli.plan.csr import csr_steps, csr_totals
from idmcli.plan.limits import Goal, Limits, Purpose
from idmcli.plan.result import Solution
from idmcli.plan.scenario import compare
from idmcli.plan.shared import counted, shared_works, sized
from idmcli.plan.solve import solve
from idmcli.plan.worklist import PRIORITY, by_office, worklist
from idmcli.plan.years import plan_year

__all__ = [
    "PRIORITY",
    "ActorRule",
    "Goal",
    "Limits",
    "Purpose",
    "Solution",
    "assign",
    "by_office",
    "compare",
    "counted",
    "csr_steps",
    "csr_totals",
    "plan_year",
    "rule_text",
    "shared_works",
    "sized",
    "solve",
    "worklist",
]
