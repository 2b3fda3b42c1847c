"""Results to files, with what each file says about its own making; targets are checked before the work begins."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from idmcli.classify import Moves
from idmcli.commands.console import say_written
from idmcli.commands.show_classify import gap
from idmcli.errors import UsageError
from idmcli.export import STDOUT, check_target, write_frame
from idmcli.pipeline import Classified, Loaded, Validated, input_files
from idmcli.words import whole


def check(output: str | None, force: bool, inputs: Sequence[str | None], as_json: bool) -> None:
    """Refuse now what could not be written later."""
    if output:
        check_inputs(output, inputs)
        check_alone(output, as_json)
        check_target(output, force=force)


def check_report(report: str | None, force: bool, inputs: Sequence[str | None], as_json: bool) -> None:
    """Refuse now a report that could not be written later."""
    if report:
        from idmcli.documents import REPORT_ENDINGS

        check_inputs(report, inputs)
        check_alone(report, as_json)
        check_target(report, force=force, endings=REPORT_ENDINGS)


def check_annotate(annotate: str | None, report: str | None, files: Sequence[str], force: bool) -> None:
    """`--annotate` marks one workbook: exactly one input, xlsx or xlsm, and another name for the copy."""
    if annotate is None:
        return
    if len(files) != 1 or Path(files[0]).suffix.lower() not in {".xlsx", ".xlsm"}:
        raise UsageError(
            "--annotate menandai satu buku kerja .xlsx, sedangkan masukannya " + ", ".join(files),
            "Beri satu berkas .xlsx, atau pakai --report temuan.xlsx untuk semua masukan.",
        )
    if annotate == STDOUT:
        raise UsageError("--annotate menulis buku kerja, tidak ke layar", "Sebut nama berkasnya: --annotate F.xlsx")
    check_inputs(annotate, files)
    check_target(annotate, force=force, endings=(Path(files[0]).suffix.lower(),))
    if report and Path(report).resolve() == Path(annotate).resolve():
        raise UsageError(f"--report dan --annotate sama-sama menulis {annotate}", "Beri dua nama yang berbeda.")


def check_inputs(target: str, inputs: Sequence[str | None]) -> None:
    """A result never takes the place of what it was made from, not even with `--force`, nor inside a folder read."""
    path = Path(target)
    try:
        exists = target != STDOUT and path.is_file()
    except OSError:  # a name that cannot be: check_target says so
        return
    if not exists:
        return
    for name in filter(None, inputs):
        if any(source.samefile(path) for source in input_files([name])):
            place = "" if Path(name).is_file() else f", karena folder {name} dibaca seluruhnya"
            raise UsageError(
                f"{target} termasuk masukan{place}; hasil tidak boleh menimpanya",
                "Pilih nama atau folder lain untuk hasilnya.",
            )


def check_alone(target: str, as_json: bool) -> None:
    """Two documents on stdout are none."""
    if target == STDOUT and as_json:
        raise UsageError("--json dan keluaran - sama-sama menulis ke stdout", "Pakai salah satu.")


def check_baseline_year(baseline: str | None, tahun: int | None) -> None:
    """A year of a baseline needs one."""
    if tahun is not None and baseline is None:
        raise UsageError("--tahun-baseline tanpa --baseline tidak berarti apa-apa", "Tambahkan --baseline FILE.")


def tell(output: str, rows: int, silent: bool, no_color: bool, noun: str = "baris") -> None:
    """Say what was written, and how much."""
    say_written(output, f"{whole(rows)} {noun}", silent, no_color)


def about(loaded: Loaded) -> dict[str, Any]:
    """What a data file says about itself."""
    return {
        "edisi": loaded.rubric.edisi,
        "edisi_sha256": loaded.rubric.hash,
        "sumber": [{"berkas": source.berkas, "sha256": source.sha256} for source in loaded.sources],
        "andaian": list(loaded.notes),
    }


def sources(loaded: Loaded) -> list[tuple[str, str]]:
    """File and hash of every source."""
    return [(source.berkas, source.sha256) for source in loaded.sources]


def scores(loaded: Loaded, output: str, force: bool) -> None:
    """The scored villages in the format of the ending."""

    def workbook(path: Path) -> None:
        from idmcli.workbook import write_score_book

        write_score_book(
            loaded.scored,
            path,
            rubric=loaded.rubric,
            sumber=sources(loaded),
            peringatan=loaded.notes,
        )

    write_frame(loaded.scored, output, force=force, meta=about(loaded), workbook=workbook)


def classification(result: Classified, output: str, force: bool) -> None:
    """The classified villages; recaps, moves and targets as further sheets of a workbook."""
    loaded = result.loaded

    def workbook(path: Path) -> None:
        from idmcli.workbook import SheetSpec, write_classify_book

        further = [SheetSpec(nama, judul, frame) for nama, judul, frame in further_tables(result)]
        write_classify_book(
            result.villages,
            path,
            rubric=loaded.rubric,
            rekap=result.recaps,
            lainnya=further,
            sumber=sources(loaded),
            peringatan=loaded.notes,
        )

    write_frame(result.villages, output, force=force, meta=about(loaded), workbook=workbook)


def further_tables(result: Classified) -> list[tuple[str, str, pl.DataFrame]]:
    """Sheet name, title and rows of what was asked for beside the classification."""
    tables = move_tables(result.moves, result.loaded.rubric.scale) if result.moves else []
    if result.targets is not None:
        gaps = [gap(*row) for row in result.targets.select("arah", "kurang").iter_rows()]
        shown = result.targets.drop("kurang").insert_column(-1, pl.Series("selisih", gaps, dtype=pl.String))
        tables.append(("SASARAN", "Sasaran dan capaian", shown))
    return tables


def move_tables(moves: Moves, scale: int) -> list[tuple[str, str, pl.DataFrame]]:
    """The comparison of two years as tables; differences in IDM rather than in units of 1/scale."""
    years = f"{moves.tahun_sebelum or 'pembanding'} ke {moves.tahun or 'sekarang'}"
    difference = (pl.col("selisih_k") / scale).alias("selisih_idm")
    names = pl.concat([moves.naik, moves.turun]).select("kode_desa", "desa")
    causes = moves.penyebab.join(names, on="kode_desa", how="left", maintain_order="left")
    causes = causes.select("kode_desa", "desa", pl.exclude("kode_desa", "desa", "selisih_k"), difference)
    rise, fall = (frame.with_columns(difference).drop("selisih_k") for frame in (moves.naik, moves.turun))
    return [
        ("PERUBAHAN", f"Perubahan status {years} (baris: dari, kolom: ke)", moves.matriks),
        ("NAIK", f"Desa yang naik status, {years}", rise.select(pl.exclude("penyebab"), "penyebab")),
        ("TURUN", f"Desa yang turun status, {years}", fall.select(pl.exclude("penyebab"), "penyebab")),
        ("PENYEBAB", f"Indikator yang menyebabkan perubahan status, {years}", causes),
    ]


def findings(result: Validated, report: str, force: bool) -> None:
    """All findings in the format of the ending."""
    from idmcli.documents import write_findings_report

    loaded = result.loaded
    write_findings_report(
        result.findings, result.summary, report, force=force, sumber=sources(loaded), meta=about(loaded)
    )


def annotated(result: Validated, source: str, target: str, force: bool) -> tuple[str, ...]:
    """A copy of the officer's workbook with the faulty cells marked; returns what could not be carried over."""
    from idmcli.annotate import annotate

    return tuple(annotate(Path(source), result.findings, Path(target), force=force))
