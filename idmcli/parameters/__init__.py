"""What an office decides for its plan: costs, budgets, kawasan, working areas, settings and scenarios."""

from idmcli.parameters.areas import Area, load_area, load_kawasan
from idmcli.parameters.budgets import Bucket, load_budgets
from idmcli.parameters.choices import actors, indicators, ordered_actors
from idmcli.parameters.costs import Costs, effort_costs, intervention_costs, load_costs, possible_steps
from idmcli.parameters.plan_settings import ACTOR_ORDER, PlanSettings, complete, load_scenarios, plan_settings

__all__ = [
    "ACTOR_ORDER",
    "Area",
    "Bucket",
    "Costs",
    "PlanSettings",
    "actors",
    "complete",
    "effort_costs",
    "indicators",
    "intervention_costs",
    "load_area",
    "load_budgets",
    "load_costs",
    "load_kawasan",
    "load_scenarios",
    "ordered_actors",
    "plan_settings",
    "possible_steps",
]
