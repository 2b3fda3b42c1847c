"""The provincial summary workbook: key figures, recaps, heat maps, plan, changes and targets, all over one list."""

from idmcli.workbook.summary.book import write_summary_book
from idmcli.workbook.summary.tables import SummaryTables

__all__ = ["SummaryTables", "write_summary_book"]
