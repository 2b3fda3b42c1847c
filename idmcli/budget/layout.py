"""How budgets are laid out, as data: headers, section words, totals, accounts, sources of money, rules of findings.

`data/apbdes/tata-letak.toml`, `luar-kewenangan.toml`, `temuan.toml`; read strictly, every fault names file and key.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from idmcli.budget.lines import SOURCES
from idmcli.budget.text import header_words, words
from idmcli.errors import ConfigError
from idmcli.findings import LEVELS
from idmcli.parameters.source import check_keys, read_toml

DATA: Final = Path(__file__).resolve().parents[1] / "data" / "apbdes"

COLUMNS: Final = (
    *("kode_desa", "kode_siskeudes", "desa", "kecamatan", "kabupaten", "tahun", "jenis", "kode", "kode_bidang"),
    *("kode_sub", "kode_kegiatan", "kode_rekening", "uraian", "volume", "satuan", "keluaran", "harga_satuan"),
    *("anggaran", "anggaran_akhir", "anggaran_lama", "selisih", "sumber_dana", "keterangan"),
)
"""What a column of a budget can hold."""

SECTIONS: Final = ("pendapatan", "belanja", "pembiayaan", "penerimaan_pembiayaan", "pengeluaran_pembiayaan")
TOTALS: Final = ("awal", "surplus", "neto", "sisa")
SISKEUDES: Final = ("kegiatan", "rab", "desa")

_TOP: Final[Mapping[str, type]] = {
    **{"judul": str, "sumber": str, "diperiksa": object, "kolom": dict, "siskeudes": dict, "bagian": dict},
    **{"jumlah": dict, "satuan_uang": dict, "rekening": dict, "sumber_rekening": dict, "sumber_dana": dict},
}
_NOISE: Final = re.compile(r"\b(?:silpa|tahun|lalu|sebelumnya|20\d\d|ta)\b")


@dataclass(frozen=True)
class Rule:
    """A rule of findings: stable name, tingkat, title, advice."""

    nama: str
    tingkat: str
    judul: str
    saran: str


@dataclass(frozen=True)
class Foreign:
    """Spending that by its words belongs to others than the village."""

    urusan: str
    pola: re.Pattern[str]
    kecuali: re.Pattern[str] | None
    pelaku: str
    acuan: str

    def meant(self, folded: str) -> bool:
        """Whether these words (see `text.words`) name it."""
        return bool(self.pola.search(folded)) and not (self.kecuali and self.kecuali.search(folded))


@dataclass(frozen=True, eq=False)
class Layout:
    """Everything that tells one kind of row or column from another; all words folded.

    Attributes:
        headers: header → column of `COLUMNS`.
        siskeudes: table (`kegiatan`, `rab`, `desa`) → headers that it must have.
        sections: words of a heading → section.
        totals: kind of total → beginnings (`awal`) or whole texts.
        units: words above a table → what its amounts are multiplied by.
        accounts: account → name.
        account_sources: income account → source of money.
        sources: spelling → source of money.
        rules: rule by name.
        foreign: spending outside the authority of villages.
    """

    headers: Mapping[str, str]
    siskeudes: Mapping[str, frozenset[str]]
    sections: Mapping[str, str]
    totals: Mapping[str, tuple[str, ...]]
    units: Mapping[str, int]
    accounts: Mapping[str, str]
    account_sources: Mapping[str, str]
    sources: Mapping[str, str]
    rules: Mapping[str, Rule]
    foreign: tuple[Foreign, ...]

    def source(self, text: str) -> str | None:
        """The normal form of a source of money, None for one that is not known (or several at once)."""
        folded = words(text)
        bare = " ".join(_NOISE.sub(" ", folded).split())
        return self.sources.get(folded) or self.sources.get(bare)

    def account_source(self, account: str) -> str | None:
        """The source that an income account stands for."""
        return self.account_sources.get(account) or self.account_sources.get(account[:3])


@cache
def load_layout(folder: Path = DATA) -> Layout:
    """Read the three files.

    Raises:
        ConfigError: a file is no TOML, or a key is unknown, missing, empty, repeated or of the wrong type.
    """
    file = folder / "tata-letak.toml"
    data = read_toml(file)
    check_keys(data, _TOP, file.name, "")
    tables = {key: _table(data, key, file) for key in list(_TOP)[3:]}
    _only(tables["kolom"], COLUMNS, file, "kolom")
    _only(tables["bagian"], SECTIONS, file, "bagian")
    _only(tables["jumlah"], TOTALS, file, "jumlah")
    _only(tables["sumber_dana"], SOURCES, file, "sumber_dana")
    _only(tables["siskeudes"], SISKEUDES, file, "siskeudes")
    _only(tables["satuan_uang"], ("ribu", "juta"), file, "satuan_uang")
    times = {"ribu": 1_000, "juta": 1_000_000}
    siskeudes = {key: frozenset(map(header_words, _texts(tables["siskeudes"], key, file))) for key in SISKEUDES}
    return Layout(
        headers=_spellings(tables["kolom"], file, "kolom"),
        siskeudes=siskeudes,
        sections=_spellings(tables["bagian"], file, "bagian"),
        totals={key: tuple(map(words, _texts(tables["jumlah"], key, file))) for key in TOTALS},
        units={word: times[key] for word, key in _spellings(tables["satuan_uang"], file, "satuan_uang").items()},
        accounts={key: _text(tables["rekening"], key, file) for key in tables["rekening"]},
        account_sources={key: _source(tables["sumber_rekening"], key, file) for key in tables["sumber_rekening"]},
        sources=_spellings(tables["sumber_dana"], file, "sumber_dana"),
        rules={rule.nama: rule for rule in _rules(folder / "temuan.toml")},
        foreign=tuple(_foreign(folder / "luar-kewenangan.toml")),
    )


def _rules(file: Path) -> list[Rule]:
    rules = []
    for entry in _entries(file, "aturan"):
        check_keys(entry, dict.fromkeys(("nama", "tingkat", "judul", "saran"), str), file.name, "aturan.")
        rule = Rule(*(_text(entry, key, file) for key in ("nama", "tingkat", "judul", "saran")))
        if rule.tingkat not in LEVELS:
            raise ConfigError(f"{file.name}: tingkat {rule.tingkat} tidak dikenal", f"Pilih: {', '.join(LEVELS)}.")
        rules.append(rule)
    return rules


def _foreign(file: Path) -> list[Foreign]:
    found = []
    for entry in _entries(file, "larangan"):
        keys = ("urusan", "pola", "pelaku", "acuan")
        check_keys(
            {key: value for key, value in entry.items() if key != "kecuali"},
            dict.fromkeys(keys, str),
            file.name,
            "larangan.",
        )
        texts = {key: _text(entry, key, file) for key in keys}
        but = str(entry.get("kecuali", ""))
        try:
            pattern, other = re.compile(texts["pola"]), re.compile(but) if but else None
        except re.error as error:
            raise ConfigError(f"{file.name}: pola {texts['pola']!r} tidak sah ({error})", "Perbaiki polanya.") from None
        found.append(Foreign(texts["urusan"], pattern, other, texts["pelaku"], texts["acuan"]))
    return found


def _entries(file: Path, key: str) -> list[dict[str, Any]]:
    data = read_toml(file)
    check_keys(data, {key: list}, file.name, "")
    return [entry for entry in data.get(key, []) if isinstance(entry, dict)]


def _table(data: Mapping[str, Any], key: str, file: Path) -> dict[str, Any]:
    if not (table := data.get(key)):
        raise ConfigError(f"{file.name}: tabel [{key}] tidak ada", f"Tambahkan [{key}].")
    return dict(table)


def _only(table: Mapping[str, Any], known: tuple[str, ...], file: Path, name: str) -> None:
    check_keys(table, dict.fromkeys(known, list), file.name, f"{name}.")


def _text(table: Mapping[str, Any], key: str, file: Path) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ConfigError(f"{file.name}: {key} kosong atau tidak ada", f"Isi {key}.")
    return value


def _texts(table: Mapping[str, Any], key: str, file: Path) -> tuple[str, ...]:
    values = table.get(key)
    if not isinstance(values, list) or not values or not all(isinstance(one, str) and words(one) for one in values):
        raise ConfigError(f"{file.name}: {key} harus daftar kata yang tidak kosong", f"Isi {key}.")
    return tuple(values)


def _source(table: Mapping[str, Any], key: str, file: Path) -> str:
    value = _text(table, key, file)
    if value not in SOURCES:
        raise ConfigError(f"{file.name}: sumber {value} tidak dikenal", f"Pilih: {', '.join(SOURCES)}.")
    return value


def _spellings(table: Mapping[str, Any], file: Path, name: str) -> dict[str, str]:
    """Folded spelling → key of the table; each spelling means one thing."""
    found: dict[str, str] = {}
    for key in table:
        for text in _texts(table, key, file):
            folded = header_words(text) if name == "kolom" else words(text)
            if not folded:
                raise ConfigError(f"{file.name}: {name}.{key} memuat {text!r} tanpa arti", "Hapus atau perbaiki.")
            if found.setdefault(folded, key) != key:
                raise ConfigError(
                    f"{file.name}: '{text}' ada di {name}.{found[folded]} dan {name}.{key}", "Hapus salah satu."
                )
    return found
