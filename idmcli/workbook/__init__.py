"""Excel workbooks: live formulas with cached results, filters, frozen headers, A4; the same bytes for the same input.

Every function here writes plainly to the path that it is given; `export.atomic` and `export.write_frame` see to it that
a target is replaced in one step or not at all.
"""

from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.classify_book import write_classify_book
from idmcli.workbook.csr_book import write_csr_book
from idmcli.workbook.findings_book import write_findings_book
from idmcli.workbook.gap_book import write_gap_book, write_points_book
from idmcli.workbook.gap_sheets import GapTables
from idmcli.workbook.office_book import write_office_book
from idmcli.workbook.paper import A4, F4, PAPERS, Paper
from idmcli.workbook.plan_book import PlanTables, write_plan_book
from idmcli.workbook.score_book import write_score_book
from idmcli.workbook.sheets import SheetSpec, write_tables
from idmcli.workbook.summary import SummaryTables, write_summary_book

__all__ = [
    "A4",
    "F4",
    "PAPERS",
    "Column",
    "GapTables",
    "Paper",
    "PlanTables",
    "SheetSpec",
    "SummaryTables",
    "columns",
    "write_classify_book",
    "write_csr_book",
    "write_findings_book",
    "write_gap_book",
    "write_office_book",
    "write_plan_book",
    "write_points_book",
    "write_score_book",
    "write_summary_book",
    "write_tables",
]
