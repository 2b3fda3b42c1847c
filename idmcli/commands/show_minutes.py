"""What became of berita acara, on stderr: held back and why, drafts, what is to be filled in by hand."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from rich.console import Console
from rich.markup import escape

from idmcli.commands.console import item, stderr
from idmcli.documents.minutes_folder import Printed
from idmcli.pipeline.minutes import MinutesResult
from idmcli.words import listed, whole

LISTED = 10


def tell(
    results: Sequence[MinutesResult],
    printed: Sequence[Sequence[Printed]],
    remarks: Sequence[str],
    quiet: bool,
    no_color: bool,
) -> None:
    """Level by level, villages first, what was not printed as it should be; what is held back even when quiet.

    Args:
        results: one per level.
        printed: their papers.
        remarks: further lines for the officer.
        quiet: say only what is held back.
        no_color: without colour.
    """
    console = stderr(no_color)
    reasons: dict[str, None] = {}
    told: set[str] = set()
    for result, group in zip(results, printed, strict=True):
        held_back(console, result)
        drafts = [document for _, _, document in group if document["draf"]]
        if drafts and not quiet:
            level = result.minutes.level
            console.print(f"[yellow]Bertanda DRAF[/]: {whole(len(drafts))} {level}, tanpa nomor")
            lines(console, [f"{document['kode']} {document['wilayah']}" for document in drafts])
        for row in result.minutes.tertahan.iter_rows(named=True):
            line = f"{row['kode_desa'] or 'tanpa kode'} {row['desa'] or ''}: {row['alasan']}"
            if result.minutes.level == "desa" and not row["dicetak"]:
                told.add(line)  # as a unit by itself
            elif line not in told and not (quiet and row["dicetak"]):
                reasons[line] = None
    if reasons:
        console.print("Desa tertahan dan sebabnya:")
        lines(console, list(reasons))
    if quiet:
        return
    if notes := [*remarks, *(line for result in results for line in result.notes)]:
        console.print("Perhatikan:")
        lines(console, notes)
    blank = [document for group in printed for _, _, document in group]
    if lacking := missing(blank):
        number = sum(bool(document["kosong"]) for document in blank)
        console.print(escape(f"Titik-titik untuk diisi tangan pada {whole(number)} berita acara:"))
        for line in lacking:
            item(console, line)


def held_back(console: Console, result: MinutesResult) -> None:
    """Units that get no berita acara; villages with the reason."""
    stopped = result.minutes.unit_tertahan
    if not stopped.is_empty():
        console.print(f"[bold red]Tanpa berita acara[/]: {whole(stopped.height)} {result.minutes.level}")
        lines(console, [f"{row['kode']} {row['nama']}: {row['alasan']}" for row in stopped.iter_rows(named=True)])


def lines(console: Console, texts: Sequence[str]) -> None:
    """The first of a list, and how many it leaves out."""
    for text in islice(texts, LISTED):
        item(console, text)
    if len(texts) > LISTED:
        console.print(f"  … dan {whole(len(texts) - LISTED)} lagi")


def missing(documents: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is missing and where, each place set once: `Kecamatan BUNYU, SEKATAK: nama Camat, tanggal`.

    Args:
        documents: of `minutes_context`.
    """
    wanting: dict[tuple[str, str], list[str]] = {}
    total = Counter(document["level"] for document in documents)
    for document in documents:
        for what in dict.fromkeys(_general(word, document) for word in document["kosong"]):
            wanting.setdefault((document["level"], what), []).append(document["isi"][document["level"]])
    together: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (level, what), names in wanting.items():
        together.setdefault((level, tuple(names)), []).append(what)
    said = []
    for (level, places), whats in together.items():
        every = len(places) == total[level] and len(places) > 1
        who = f"Semua {whole(len(places))} {level}" if every else f"{level.capitalize()} {listed(places)}"
        said.append(f"{who}: {', '.join(whats)}")
    return said


def _general(word: str, document: Mapping[str, Any]) -> str:
    """`nama Camat BUNYU` → `nama Camat`: the same for every place, so that it is told once."""
    for key in ("kabupaten_kota", document["level"]):
        word = word.removesuffix(f" {document['isi'][key]}")
    return word
