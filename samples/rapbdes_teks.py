"""The invented RAPBDes as text: an export of Siskeudes and a plain list, with their planted faults."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from lembar import MARK
from rapbdes_bersama import NOWHERE, TAHUN, Planted, padded
from rapbdes_isi import Budget, rupiah

SISKEUDES = "02.{:04}."
"""Its own numbering of kecamatan, unlike Kemendagri's: so a mapping is needed."""


def write_export(folder: Path, budgets: Sequence[Budget]) -> tuple[list[Planted], dict[str, str]]:
    """The tables of Siskeudes in an archive, and the mapping of its short codes."""
    berkas = "siskeudes-betayau.zip"
    activities = [
        [MARK],
        [
            "Tahun",
            "Kd_Desa",
            "Kd_Bid",
            "Kd_Keg",
            "ID_Keg",
            "Nama_Kegiatan",
            "Pagu",
            "Sumberdana",
            "Kd_Sub",
            "Nilai",
            "Satuan",
        ],
    ]
    accounts = [[MARK], ["Tahun", "Kd_Desa", "Kd_Keg", "Kd_Rincian", "Anggaran"]]
    mapping = [["berkas", "lembar", "kode_siskeudes", "kode_desa", "keterangan"]]
    planted: list[Planted] = []
    for number, budget in enumerate(budgets, 1):
        short = SISKEUDES.format(2000 + number)
        mapping.append(["", "", short, budget.village.kode_desa, budget.village.desa])
        for line in budget.lines(details=False):
            code = padded(line.code) if line.section == "belanja" and line.code else "00.00.00."
            if line.kind == "kegiatan" and line.section == "belanja":
                stated = line.amount or 0
                if budget.village.desa == "KUJAU" and line.code == "1.1.04":
                    stated += 3_000_000
                    planted.append(
                        Planted(
                            "jumlah_tidak_cocok",
                            f"{berkas}/Ta_Kegiatan.csv",
                            f"G{len(activities) + 1}",
                            "Pagu 3.000.000 above the accounts of Ta_RAB",
                        )
                    )
                activities.append(
                    [
                        str(TAHUN),
                        short,
                        padded(line.code[:1]),
                        f"{short}{code}",
                        line.code,
                        line.uraian,
                        str(stated),
                        line.sumber or "",
                        padded(line.code[:3]),
                        str(line.volume or ""),
                        line.satuan or "",
                    ]
                )
            elif line.kind == "akun":
                accounts.append([str(TAHUN), short, f"{short}{code}", f"{line.account}.01.", f"{line.amount}.0000"])
                if budget.village.desa == "MANING" and line.code == "1.1.02":
                    accounts.append(list(accounts[-1]))
                    accounts[-1][4] = accounts[-2][4] = f"{(line.amount or 0) // 2}.0000"
                    planted.append(
                        Planted(
                            "baris_anggaran_ganda",
                            f"{berkas}/Ta_RAB.csv",
                            f"E{len(accounts)}",
                            "an account of 1.1.02 written twice, half of it each time",
                        )
                    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, rows in (("Ta_Kegiatan.csv", activities), ("Ta_RAB.csv", accounts)):
            archive.writestr(zipfile.ZipInfo(name, (2024, 11, 20, 0, 0, 0)), _csv(rows, ",").encode())
    (folder / berkas).write_bytes(stream.getvalue())
    (folder / "pemetaan.csv").write_bytes(f"# {MARK}\r\n{_csv(mapping, ';')}".encode("cp1252"))
    return planted, {budget.village.desa: berkas for budget in budgets}


def write_list(folder: Path, budgets: Sequence[Budget]) -> tuple[list[Planted], dict[str, str]]:
    """A plain list of all villages, one line an amount."""
    berkas = "daftar-tana-lia.csv"
    rows = [
        [MARK],
        [
            "kode_desa",
            "tahun",
            "jenis",
            "kode_kegiatan",
            "kode_rekening",
            "uraian",
            "volume",
            "satuan",
            "anggaran",
            "sumber_dana",
        ],
    ]
    planted: list[Planted] = []
    for budget in budgets:
        name = budget.village.desa
        for line in budget.lines(details=False):
            if line.kind == "bagian" or (line.section == "belanja" and line.kind != "akun"):
                continue
            head = budget.find(line.code) if line.section == "belanja" else None
            output = [str(head.volume), head.satuan] if head and head.accounts()[0][0] == line.account else ["", ""]
            sumber = head.sumber if head else line.sumber or ""
            uraian = f"{head.uraian}: {line.uraian}" if head else line.uraian
            amount = line.amount or 0
            own = [
                budget.village.kode_desa,
                str(TAHUN),
                line.section.replace("_", " "),
                line.code,
                line.account,
                uraian,
                *output,
                rupiah(amount),
                sumber,
            ]
            if name == "TANAH MERAH" and line.code == "1.4.04" and line.account == "5.2.1":
                rows.append([*own[:5], "Koreksi dokumen keuangan", "", "", "(5.000.000)", sumber])
                planted.append(Planted("anggaran_negatif", berkas, f"I{len(rows)}", "an amount in brackets"))
                own[8] = rupiah(amount + 5_000_000)
            rows.append(own)
        if name == "TENGKU DACING":
            planted.append(Planted("imbang", berkas, NOWHERE, f"{name}: spending 40.000.000 above what is financed"))
    (folder / berkas).write_bytes(_csv(rows, ";").encode("cp1252"))
    return planted, {budget.village.desa: berkas for budget in budgets}


def _csv(rows: Iterable[Sequence[str]], separator: str) -> str:
    quoted = ([f'"{cell}"' if separator in cell else cell for cell in row] for row in rows)
    return "".join(f"{separator.join(row)}\r\n" for row in quoted)
