"""`idm template`: the workbook that starts the year, or the paper form of one village."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from idmcli.commands.options import Config, Edition, Force, NoColor, Quiet, four_digits

if TYPE_CHECKING:
    from idmcli.pipeline.prefilling import Prefill
    from idmcli.workbook.template.fields import Bentuk

EXAMPLES = """
    idm template -o isian-bulungan.xlsx --wilayah BULUNGAN --tahun 2025
    idm template -o isian.xlsx --wilayah 650101 --dari kaltara-isian.xlsx
    idm template -o skor.xlsx --bentuk skor --susunan satu --tahun 2025
    idm template -o formulir.docx --desa 6501012005 --tahun 2025
"""


def run(
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="Buku kerja .xlsx; dengan --desa: .docx atau .pdf.")
    ],
    wilayah: Annotated[
        str | None,
        typer.Option("--wilayah", metavar="KODE|NAMA", help="Provinsi, kabupaten, atau kecamatan (bawaan: semua)."),
    ] = None,
    desa: Annotated[
        str | None, typer.Option("--desa", metavar="KODE|NAMA", help="Formulir A4 satu desa, untuk diisi tangan.")
    ] = None,
    bentuk: Annotated[
        str, typer.Option("--bentuk", metavar="isian|skor", help="Jawaban mentah, atau skor 0–5.")
    ] = "isian",
    susunan: Annotated[
        str, typer.Option("--susunan", metavar="kecamatan|satu", help="Satu lembar per kecamatan, atau satu lembar.")
    ] = "kecamatan",
    dari: Annotated[
        str | None,
        typer.Option("--dari", metavar="FILE", help="Data tahun lalu: yang tetap diisi dan dikunci, lainnya kosong."),
    ] = None,
    tahun: Annotated[
        int | None,
        typer.Option("--tahun", metavar="TAHUN", callback=four_digits, help="Tahun isian (bawaan: sesudah --dari)."),
    ] = None,
    kertas: Annotated[str, typer.Option("--kertas", metavar="UKURAN", help="Kertas: a4 atau f4.")] = "a4",
    templat: Annotated[
        str | None, typer.Option("--templat", metavar="FOLDER", help="Templat formulir kantor sendiri.")
    ] = None,
    force: Force = False,
    quiet: Quiet = False,
    edisi: Edition = None,
    no_color: NoColor = False,
    config: Config = None,
) -> None:
    """Buat buku kerja isian yang tidak dapat salah isi, atau formulir satu desa.

    Desa sudah tercantum, pilihan jawaban tersedia dalam daftar, angka dibatasi satuannya, yang kosong dan yang
    bertentangan berwarna. Buku yang kembali dibaca idm validate dan idm score tanpa andaian.
    """
    from idmcli.commands import save
    from idmcli.commands.console import say_assumptions, say_written, working
    from idmcli.commands.minutes_run import one_of
    from idmcli.errors import UsageError
    from idmcli.export import atomic, check_target
    from idmcli.pipeline.prefilling import prefill
    from idmcli.settings import load_settings
    from idmcli.words import whole

    settings = load_settings(config, edisi)
    save.check_inputs(output, [dari])
    check_target(output, force=force, endings=(".docx", ".pdf") if desa else (".xlsx",))
    if output == "-":
        raise UsageError("Buku kerja dan formulir tidak ditulis ke layar", "Sebut nama berkasnya: -o FILE.")
    if templat and not Path(templat).is_dir():
        raise UsageError(f"--templat {templat} bukan folder yang ada", "Sebut folder berisi templat kantor.")
    if desa and wilayah:
        raise UsageError("--desa dan --wilayah tidak dipakai bersama", "Pakai salah satu.")
    form, order = one_of(bentuk, ("isian", "skor"), "--bentuk"), one_of(susunan, ("kecamatan", "satu"), "--susunan")
    with working("Menyiapkan …", quiet, no_color):
        made = prefill(settings, only_village(desa) if desa else wilayah, dari, tahun)
        if made.tahun is None:
            raise UsageError("Tahun isian belum disebut", "Tambahkan --tahun, misalnya --tahun 2025.")
        if desa and made.villages.height > 1:
            raise UsageError(f"--desa {desa} ialah {whole(made.villages.height)} desa", "Sebut kode satu desa.")
        if desa:
            data = village_form(made, Path(output).suffix.lower(), templat)
            with atomic(Path(output), force=force) as path:
                path.write_bytes(data)
        else:
            write_book(made, output, force, form or bentuk, order or susunan, kertas)
    notes = made.notes
    if made.isi is not None and not carried(made, "skor" if form == "skor" and not desa else "isian"):
        notes += (f"{dari} tidak memuat {form} yang dapat diteruskan: hanya daftar desanya yang dipakai",)
    say_assumptions(notes, quiet, no_color)
    say_written(output, f"{whole(made.villages.height)} desa", quiet, no_color)


def only_village(desa: str) -> str:
    """A village's name with its level in front, so that no kecamatan of that name is meant; a code as it is."""
    named = any(letter.isalpha() for letter in desa) and not desa.strip().lower().startswith("desa ")
    return f"Desa {desa.strip()}" if named else desa


def carried(made: "Prefill", bentuk: "Bentuk") -> bool:
    """Whether last year's file has anything that the form keeps."""
    from idmcli.workbook.template.fields import fields

    static = [one.nama for one in fields(made.rubric, bentuk) if one.statis]
    return made.isi is not None and any(name in made.isi.columns for name in static)


def village_form(made: "Prefill", ending: str, templat: str | None) -> bytes:
    """The paper form of the one village."""
    from pathlib import PurePath

    from idmcli.documents.form import FORM, form_context
    from idmcli.documents.papers import Jenis, make_paper, paper_job

    folder = Path(templat) if templat else None
    village = made.villages.row(0, named=True)
    answers = None
    if made.isi is not None:
        answers = next(made.isi.filter(kode_desa=village["kode_desa"]).iter_rows(named=True), None)
    context = form_context(village, made.rubric, tahun=made.tahun or 0, isi=answers, templat=folder)
    kind: Jenis = "pdf" if ending == ".pdf" else "docx"
    return make_paper(paper_job(PurePath(f"formulir{ending}"), kind, context, templat=folder, lembar=FORM))


def write_book(made: "Prefill", output: str, force: bool, bentuk: str, susunan: str, kertas: str) -> None:
    """The workbook to fill in."""
    from idmcli.commands.save_plan import paper
    from idmcli.export import atomic
    from idmcli.workbook.template import write_template_book

    with atomic(Path(output), force=force) as path:
        write_template_book(
            made.villages,
            made.rubric,
            path,
            tahun=made.tahun or 0,
            bentuk="skor" if bentuk == "skor" else "isian",
            susunan="satu" if susunan == "satu" else "kecamatan",
            isi=made.isi,
            kertas=paper(kertas),
        )


run.__name__ = "template"
