"""The workbook to fill in (`idm template`): villages prefilled, choices in words, limits, contradictions in colour."""

from idmcli.workbook.template.book import Susunan, write_template_book
from idmcli.workbook.template.fields import Bentuk

__all__ = ["Bentuk", "Susunan", "write_template_book"]
