"""The rules as data: `data/aturan.toml`, read strictly into frozen shapes. What each rule does is code beside this."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from idmcli.errors import ConfigError
from idmcli.findings import LEVELS

RULES_FILE: Final = Path(__file__).parent.parent / "data" / "aturan.toml"
WORDS_FILE: Final = RULES_FILE.with_name("kata.toml")
"""Words that offices write into an empty cell stand there once, for reading and for judging."""
SIGNS: Final = ("=", ">", ">=", "<", "<=")


@dataclass(frozen=True)
class Rule:
    """A rule's stable name, its tingkat, its title in tables, and what to do about a finding."""

    nama: str
    tingkat: str
    judul: str
    saran: str


@dataclass(frozen=True)
class Condition:
    """`kolom tanda angka`, or `kolom tanda kolom_lain`: exactly one of the two is set."""

    kolom: str
    tanda: str
    angka: float | None
    kolom_lain: str | None


@dataclass(frozen=True)
class Contradiction:
    """Conditions that should not all hold in one village, and the sentence that says why."""

    aturan: str
    syarat: tuple[Condition, ...]
    pesan: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it looks at, the first one first."""
        names = (name for one in self.syarat for name in (one.kolom, one.kolom_lain) if name is not None)
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class Copy:
    """A score column known to have been published as a copy of another while the total kept the true score.

    `tahun` are the years whose ministry documents are known for it; elsewhere the two columns must be equal in all of
    at least `baris` rows of a year.
    """

    aturan: str
    asal: str
    salinan: str
    tahun: tuple[int, ...]
    baris: int


@dataclass(frozen=True)
class Catalog:
    """Everything in `aturan.toml`.

    `lonjakan_idm` is in units of IDM (0–1), `bagian_wilayah` a share (0–1); header lists and blank words are lower
    case.
    """

    rules: tuple[Rule, ...]
    kontradiksi: tuple[Contradiction, ...]
    salinan: tuple[Copy, ...]
    lonjakan_idm: float
    bagian_wilayah: float
    bagian_pembanding: float
    desa_sekecamatan: int
    calon_terbanyak: int
    kosong: frozenset[str]
    data_lama: str
    data_statis: tuple[str, ...]
    data_dinamis: tuple[str, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Rule]:
        """Rules by name."""
        return {rule.nama: rule for rule in self.rules}


def bare(text: str) -> str:
    """A cell's letters and digits alone, upper case: what is left of `n/a`, `N/A ` and `-`."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path.name} tidak dapat dibaca: {error}", "Pasang ulang idm.") from None


@cache
def load_catalog(path: Path = RULES_FILE) -> Catalog:
    """Read the rules.

    Raises:
        ConfigError: the file is no TOML, or a key is unknown, missing, repeated or of the wrong type.
    """
    tables = _Table(path.name, _toml(path))
    tables.only("aturan", "ukuran", "kata", "salinan", "kontradiksi")
    sizes, words = tables.table("ukuran"), tables.table("kata")
    sizes.only("lonjakan_idm", "bagian_wilayah", "bagian_pembanding", "desa_sekecamatan", "calon_terbanyak")
    words.only("data_lama", "data_statis", "data_dinamis")
    rules = tuple(_rule(entry) for entry in tables.tables("aturan"))
    names = [rule.nama for rule in rules]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ConfigError(f"{path.name}: aturan {', '.join(twice)} ditulis dua kali", "Hapus salah satunya.")
    return Catalog(
        rules=rules,
        kontradiksi=tuple(_contradiction(entry, names) for entry in tables.tables("kontradiksi")),
        salinan=tuple(_copy(entry, names) for entry in tables.tables("salinan")),
        lonjakan_idm=sizes.number("lonjakan_idm"),
        bagian_wilayah=sizes.number("bagian_wilayah"),
        bagian_pembanding=sizes.number("bagian_pembanding"),
        desa_sekecamatan=sizes.whole("desa_sekecamatan"),
        calon_terbanyak=sizes.whole("calon_terbanyak"),
        kosong=frozenset(map(bare, _Table(WORDS_FILE.name, _toml(WORDS_FILE)).texts("kosong"))),
        data_lama=words.pattern("data_lama"),
        data_statis=words.texts("data_statis"),
        data_dinamis=words.texts("data_dinamis"),
    )


def rules() -> tuple[Rule, ...]:
    """Every rule of `idm validate`, in the order of the file."""
    return load_catalog().rules


def _rule(entry: "_Table") -> Rule:
    """One `[[aturan]]`."""
    entry.only("nama", "tingkat", "judul", "saran")
    return Rule(entry.text("nama"), entry.one_of("tingkat", LEVELS), entry.text("judul"), entry.text("saran"))


def _contradiction(entry: "_Table", names: Sequence[str]) -> Contradiction:
    """One `[[kontradiksi]]`."""
    entry.only("aturan", "syarat", "pesan")
    conditions = tuple(_condition(one) for one in entry.tables("syarat"))
    return Contradiction(entry.one_of("aturan", names), conditions, entry.text("pesan"))


def _condition(entry: "_Table") -> Condition:
    """One condition: a column against a number or against another column."""
    against = "kolom_lain" if "kolom_lain" in entry.data else "angka"
    entry.only("kolom", "tanda", against)
    return Condition(
        entry.text("kolom"),
        entry.one_of("tanda", SIGNS),
        entry.number("angka") if against == "angka" else None,
        entry.text("kolom_lain") if against == "kolom_lain" else None,
    )


def _copy(entry: "_Table", names: Sequence[str]) -> Copy:
    """One `[[salinan]]`."""
    entry.only("aturan", "asal", "salinan", "tahun", "baris")
    years = tuple(int(year) for year in entry.value("tahun", list))
    return Copy(entry.one_of("aturan", names), entry.text("asal"), entry.text("salinan"), years, entry.whole("baris"))


class _Table:
    """A TOML table that knows where it stands, so that an error can name file and key."""

    def __init__(self, where: str, data: Mapping[str, Any]) -> None:
        self.where = where
        self.data = data

    def only(self, *keys: str) -> None:
        """These keys, no others."""
        for key in self.data:
            if key not in keys:
                raise ConfigError(f"{self.where}: kunci {key} tidak dikenal", f"Yang dikenal: {', '.join(keys)}.")
        for key in keys:
            if key not in self.data:
                raise ConfigError(f"{self.where}: kunci {key} tidak ada", f"Tambahkan {key}.")

    def value(self, key: str, *kinds: type) -> Any:
        """A value of one of these types (a boolean is no number)."""
        found = self.data.get(key)
        if not isinstance(found, kinds) or isinstance(found, bool):
            raise ConfigError(f"{self.where}: isi {key} salah jenis ({found!r})", "Lihat contoh di aturan lain.")
        return found

    def text(self, key: str) -> str:
        """A text that is not empty."""
        found = str(self.value(key, str))
        if not found.strip():
            raise ConfigError(f"{self.where}: {key} kosong", f"Isi {key}.")
        return found

    def one_of(self, key: str, choices: Sequence[str]) -> str:
        """One of the known texts."""
        found = self.text(key)
        if found not in choices:
            raise ConfigError(f"{self.where}: {key} = {found!r} tidak dikenal", f"Pilihannya: {', '.join(choices)}.")
        return found

    def pattern(self, key: str) -> str:
        """A regular expression with one group."""
        found = self.text(key)
        try:
            groups = re.compile(found).groups
        except re.error as error:
            raise ConfigError(f"{self.where}: pola {key} tidak sah ({error})", "Perbaiki polanya.") from None
        if groups != 1:
            raise ConfigError(f"{self.where}: pola {key} harus punya satu kelompok", "Beri tanda kurung pada tahunnya.")
        return found

    def number(self, key: str) -> float:
        """A number."""
        return float(self.value(key, int, float))

    def whole(self, key: str) -> int:
        """A whole number."""
        return int(self.value(key, int))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, lower case."""
        return tuple(str(item).lower() for item in self.value(key, list))

    def table(self, key: str) -> "_Table":
        """A table inside this one."""
        return _Table(f"{self.where} [{key}]", self.value(key, dict))

    def tables(self, key: str) -> list["_Table"]:
        """A list of tables inside this one."""
        found = self.value(key, list)
        if not all(isinstance(entry, dict) for entry in found):
            raise ConfigError(f"{self.where}: {key} harus daftar tabel", f"Tulis sebagai [[{key}]].")
        return [
            _Table(f"{self.where} [[{key}]] {entry.get('nama', f'ke-{number}')}", entry)
            for number, entry in enumerate(found, 1)
        ]
