"""Where the steps meet: files in; scored villages, findings, paths and plans out. Nothing here prints or writes."""

from idmcli.pipeline.judge import Classified, Validated, classify, explain, validate
from idmcli.pipeline.loading import Loaded, Request, load, load_baseline, load_scores, scored
from idmcli.pipeline.sources import Source, input_files

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
    "scored",
    "validate",
]
