"""From sheets as they stand to one table of villages: headers, rows, codes, places, years and numbers understood."""

from idmcli.normalise.table import normalise

__all__ = ["normalise"]
