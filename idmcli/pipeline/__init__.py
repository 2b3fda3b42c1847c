"""Where the steps meet: files in; scored villages, findings, paths and plans out. Nothing here prints or writes.

Paths and plans stand in `pipeline.gap` and `pipeline.plan`, to be imported by who needs them: they load more packages.
"""

from idmcli.pipeline.judge import Classified, Validated, classify, explain, validate
from idmcli.pipeline.loading import Loaded, Request, load, load_baseline, load_scores, scored
from idmcli.pipeline.lookup import rows_of
from idmcli.pipeline.sources import Source, input_files
from idmcli.pipeline.targets import targets

__all__ = [
    "Classified",
    "Loaded",
    "Request",
    "Source",
    "Validated",
    "classify",
    "explain",
    "input_files",
    "load",
    "load_baseline",
    "load_scores",
    "rows_of",
    "scored",
    "targets",
    "validate",
]
