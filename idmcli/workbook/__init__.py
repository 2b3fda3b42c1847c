"""Excel workbooks: live formulas with cached results, filters, frozen headers, A4; the same bytes for the same input.

Every function here writes plainly to the path that it is given; `export.atomic` and `export.write_frame` see to it that
a target is replaced in one step or not at all.
"""

from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.classify_book import write_classify_book
from idmcli.workbook.findings_book import write_findings_book
from idmcli.workbook.score_book import write_score_book
from idmcli.workbook.sheets import SheetSpec, write_tables

__all__ = [
    "Column",
    "SheetSpec",
    "columns",
    "write_classify_book",
    "write_findings_book",
    "write_score_book",
    "write_tables",
]
