"""What a village's papers are made from: plain rows, so that the frames stay behind and a sheet can travel anywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Row = Mapping[str, Any]
"""One row of a frame as a dictionary by column name."""


@dataclass(frozen=True)
class SheetInput:
    """One village, one year. Missing keys of a row count as null unless said otherwise.

    Attributes:
        desa: the village's row: identity (`kode_desa, provinsi, kabupaten, kecamatan, desa, tahun`), the 50 scores by
            code, `iks, ike, ikl, idm` (0–1), `idm_k` (units of 1/scale), `status`, `alasan` (why it was not scored),
            and from the paths `target, keadaan, butuh_k, idm_k_baru, status_baru, jalur_setara, alasan_jalur`.
        langkah: the chosen steps, in the order to show: `kode, dari, ke` (required), and who acts where a plan said
            so: `pelaku, instansi, pendukung, kelompok`; without them the rubric's own lead stands.
        alternatif: other paths: `jalur` (`IKE06 0→5, IKS14 1→5`), `tambahan_k`, `beda` (`tanpa IKL03`).
        kunci: indicator → why no step may touch it; None: what the rubric locks for every village.
        kekuatan, kelemahan: `kode, keterangan` (`termasuk 2 tertinggi dari 18 desa sekecamatan`).
        mirip: similar villages one status higher: `desa_mirip, kecamatan_mirip, kabupaten_mirip, status_mirip, punya`
            (list of `IKE06 3`).
        rata_kabupaten: mean `iks, ike, ikl, idm` of the kabupaten's villages in the same year; empty if unknown.
        desa_kabupaten: how many villages that mean counts.
        tahun_rencana: the year the steps are for; None: data year + 1.
        dalam_rencana: True: the steps come from the province's plan; False: there is a plan, but without this village,
            and the steps are its own best path; None: there is no plan.
        satuan_biaya: what the path's cost counts, as `Costs.satuan` names it.
        sumber: file and SHA-256 of each source.
        tanggal: the date to print; None prints none.
    """

    desa: Row
    langkah: Sequence[Row] = ()
    alternatif: Sequence[Row] = ()
    kunci: Mapping[str, str] | None = None
    kekuatan: Sequence[Row] = ()
    kelemahan: Sequence[Row] = ()
    mirip: Sequence[Row] = ()
    rata_kabupaten: Mapping[str, float | None] = field(default_factory=dict)
    desa_kabupaten: int = 0
    tahun_rencana: int | None = None
    dalam_rencana: bool | None = None
    satuan_biaya: Literal["beban", "rupiah", "intervensi"] = "beban"
    sumber: Sequence[tuple[str, str]] = ()
    tanggal: date | None = None
