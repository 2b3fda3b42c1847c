"""`python bench/summary_book.py FILE TARGET`: read, plan, and write the provincial workbook, in one process."""

import sys
from pathlib import Path

from idmcli import pipeline
from idmcli.commands.save_plan import summary_book
from idmcli.pipeline.planning import PlanWishes, plan_province
from idmcli.settings import Settings
from idmcli.workbook import A4

if __name__ == "__main__":
    loaded = pipeline.load_scores(pipeline.Request((sys.argv[1],)), Settings())
    summary_book(plan_province(loaded, PlanWishes(), Settings()), A4, Path(sys.argv[2]))
