"""Many returned tables to one: the same row once, the fuller of two rows, and every contradiction told, none hidden."""

from idmcli.merge.choice import LATEST, Version
from idmcli.merge.join import merge
from idmcli.merge.missing import absent, area_of
from idmcli.merge.result import ORIGIN, Merged

__all__ = ["LATEST", "ORIGIN", "Merged", "Version", "absent", "area_of", "merge"]
