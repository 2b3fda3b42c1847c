"""What is checked in a village budget beside its indicators, and which verdict follows: `data/apbdes/aturan.toml`.

An office lays its own copy over it (`[rapbdes] aturan`). Amounts are compared as whole rupiah, never as rounded shares.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any, Final, Literal

from idmcli.errors import ConfigError
from idmcli.parameters.source import advice, check_keys, read_toml

FILE: Final = Path(__file__).resolve().parents[1] / "data" / "apbdes" / "aturan.toml"
FITS, BREAKS, UNKNOWN = "sesuai", "tidak", "tidak dapat diperiksa"
OUTCOMES: Final = (FITS, BREAKS, UNKNOWN)
GOOD, MEND, BAD = "sesuai", "perlu perbaikan", "tidak sesuai"
VERDICTS: Final = (GOOD, MEND, BAD)
"""From the lightest to the gravest."""
MEASURES: Final = (
    *("belanja", "lemah_desa", "dianggarkan", "hanya_pendukung", "belum_dianggarkan", "belum_persen"),
    *("langkah_desa", "langkah_dianggarkan", "langkah_pendukung", "langkah_belum", "temuan_galat"),
)
"""Whole numbers per village that a verdict may look at."""
LISTS: Final = ("langkah_belum_daftar", "langkah_pendukung_daftar")
"""Texts per village that a reason may name."""
SIGNS: Final = ("<=", ">=", "<", ">", "=")
KINDS: Final = ("bagian", "imbang")

_ACTIVITY: Final = re.compile(r"[1-5](\.\d(\.\d\d)?)?", re.ASCII)
_SOURCE: Final = re.compile(r"[A-Z]{3}", re.ASCII)
_WHEN: Final = re.compile(r"\s*([\w-]+)\s*(<=|>=|<|>|=)\s*(.+?)\s*")
_TOP: Final = {"diperiksa": object, "acuan": list, "aturan": list, "centang": list, "aspek": list}
_RULE: Final[Mapping[str, type | tuple[type, ...]]] = {
    **{"nama": str, "judul": str, "jenis": str, "dihitung": str, "acuan": str, "sumber": str},
    **{"kegiatan": list, "kecuali": list, "ragu": list, "paling_banyak": int, "paling_sedikit": int},
}
_ASPECT: Final = {"kode": str, "judul": str, "sesuai": str, "acuan": str, "putusan": list}
_VERDICT: Final = {"bila": str, "putusan": str, "alasan": str}


@dataclass(frozen=True)
class Rule:
    """A figure held against a limit.

    Attributes:
        nama: stable name.
        judul: what must hold.
        jenis: `bagian` a share of spending, `imbang` the balance.
        dihitung: what is counted, in words.
        acuan: title of the regulation.
        sumber: only spending from this source; "" for all.
        kegiatan: beginnings of codes that count.
        kecuali: beginnings of codes among them that do not.
        ragu: beginnings of codes of which it is open.
        paling_banyak, paling_sedikit: per cent; None: no such limit is known.
    """

    nama: str
    judul: str
    jenis: Literal["bagian", "imbang"]
    dihitung: str
    acuan: str
    sumber: str = ""
    kegiatan: tuple[str, ...] = ()
    kecuali: tuple[str, ...] = ()
    ragu: tuple[str, ...] = ()
    paling_banyak: int | None = None
    paling_sedikit: int | None = None


@dataclass(frozen=True)
class Condition:
    """`langkah_belum > 0` or `belanja-30 = tidak`: a measure against a number, or a rule with an outcome."""

    ukuran: str
    banding: str
    batas: int | str

    def holds(self, value: int | str) -> bool:
        """Whether the measure's number, or the rule's outcome, is as the condition says."""
        if isinstance(value, str) or isinstance(self.batas, str):
            return value == self.batas
        match self.banding:
            case "<":
                return value < self.batas
            case "<=":
                return value <= self.batas
            case ">":
                return value > self.batas
            case ">=":
                return value >= self.batas
            case _:
                return value == self.batas


@dataclass(frozen=True)
class VerdictRule:
    """What is proposed where a condition holds, and why."""

    bila: Condition
    putusan: str
    alasan: str


@dataclass(frozen=True)
class Aspect:
    """One line of the verdict: `sesuai` unless one of its rules says otherwise."""

    kode: str
    judul: str
    sesuai: str
    acuan: str
    putusan: tuple[VerdictRule, ...]


@dataclass(frozen=True)
class BudgetRules:
    """Everything that `aturan.toml` says; `centang` are groups of lines that only a person can tick."""

    aturan: tuple[Rule, ...]
    centang: tuple[tuple[str, tuple[str, ...]], ...]
    aspek: tuple[Aspect, ...]
    diperiksa: str


def load_budget_rules(file: Path | None = None) -> BudgetRules:
    """The program's rules, or those of an office.

    Raises:
        ConfigError: the file is wrong; the message names file and key.
    """
    path = file or FILE
    data = read_toml(path)
    check_keys(data, _TOP, path, "")
    sources: dict[str, str] = {}
    for table in _tables(data, "acuan", path):
        _needs(table, ("kode", "judul"), {"kode": str, "judul": str}, path, "acuan")
        sources[table["kode"]] = table["judul"]
    rules = tuple(_rule(table, sources, path) for table in _tables(data, "aturan", path))
    names = [rule.nama for rule in rules]
    if twice := sorted({name for name in names if names.count(name) > 1 or name in MEASURES}):
        raise ConfigError(f"{path}: aturan {twice[0]} tertulis dua kali atau bernama seperti ukuran", "Ganti namanya.")
    aspects = tuple(_aspect(table, sources, names, path) for table in _tables(data, "aspek", path))
    return BudgetRules(rules, _ticks(data, path), aspects, str(data.get("diperiksa", "")))


def _rule(table: Mapping[str, Any], sources: Mapping[str, str], path: Path) -> Rule:
    _needs(table, ("nama", "judul", "jenis", "dihitung", "acuan"), _RULE, path, "aturan")
    where = f"{path}: aturan {table['nama']}"
    if table["jenis"] not in KINDS:
        raise ConfigError(f'{where}: jenis "{table["jenis"]}" tidak dikenal', advice(table["jenis"], KINDS))
    for key in ("kegiatan", "kecuali", "ragu"):
        for code in table.get(key, ()):
            if not isinstance(code, str) or not _ACTIVITY.fullmatch(code):
                raise ConfigError(f"{where}: {key} memuat {code!r}", "Tulis seperti 2, 1.1, atau 1.1.05.")
    if table["jenis"] == "bagian" and not table.get("kegiatan"):
        raise ConfigError(f"{where}: kegiatan kosong", "Sebut kegiatan yang dihitung.")
    if "sumber" in table and not _SOURCE.fullmatch(table["sumber"]):
        raise ConfigError(f"{where}: sumber {table['sumber']!r} tidak dikenal", "Tulis seperti DDS atau ADD.")
    for key in ("paling_banyak", "paling_sedikit"):
        if not 0 <= table.get(key, 0) <= 100:
            raise ConfigError(f"{where}: {key} di luar 0–100", "Tulis persen sebagai bilangan bulat.")
    return Rule(
        nama=table["nama"],
        judul=table["judul"],
        jenis="imbang" if table["jenis"] == "imbang" else "bagian",
        dihitung=table["dihitung"],
        acuan=_source(table["acuan"], sources, where),
        sumber=table.get("sumber", ""),
        kegiatan=tuple(table.get("kegiatan", ())),
        kecuali=tuple(table.get("kecuali", ())),
        ragu=tuple(table.get("ragu", ())),
        paling_banyak=table.get("paling_banyak"),
        paling_sedikit=table.get("paling_sedikit"),
    )


def _ticks(data: Mapping[str, Any], path: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    groups = []
    for table in _tables(data, "centang", path):
        _needs(table, ("kelompok", "butir"), {"kelompok": str, "butir": list}, path, "centang")
        if not table["butir"] or not all(isinstance(one, str) and one.strip() for one in table["butir"]):
            raise ConfigError(f"{path}: centang {table['kelompok']}: butir kosong", 'Tulis ["…", "…"].')
        groups.append((table["kelompok"], tuple(table["butir"])))
    return tuple(groups)


def _aspect(table: Mapping[str, Any], sources: Mapping[str, str], rules: Sequence[str], path: Path) -> Aspect:
    _needs(table, ("kode", "judul", "sesuai", "acuan"), _ASPECT, path, "aspek")
    where = f"{path}: aspek {table['kode']}"
    _check_reason(table["sesuai"], (*MEASURES, *LISTS), where)
    return Aspect(
        table["kode"],
        table["judul"],
        table["sesuai"],
        _source(table["acuan"], sources, where),
        tuple(_verdict(one, rules, where, path) for one in table.get("putusan", ())),
    )


def _verdict(table: Any, rules: Sequence[str], where: str, path: Path) -> VerdictRule:
    _needs(table, tuple(_VERDICT), _VERDICT, path, "aspek.putusan")
    if table["putusan"] not in VERDICTS[1:]:
        raise ConfigError(
            f'{where}: putusan "{table["putusan"]}" tidak dikenal', advice(table["putusan"], VERDICTS[1:])
        )
    unclear = f'{where}: bila "{table["bila"]}" tidak dipahami'
    found = _WHEN.fullmatch(table["bila"])
    if not found:
        raise ConfigError(unclear, "Tulis seperti langkah_belum > 0.")
    known: tuple[str, ...] = (*MEASURES, *LISTS)
    name, sign, limit = found.groups()
    if name in rules:
        if sign != "=" or limit not in OUTCOMES:
            raise ConfigError(
                f'{where}: bila "{table["bila"]}" tidak dipahami', f"Hasil aturan: {', '.join(OUTCOMES)}."
            )
        condition, known = Condition(name, sign, limit), (*MEASURES, *LISTS, "angka")
    elif name in MEASURES and limit.isascii() and limit.isdigit():
        condition = Condition(name, sign, int(limit))
    else:
        raise ConfigError(unclear, advice(name, (*MEASURES, *rules)))
    _check_reason(table["alasan"], known, where)
    return VerdictRule(condition, table["putusan"], table["alasan"])


def _check_reason(text: str, known: Sequence[str], where: str) -> None:
    try:
        names = [name for _, name, *_ in Formatter().parse(text) if name is not None]
    except ValueError:
        raise ConfigError(f"{where}: kurung kurawal tidak berpasangan", "Periksa { dan }.") from None
    if strangers := [name for name in names if name not in known]:
        raise ConfigError(f"{where}: {{{strangers[0]}}} tidak dikenal", advice(strangers[0], known))


def _source(code: str, sources: Mapping[str, str], where: str) -> str:
    if code not in sources:
        raise ConfigError(f'{where}: acuan "{code}" tidak dikenal', advice(code, tuple(sources)))
    return sources[code]


def _tables(data: Mapping[str, Any], key: str, path: Path) -> list[Mapping[str, Any]]:
    tables = data.get(key, [])
    if not tables or not all(isinstance(table, dict) for table in tables):
        raise ConfigError(f"{path}: {key} kosong atau bukan tabel", f"Awali dengan [[{key}]].")
    return list(tables)


def _needs(
    table: Any, needed: Sequence[str], known: Mapping[str, type | tuple[type, ...]], path: Path, name: str
) -> None:
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: {name} bukan tabel", f"Awali dengan [[{name}]].")
    check_keys(table, known, path, f"{name}.")
    if missing := [key for key in needed if key not in table]:
        raise ConfigError(f"{path}: {name}.{missing[0]} tidak ada", f"Yang perlu: {', '.join(needed)}.")
