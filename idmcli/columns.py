"""Names of the columns of every frame in the program: one concept, one word.

Scores are `IKS01…IKS35`, `IKE01…IKE12`, `IKL01…IKL03` (Int8, 0–5). What a file states carries `_terbit`; what we
compute carries no suffix. Indices are Float64 in 0–1 at full precision; `idm_k` is the integer numerator over the
edition's scale (6300 for idm-2016). Header aliases of the layouts met in the wild are data (`data/kolom/*.toml`), read
by `normalise`.
"""

from typing import Final

BERKAS: Final = "berkas"
LEMBAR: Final = "lembar"
BARIS: Final = "baris"
PROVENANCE: Final = (BERKAS, LEMBAR, BARIS)
"""Where a row stands: file as the user named it, sheet (null for text and JSON), 1-based row of the sheet."""

KODE_DESA: Final = "kode_desa"
TAHUN: Final = "tahun"
PLACES: Final = ("provinsi", "kabupaten", "kecamatan", "desa")
IDENTITY: Final = (KODE_DESA, *PLACES, TAHUN)

SUB_INDICES: Final = ("iks", "ike", "ikl")
INDICES: Final = (*SUB_INDICES, "idm")
IDM_K: Final = "idm_k"
STATUS: Final = "status"
TARGET: Final = ("target_status", "skor_minimal", "penambahan")

STATED_INDICES: Final = tuple(f"{name}_terbit" for name in INDICES)
STATED_STATUS: Final = "status_terbit"
STATED_TARGET: Final = tuple(f"{name}_terbit" for name in TARGET)
STATED: Final = (*STATED_INDICES, STATED_STATUS, *STATED_TARGET)
AGREES: Final = "cocok"
REMARK: Final = "keterangan"
"""Free text that an export puts beside a row, such as `Update 2023` or the reason why a village has no figures."""
REASON: Final = "alasan"
"""Why a row could not be scored; null where it could."""

CODE_METHOD: Final = "cara_kode"
"""How a row's code was found: `kode` (typed), `nama` or `bps` (both by exact names), `usulan` (accepted proposal)."""
CODE_PROPOSAL: Final = "usulan_kode"
"""The code that a similar name proposes; not in use until the user accepts it."""

CODE_PARTS: Final = ("kode_provinsi", "kode_kabupaten", "kode_kecamatan")
"""Codes of the levels above the village, where a layout has them (also the parts of a code split in four columns)."""
