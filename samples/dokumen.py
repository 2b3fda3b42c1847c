"""Ministry-shaped JSON documents of simulated villages, with our own wording of conditions and activities."""

import json
from pathlib import Path

from lembar import MARK, state
from simulasi import Scores, Village

from idmcli.rubric.model import Actor, Rubric

FIRST_ROW_CELL = 10
ACTOR_KEYS: dict[str, Actor] = {
    "PUSAT": "pusat",
    "PROV": "provinsi",
    "KAB": "kabupaten",
    "DESA": "desa",
    "CSR": "csr",
    "LAINNYA": "lainnya",
}


def write_document(path: Path, village: Village, scores: Scores, rubric: Rubric, tahun: int) -> None:
    """One village as the ministry serves it: every indicator, the figures of the year, the next status."""
    stated = state(scores, rubric)
    rows: list[dict[str, object]] = []
    for dimension, figure in zip(rubric.dimensi, (stated.iks, stated.ike, stated.ikl), strict=True):
        rows += [_indicator_row(kode, scores[kode], rubric) for kode in dimension.indikator]
        rows.append(_figure_row(f"{dimension.kode} {tahun}", round(figure, 14)))
    rows.append(_figure_row(f"IDM {tahun}", round(stated.idm, 14)))
    rows.append(_figure_row(f"STATUS IDM {tahun}", stated.status.title()))
    for number, row in enumerate(rows, start=FIRST_ROW_CELL):
        row["ROW_CELL"] = number
    target = next((s for s in rubric.status if s.k_min > rubric.status_at(stated.k).k_min), rubric.status[-1])
    minimal = float(target.skor_minimal or 0)
    summary = {
        "SKOR_SAAT_INI": round(stated.idm, 14),
        "STATUS": stated.status,
        "TARGET_STATUS": target.nama,
        "SKOR_MINIMAL": f"{minimal:.4f}",
        "PENAMBAHAN": minimal - round(stated.idm, 14),
        "TAHUN": tahun,
    }
    kode = village.kode_desa
    identity = {
        "nama_provinsi": village.provinsi,
        "id_prov": kode[:2],
        "id_kabupaten": kode[:4],
        "nama_kab_kota": village.kabupaten,
        "id_kecamatan": kode[:6],
        "nama_kecamatan": village.kecamatan,
        "id_desa": kode,
        "nama_desa": village.desa,
    }
    data = {"SUMMARIES": summary, "ROW": rows, "IDENTITAS": [identity]}
    write_json(path, {"status": 200, "error": False, "catatan": MARK, "mapData": data})


def write_error(path: Path) -> None:
    """The ministry's answer for a code that it does not know."""
    write_json(path, {"status": 400, "error": True, "message": "ID Desa tidak ditemukan", "catatan": MARK})


def write_json(path: Path, document: object) -> None:
    """Compact JSON on one line, as the ministry serves it."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(text.encode())


def _indicator_row(kode: str, skor: int, rubric: Rubric) -> dict[str, object]:
    indicator, dimension = rubric.by_code[kode], rubric.dimension_of(kode)
    condition = indicator.row(skor)
    gain = (indicator.allowed[-1] - skor) * rubric.unit(dimension) / rubric.scale
    offices = {key: ", ".join(indicator.pelaku.get(actor, ())) or None for key, actor in ACTOR_KEYS.items()}
    return {
        "NO": dimension.indikator.index(kode) + 1,
        "INDIKATOR": indicator.label,
        "SKOR": skor,
        "KETERANGAN": condition.syarat,
        "KEGIATAN": condition.kegiatan or "-",
        "NILAI": f"{gain:.8f}" if gain else "0",
        **offices,
    }


def _figure_row(name: str, figure: float | str) -> dict[str, object]:
    return {
        "NO": None,
        "INDIKATOR": name,
        "SKOR": figure,
        **dict.fromkeys(("KETERANGAN", "KEGIATAN", "NILAI", *ACTOR_KEYS)),
    }
