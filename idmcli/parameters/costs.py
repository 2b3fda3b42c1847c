"""What a step costs: the rubric's effort, the number of interventions, or an office's own rupiah."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from idmcli.errors import ConfigError
from idmcli.parameters.source import Line, advice, amount, no_double, read_csv, read_toml
from idmcli.rubric.model import Indicator, Rubric

Unit = Literal["beban", "rupiah", "intervensi"]

INTERVENTION: Final = 1_000_000
"""More than the most effort of 166 indicators: fewer interventions always cost less."""

STEP_COLUMNS: Final = ("kode", "dari", "ke", "biaya")
POINT_COLUMNS: Final = ("kode", "biaya_per_poin", "biaya_tetap")
POINT_KEYS: Final = ("per_poin", "tetap")

_STEP_KEY: Final = re.compile(r"(\d)\s*(?:-|–|→)\s*(\d)", re.ASCII)

Step = tuple[str, int, int]
"""Indicator, from score, to score."""


@dataclass(frozen=True)
class Costs:
    """The cost of every step that may be taken.

    Attributes:
        satuan: `beban` (effort of the rubric), `rupiah`, or `intervensi` (1,000,000 per indicator touched + effort).
        langkah: (kode, from score, to score) → whole cost ≥ 0; a step that is absent cannot be taken.
        sumber: where the costs come from: `rubrik idm-2016` or a file's name.
    """

    satuan: Unit
    langkah: Mapping[Step, int]
    sumber: str

    @property
    def arti(self) -> str:
        """What the numbers are, for those who read them without the program."""
        return f"beban, ditambah {INTERVENTION} per langkah" if self.satuan == "intervensi" else self.satuan

    def cost(self, kode: str, dari: int, ke: int) -> int | None:
        """The cost of raising one indicator from an allowed score to a higher one; None: cannot be taken."""
        return self.langkah.get((kode, dari, ke))


def effort_costs(rubric: Rubric) -> Costs:
    """The rubric's effort: `beban` per point and `mulai` once; indicators that no plan can move have no step."""
    return Costs("beban", _effort(rubric), f"rubrik {rubric.edisi}")


def intervention_costs(rubric: Rubric) -> Costs:
    """Fewest interventions first, then least effort."""
    steps = {step: INTERVENTION + effort for step, effort in _effort(rubric).items()}
    return Costs("intervensi", steps, f"rubrik {rubric.edisi}")


def possible_steps(rubric: Rubric) -> tuple[Step, ...]:
    """Every (kode, from, to) between allowed scores of indicators that can be moved, in official order."""
    return tuple(
        (indicator.kode, dari, ke)
        for indicator in rubric.indikator
        if indicator.dapat_digerakkan
        for dari in indicator.allowed
        for ke in indicator.allowed
        if dari < ke
    )


def load_costs(file: str | Path, rubric: Rubric) -> Costs:
    """An office's rupiah per step; what the file does not price cannot be taken.

    CSV has the columns kode, dari, ke, biaya (one line per step) or kode, biaya_per_poin, biaya_tetap (one line per
    indicator). TOML has a table per indicator: `"0-5" = 150_000_000` for a step, `per_poin` and `tetap` for the others.

    Args:
        file: the path, `.toml` or CSV; messages name it as it is given.
        rubric: the edition whose indicators and allowed scores are priced.

    Raises:
        ConfigError: the file is wrong; the message names line and column, or table and key.
    """
    path = Path(file)
    steps = _from_toml(path, rubric) if path.suffix.lower() == ".toml" else _from_csv(file, rubric)
    return Costs("rupiah", steps, path.name)


def _from_csv(file: str | Path, rubric: Rubric) -> dict[Step, int]:
    lines = read_csv(file, tuple(dict.fromkeys((*STEP_COLUMNS, *POINT_COLUMNS))), ("kode",))
    by_step = any("biaya" in line.values for line in lines)
    if by_step is any("biaya_per_poin" in line.values for line in lines):
        raise ConfigError(
            f"{file}: judul kolomnya harus {', '.join(STEP_COLUMNS)} atau {', '.join(POINT_COLUMNS)}",
            "Pilih salah satu: biaya per langkah, atau biaya per poin.",
        )
    steps: dict[Step, int] = {}
    first: dict[object, Line] = {}
    for line in lines:
        indicator = _indicator(line, rubric)
        if not by_step:
            if (earlier := first.setdefault(indicator.kode, line)) is not line:
                no_double(earlier, line, "kode", indicator.kode)
            steps |= _per_point(indicator, _price(line, "biaya_per_poin"), line.amount("biaya_tetap") or 0)
            continue
        step = (indicator.kode, *_scores(line, indicator))
        if (earlier := first.setdefault(step, line)) is not line:
            no_double(earlier, line, "kode", f"{step[0]} {step[1]} ke {step[2]}")
        steps[step] = _price(line, "biaya")
    return _ordered(steps, rubric)


def _indicator(line: Line, rubric: Rubric) -> Indicator:
    code = line.filled("kode", "Isi kode indikator, misalnya IKS05.").upper()
    if fault := _no_indicator(code, rubric):
        raise line.fail("kode", *fault)
    return rubric.by_code[code]


def _no_indicator(code: str, rubric: Rubric) -> tuple[str, str] | None:
    if code not in rubric.by_code:
        return f'"{code}" tidak ada dalam edisi {rubric.edisi}', advice(code, rubric.codes)
    if not rubric.by_code[code].dapat_digerakkan:
        return f"{code} tidak dapat dinaikkan rencana apa pun", "Hapus biayanya."
    return None


def _scores(line: Line, indicator: Indicator) -> tuple[int, int]:
    found = []
    for key in ("dari", "ke"):
        score = line.amount(key)
        if score not in indicator.allowed:
            raise line.fail(
                key,
                f'"{line.text(key)}" bukan skor {indicator.kode}',
                f"Skor yang mungkin: {', '.join(map(str, indicator.allowed))}.",
            )
        found.append(score)
    if found[0] >= found[1]:
        raise line.fail("ke", f"{found[1]} tidak lebih tinggi dari {found[0]}", "Tukar atau perbaiki dari dan ke.")
    return found[0], found[1]


def _price(line: Line, key: str) -> int:
    if (price := line.amount(key)) is None:
        raise line.fail(key, "kosong", "Isi biayanya, atau hapus baris ini bila langkahnya tidak dapat diambil.")
    return price


def _per_point(indicator: Indicator, price: int, fixed: int) -> dict[Step, int]:
    allowed = indicator.allowed
    return {(indicator.kode, a, b): fixed + price * (b - a) for a in allowed for b in allowed if a < b}


def _from_toml(path: Path, rubric: Rubric) -> dict[Step, int]:
    steps: dict[Step, int] = {}
    for name, table in read_toml(path).items():
        code = name.upper()
        where = f"{path} [{name}]"
        if fault := _no_indicator(code, rubric):
            raise ConfigError(f"{path}: tabel [{name}] {fault[0]}", fault[1])
        if not isinstance(table, dict):
            raise ConfigError(f"{path}: {name} bukan tabel", f'Tulis [{code}], di bawahnya "0-5" = 150_000_000.')
        prices = {key: _toml_price(value, f"{where} {key}") for key, value in table.items()}
        if "per_poin" in prices:
            steps |= _per_point(rubric.by_code[code], prices["per_poin"], prices.get("tetap", 0))
        elif "tetap" in prices:
            raise ConfigError(f"{where}: tetap tanpa per_poin", "Tambahkan per_poin, atau beri harga tiap langkah.")
        for key, price in prices.items():
            if key not in POINT_KEYS:
                steps[(code, *_step_key(key, rubric.by_code[code], where))] = price
    if not steps:
        raise ConfigError(f"{path} tidak berisi biaya", "Tulis tabel [IKS02], di bawahnya per_poin = 30_000_000.")
    return _ordered(steps, rubric)


def _step_key(key: str, indicator: Indicator, where: str) -> tuple[int, int]:
    found = _STEP_KEY.fullmatch(key.strip())
    scores = (int(found[1]), int(found[2])) if found else None
    if scores is None or not set(scores) <= set(indicator.allowed) or scores[0] >= scores[1]:
        raise ConfigError(
            f'{where}: kunci "{key}" bukan langkah {indicator.kode}',
            f'Tulis "dari-ke" dengan skor {", ".join(map(str, indicator.allowed))}, atau per_poin dan tetap.',
        )
    return scores


def _toml_price(value: object, where: str) -> int:
    price = amount(str(value)) if isinstance(value, (int, str)) and not isinstance(value, bool) else None
    if price is None:
        raise ConfigError(f"{where}: {value!r} bukan rupiah yang utuh", "Tulis bilangan bulat, misalnya 150_000_000.")
    return price


def _ordered(steps: Mapping[Step, int], rubric: Rubric) -> dict[Step, int]:
    """The steps in official order, whatever the order of the file."""
    return {step: steps[step] for step in possible_steps(rubric) if step in steps}


def _effort(rubric: Rubric) -> dict[Step, int]:
    rules = rubric.by_code
    return {
        (kode, dari, ke): rules[kode].rencana.mulai + rules[kode].rencana.beban * (ke - dari)
        for kode, dari, ke in possible_steps(rubric)
    }
