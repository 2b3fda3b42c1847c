"""Everything that a template of berita acara may use, each with an example made by the program itself."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from idmcli.documents.minutes import minutes_context, minutes_paper
from idmcli.minutes import UnitMinutes
from idmcli.parameters.minutes import MinutesSettings, Signatory

STATUSES: Final = ("MANDIRI", "MAJU", "BERKEMBANG", "TERTINGGAL", "SANGAT TERTINGGAL")
VILLAGES: Final = (("6501012001", "CONTOH SATU", "MAJU", 0.75), ("6501012002", "CONTOH DUA", "BERKEMBANG", 0.65))
YEAR: Final = 2024
EXAMPLE_DATE: Final = date(2024, 6, 14)


def variables() -> list[tuple[str, str]]:
    """Name as a template writes it (`dokumen[0].kop.baris[0]`) and example, in the order of the context.

    Of a list the first entry stands for all; the example is a kabupaten with a comparison, so that no part is missing.
    """
    settings = MinutesSettings().for_unit("kabupaten", "6501", typed=_office())
    context = minutes_context(_unit(), settings, 1, edisi="idm-2016")
    return list(_flat("", minutes_paper([context], settings, YEAR)))


def _office() -> Mapping[str, Any]:
    roles = (
        Signatory("Kepala DPMD", "NAMA CONTOH", "19700101 199003 1 001"),
        Signatory("Tenaga Ahli Kabupaten"),
        Signatory("Saksi", "NAMA SAKSI", saksi=True),
    )
    return {
        "tanggal": EXAMPLE_DATE,
        "tempat": "Tanjung Selor",
        "alamat": "Jalan Contoh 1",
        "penandatangan": roles,
    }


def _unit() -> UnitMinutes:
    places = {"kabupaten": "BULUNGAN", "provinsi": "KALIMANTAN UTARA"}
    codes = {"kode_kecamatan": "650101", "kode_kabupaten": "6501", "kode_provinsi": "65"}
    figures = {"iks": 0.75, "ike": 0.7, "ikl": 0.65, "idm": 0.7}
    village = {**places, **codes, "kecamatan": "TANJUNG PALAS", "kode": "6501"}
    villages = [
        {**village, **figures, "kode_desa": code, "desa": name, "status": status, "idm": idm}
        for code, name, status, idm in VILLAGES
    ]
    counts = {name: sum(row["status"] == name for row in villages) for name in STATUSES}
    counted = {**figures, **counts, "tidak_dihitung": 0, "jumlah_desa": len(villages)}
    unit = {**places, **codes, **counted, "kode": "6501", "kecamatan": None, "desa": None, "draf": True}
    changed = {**villages[0], "status_sebelum": "BERKEMBANG", "naik": True}
    return UnitMinutes(
        level="kabupaten",
        tahun=YEAR,
        tahun_sebelum=YEAR - 1,
        unit={**unit, "alasan_draf": ["CONTOH DUA (6501012002): IKS02 (Dokter) kosong"]},
        desa=villages,
        rincian=[{**unit, "kode": "650101", "kecamatan": "TANJUNG PALAS"}],
        perubahan=[changed],
        pembanding=[{"status": name, "dulu": 1, "kini": counts[name]} for name in STATUSES],
        status=STATUSES,
    )


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _flat(f"{name}.{key}".lstrip("."), one)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        if value:
            yield from _flat(f"{name}[0]", value[0])
    else:
        yield name, str(value)
