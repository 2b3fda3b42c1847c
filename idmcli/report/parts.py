"""The shape that every part of the report has: heading, sentences, pictures, tables. Templates print it in a loop."""

from collections.abc import Sequence
from typing import Any, Final

from idmcli.report.charts import Chart

LEFT: Final = "kiri"
RIGHT: Final = "kanan"
CENTER: Final = "tengah"
Part = dict[str, Any]
Table = dict[str, Any]


def part(
    id: str,
    judul: str,
    kalimat: Sequence[str] = (),
    gambar: Sequence[Chart] = (),
    tabel: Sequence[Table | None] = (),
    *,
    terpisah: bool = False,
) -> Part:
    """A part of the report; `ada` is False where there is nothing in it, and templates leave it out.

    Args:
        id: short name, for links.
        judul: heading.
        kalimat: sentences.
        gambar: pictures.
        tabel: tables; those without rows are left out.
        terpisah: every sentence is a paragraph of its own, instead of one paragraph for all.
    """
    tables = [one for one in tabel if one and one["baris"]]
    return {
        "id": id,
        "judul": judul,
        "ada": bool(kalimat or gambar or tables),
        "kalimat": list(kalimat),
        "alinea": list(kalimat) if terpisah else [" ".join(kalimat)] if kalimat else [],
        "gambar": [one.plain() for one in gambar],
        "tabel": tables,
    }


def table(
    judul: str,
    kepala: Sequence[str],
    rata: Sequence[str],
    baris: Sequence[Sequence[str]],
    *,
    kalimat: str = "",
    jumlah: bool = False,
    saring: bool = False,
) -> Table:
    """A table of texts.

    Args:
        judul: its caption.
        kepala: column heads.
        rata: `LEFT`, `RIGHT` or `CENTER` per column; what stands right are figures.
        baris: the cells.
        kalimat: how to read it, above the table.
        jumlah: the last row is a total.
        saring: long enough that readers on a screen may filter it.
    """
    return {
        "judul": judul,
        "kalimat": kalimat,
        "kepala": list(kepala),
        "rata": list(rata),
        "baris": [list(row) for row in baris],
        "jumlah": jumlah,
        "saring": saring,
    }


def numbered(parts: Sequence[Part]) -> None:
    """Number the tables and pictures of parts in their order, for papers that refer to them by number."""
    for kind in ("tabel", "gambar"):
        things = [thing for one in parts for thing in one[kind]]
        for number, thing in enumerate(things, 1):
            thing["nomor"] = number
