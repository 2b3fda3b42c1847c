"""The lists of a comparison: changes and their indicators, resubmissions, villages that came, went or are near."""

from dataclasses import replace
from typing import Final

import polars as pl

from idmcli import columns as col
from idmcli.compare import OTHER_CODE
from idmcli.workbook.catalogue import Column, columns
from idmcli.workbook.compare_villages import Paper
from idmcli.workbook.sheets import SheetSpec, place
from idmcli.workbook.steps import WHO

_YEARS: Final = (Column("dari", "Dari tahun", "nomor", 7), Column("ke", "Ke tahun", "nomor", 7))


def lists(paper: Paper) -> list[SheetSpec]:
    """The sheets that are plain tables, in order."""
    compared, where = paper.compared, paper.tempat
    names = compared.desa.select(col.KODE_DESA, "desa", "kecamatan")
    causes = compared.indikator.join(names, on=col.KODE_DESA, how="left", maintain_order="left")
    same = compared.perubahan.filter(pl.col("kiriman_sama"))
    moved = pl.concat(
        [
            compared.hilang.with_columns(pl.lit("hilang").alias("perihal")),
            compared.baru.with_columns(pl.lit("baru").alias("perihal")),
        ]
    ).sort("dari", "ke", col.KODE_DESA, maintain_order=True)
    near = compared.dekat
    code = pl.col("jenis") == OTHER_CODE
    renamed = compared.ganti_nama.with_columns(
        pl.when(code).then(pl.lit("kode diduga berganti")).otherwise(pl.lit("nama berganti")).alias("jenis")
    )
    since = f"Selisih IDM sejak {compared.tahun[-2]}"
    idm = (Column("idm_dari", "IDM dari", "indeks", 8), Column("idm_ke", "IDM ke", "indeks", 8))
    statuses = (Column("status_dari", "Status dari", "status", 19), Column("status_ke", "Status ke", "status", 19))
    changes = SheetSpec(
        "PERUBAHAN",
        f"Perubahan tiap desa dari tahun ke tahun – {where}",
        compared.perubahan,
        ("Penyebab: indikator (atau dimensi) yang berubah, yang terbesar lebih dahulu, dengan sumbangannya pada IDM.",),
        kolom=(
            *columns(compared.perubahan, WHO),
            *_YEARS,
            *idm,
            Column("selisih_idm", "Selisih IDM", "selisih", 9),
            *statuses,
            Column("arah", "Arah status", "ya", 8),
            Column("kiriman_sama", "Kiriman sama", "ya", 8),
            Column("penyebab", "Penyebab", "panjang", 56),
        ),
        beku=2,
        jumlah=frozenset(),
    )
    letters = place(changes).letters
    difference = {"selisih_idm": lambda row: f"={letters['idm_ke']}{row}-{letters['idm_dari']}{row}"}
    return [
        SheetSpec(
            "DEKAT AMBANG",
            f"Desa yang hampir berubah status pada {compared.ujung[1]} – {where}",
            near,
            (
                f"Hampir naik: kurang paling banyak setara {compared.dekat_poin} poin IKS ke status berikutnya; hampir "
                f"turun: kehilangan {compared.dekat_poin} poin IKS sudah menurunkan status.",
            ),
            kolom=(
                *columns(near, WHO),
                Column("keadaan", "Keadaan", "ya", 13),
                *columns(near, [col.STATUS]),
                Column("status_dekat", "Akan menjadi", "status", 19),
                Column("poin", "Setara poin IKS", "bulat", 9),
                *columns(near, ["idm"]),
                Column("selisih_idm", since, "selisih", 11),
            ),
            beku=2,
            jumlah=frozenset(),
        ),
        replace(changes, rumus=difference),
        SheetSpec(
            "PENYEBAB",
            f"Setiap indikator yang berubah – {where}",
            causes,
            (
                f"Sumbangan: perubahan skor dalam satuan IDM; jumlahnya per desa dan tahun tepat sama dengan selisih "
                f"IDM-nya (kelipatan 1/{paper.rubric.scale}).",
            ),
            kolom=(
                *columns(causes, [col.KODE_DESA, "desa", "kecamatan"]),
                *_YEARS,
                Column("kode", "Kode", "teks", 8),
                Column("nama", "Indikator", "teks", 28),
                Column("skor_dari", "Skor dari", "nomor", 7),
                Column("skor_ke", "Skor ke", "nomor", 7),
                Column("sumbangan", "Sumbangan IDM", "selisih", 11),
            ),
            beku=2,
            jumlah=frozenset({"sumbangan"}),
            kosong="Tanpa 50 skor pada dua tahun berturut-turut, indikator tidak dapat dibandingkan.",
        ),
        SheetSpec(
            "KIRIMAN SAMA",
            f"Desa yang mengirim skor yang persis sama dengan tahun sebelumnya – {where}",
            same,
            ("Periksa apakah datanya benar dimutakhirkan.",),
            kolom=(*columns(same, WHO), *_YEARS, idm[1], statuses[1]),
            beku=2,
            jumlah=frozenset(),
            kosong="Tidak ada.",
        ),
        SheetSpec(
            "HILANG DAN BARU",
            f"Desa yang hilang dan yang baru – {where}",
            moved,
            ("Kode dugaan: desa dengan nama dan kecamatan yang sama di tahun lain; hanya dugaan, tidak dipasangkan.",),
            kolom=(
                *columns(moved, WHO),
                Column("perihal", "Perihal", "ya", 8),
                *_YEARS,
                *columns(moved, ["idm", col.STATUS]),
                Column("tercakup", "Kabupatennya ada di tahun lain", "ya", 13),
                Column("kode_dugaan", "Kode dugaan", "teks", 13),
            ),
            beku=2,
            kosong="Tidak ada desa yang hilang atau baru.",
        ),
        SheetSpec(
            "GANTI NAMA",
            f"Desa yang berganti nama, atau diduga berganti kode – {where}",
            renamed,
            kolom=(
                *_YEARS,
                Column("jenis", "Perihal", "teks", 20),
                Column("kode_dari", "Kode dari", "teks", 12),
                Column("kode_ke", "Kode ke", "teks", 12),
                Column("desa_dari", "Desa dari", "teks", 24),
                Column("desa_ke", "Desa ke", "teks", 24),
                *columns(renamed, ["kecamatan", "kabupaten"]),
            ),
            kosong="Tidak ada desa yang berganti nama atau kode.",
        ),
    ]
