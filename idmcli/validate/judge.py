"""One suspicious row after the other: which cause explains what it states. The order of causes stands in `stated`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from idmcli.columns import IDM_K, STATED_STATUS, TAHUN
from idmcli.rubric.model import Dimension, Rubric
from idmcli.validate.catalog import Copy
from idmcli.validate.subject import BEFORE
from idmcli.words import decimal, listed

Row = Mapping[str, Any]
"""A village-year by column name: stated and computed figures, tolerances (`iks_tol`, …), scores, last year's scores."""


@dataclass(frozen=True)
class Draft:
    """A finding before it has a place: rule, column, words."""

    aturan: str
    kolom: str
    pesan: str


@dataclass(frozen=True)
class Judge:
    """What is the same for all rows.

    Attributes:
        rubric: the edition in force.
        copies: per year the copied columns that the data show, each with the evidence in words.
        most: how many indicators to name at most for one kind of change.
    """

    rubric: Rubric
    copies: Mapping[int | None, list[tuple[Copy, str]]]
    most: int

    def judge(self, row: Row) -> Iterator[Draft]:
        """Every finding of one row, roots only."""
        causes = [cause for dimension in self.rubric.dimensi if (cause := self.sub_index(row, dimension))]
        idm = self.idm(row, not causes)
        causes += [idm] if idm else []
        yield from causes
        status = self.status(row, bool(causes))
        if status:
            yield status

    def sub_index(self, row: Row, dimension: Dimension) -> Draft | None:
        """Causes 1 to 3: the root of what is wrong with one stated sub-index."""
        stated, computed = row[f"{dimension.kolom}_terbit"], row[dimension.kolom]
        if stated is None:
            return None
        points = self.points(row, dimension)
        if points is None:
            return self.off_grid(dimension, stated, computed)
        if computed is None or abs(stated - computed) <= row[f"{dimension.kolom}_tol"]:
            return None
        difference = points - round(computed * dimension.maksimum)
        return self.copied(row, dimension, difference) or self.mismatch(row, dimension, difference)

    def points(self, row: Row, dimension: Dimension) -> int | None:
        """The points that a stated sub-index means; None where it is not stated or no scores can give it."""
        stated = row[f"{dimension.kolom}_terbit"]
        if stated is None:
            return None
        least, most = reach(dimension, self.rubric)
        points = min(max(round(stated * dimension.maksimum), least), most)
        return points if abs(stated - points / dimension.maksimum) <= row[f"{dimension.kolom}_tol"] else None

    def off_grid(self, dimension: Dimension, stated: float, computed: float | None) -> Draft:
        """Cause 1: no sum of allowed scores gives the stated sub-index."""
        least, most = reach(dimension, self.rubric)
        below = int(stated * dimension.maksimum)
        if least <= below < most:
            near = " dan ".join(decimal(points / dimension.maksimum) for points in (below, below + 1))
            why = f"bukan kelipatan 1/{dimension.maksimum} (yang terdekat {near})"
        else:
            lowest, highest = decimal(least / dimension.maksimum), decimal(most / dimension.maksimum)
            why = f"mustahil: paling kecil {lowest}, paling besar {highest}"
        scores = f"; menurut skornya {decimal(computed)}" if computed is not None else ""
        pesan = f"{dimension.kode} tertulis {decimal(stated)}, {why}{scores}; yang dicurigai sel ini"
        return Draft("indeks_luar_grid", f"{dimension.kolom}_terbit", pesan)

    def copied(self, row: Row, dimension: Dimension, difference: int) -> Draft | None:
        """Cause 2: the copied score, and the one it must be by the stated total."""
        for copy, evidence in self.copies.get(row[TAHUN], ()):
            equal = row[copy.salinan] is not None and row[copy.asal] == row[copy.salinan]
            if copy.salinan not in dimension.indikator or not equal:
                continue
            true = row[copy.salinan] + difference
            if true not in self.rubric.by_code[copy.salinan].allowed:
                continue
            pesan = (
                f"{copy.salinan} dicurigai salinan {copy.asal}: keduanya sama di {evidence}. {dimension.kode} tertulis "
                f"{decimal(row[f'{dimension.kolom}_terbit'])}, selisih {points_of(difference)} dari jumlah skor, jadi "
                f"{copy.salinan} seharusnya {true}, bukan {row[copy.salinan]}"
            )
            return Draft(copy.aturan, copy.salinan, pesan + self.outcome(row, difference * self.rubric.unit(dimension)))
        return None

    def outcome(self, row: Row, units: int) -> str:
        """The IDM and status that follow from a corrected score, beside those of the scores as they stand."""
        if row[IDM_K] is None:
            return ""
        k = row[IDM_K] + units
        then, now = self.rubric.status_at(k).nama, self.rubric.status_at(row[IDM_K]).nama
        change = f"{then}, bukan {now} seperti menurut skor yang tertulis" if then != now else f"tetap {then}"
        return f". Dengan itu IDM {decimal(k / self.rubric.scale)} dan status {change}"

    def mismatch(self, row: Row, dimension: Dimension, difference: int) -> Draft:
        """Cause 3: stated and computed differ by whole points; who is the suspect depends on the stated IDM."""
        total = round(row[dimension.kolom] * dimension.maksimum)
        head = (
            f"{dimension.kode} tertulis {decimal(row[f'{dimension.kolom}_terbit'])}, menurut "
            f"{len(dimension.indikator)} skor {decimal(row[dimension.kolom])} "
            f"({total} dari {dimension.maksimum} poin): selisih {points_of(difference)}. "
        )
        candidates = self.candidates(row, dimension, difference)
        if agrees(row, self.stated_mean(row)):
            suspect = f"IKS, IKE, IKL dan IDM yang tertulis saling cocok, jadi yang dicurigai satu skor; {candidates}"
        elif agrees(row, row["idm"]):
            suspect = f"IDM yang tertulis cocok dengan skor, jadi yang dicurigai sel {dimension.kode} ini"
        else:
            suspect = f"Yang dicurigai sel ini atau satu skor; {candidates}"
        return Draft(f"{dimension.kolom}_tidak_cocok", f"{dimension.kolom}_terbit", head + suspect)

    def candidates(self, row: Row, dimension: Dimension, difference: int) -> str:
        """Every change of one score, to another allowed one, that would explain a difference in points."""
        changes: dict[str, list[str]] = {}
        likely: list[str] = []
        for code in dimension.indikator:
            score = row.get(code)
            if score is None or score + difference not in self.rubric.by_code[code].allowed:
                continue
            changes.setdefault(f"{score} menjadi {score + difference}", []).append(code)
            if row.get(code + BEFORE) == score + difference:
                likely.append(code)
        if not changes:
            return "tidak ada perubahan satu skor yang menjelaskan selisih itu"
        told = "; ".join(f"dari {change}: {listed(codes, self.most)}" for change, codes in sorted(changes.items()))
        first = f" (tahun lalu demikian: {listed(likely, self.most)})" if likely else ""
        return f"selisih itu terjelaskan bila satu dari ini berubah, {told}{first}"

    def idm(self, row: Row, sound: bool) -> Draft | None:
        """Cause 4: the IDM follows neither from the stated sub-indices nor from the scores.

        `sound`: nothing is wrong with the stated sub-indices.
        """
        stated, computed, mean = row["idm_terbit"], row["idm"], self.stated_mean(row)
        on_grid = all(self.points(row, dimension) is not None for dimension in self.rubric.dimensi)
        expected = mean if on_grid else computed  # a mean of impossible sub-indices accuses nobody
        if stated is None or expected is None or agrees(row, mean) or agrees(row, computed):
            return None
        head = f"IDM tertulis {decimal(stated)}"
        if not 0 <= stated <= 1:
            pesan = f"{head}, di luar rentang 0 sampai 1; seharusnya {decimal(expected)}"
        elif not on_grid:
            pesan = f"{head}, menurut skor {decimal(expected)}{self.in_points(stated - expected)}"
        elif sound:
            pesan = f"{head}, tetapi rata-rata IKS, IKE dan IKL {decimal(mean)}; yang dicurigai sel IDM ini"
        else:
            scores = f"; menurut skor {decimal(computed)}" if computed is not None else ""
            pesan = f"{head}, tetapi rata-rata IKS, IKE dan IKL yang tertulis {decimal(mean)}{scores}"
        return Draft("idm_tidak_cocok", "idm_terbit", pesan)

    def in_points(self, difference: float) -> str:
        """A difference of IDM as the change of one score that would explain it, where there is one."""
        units = round(difference * self.rubric.scale)
        steps = [
            f"{points_of(units // unit)} {dimension.kode}"
            for dimension in self.rubric.dimensi
            if units and units % (unit := self.rubric.unit(dimension)) == 0 and abs(units) <= 5 * unit
        ]
        return f", sebesar {' atau '.join(steps)}" if steps else "; yang dicurigai sel IDM ini"

    def status(self, row: Row, explained: bool) -> Draft | None:
        """Cause 5: the status follows neither from the computed IDM nor, with a cause above, from what is stated."""
        stated, k = row[STATED_STATUS], row[IDM_K]
        ranks = {status.nama: status.k_min for status in self.rubric.status}
        if stated not in ranks:
            return None
        expected = {self.rubric.status_at(k).nama} if k is not None else set()
        if stated in expected:
            return None
        if explained or k is None:
            expected |= self.of_stated(row)
        if not expected or stated in expected:
            return None
        names = sorted(expected, key=ranks.__getitem__)
        value = k / self.rubric.scale if k is not None else row["idm_terbit"]
        thresholds = f" {self.band(names[0])}" if len(names) == 1 else ""
        pesan = f"Status tertulis {stated}, seharusnya {' atau '.join(names)}: IDM {decimal(value)}{thresholds}"
        return Draft("status_tidak_cocok", STATED_STATUS, pesan)

    def of_stated(self, row: Row) -> set[str]:
        """The statuses that stated sub-indices and stated IDM allow, the IDM within its decimals."""
        found: set[str] = set()
        points = [self.points(row, dimension) for dimension in self.rubric.dimensi]
        if None not in points:
            units = [self.rubric.unit(dimension) for dimension in self.rubric.dimensi]
            found.add(self.rubric.status_at(sum((n or 0) * unit for n, unit in zip(points, units, strict=True))).nama)
        stated, tolerance = row["idm_terbit"], row["idm_tol"]
        if stated is not None and 0 <= stated <= 1:
            around = (max(0.0, stated - tolerance), stated + tolerance)
            found |= {self.rubric.status_at(int(value * self.rubric.scale)).nama for value in around}
        return found

    def band(self, name: str) -> str:
        """The thresholds around a status: `(di atas 0,5989, paling banyak 0,7072)`."""
        status = next(one for one in self.rubric.status if one.nama == name)
        above = [one for one in self.rubric.status if one.k_min > status.k_min]
        top = min(above, key=lambda one: one.k_min).ambang if above else None
        bounds = [("di atas", status.ambang), ("paling banyak", top)]
        told = [f"{words} {value}".replace(".", ",") for words, value in bounds if value is not None]
        return f"({', '.join(told)})"

    def stated_mean(self, row: Row) -> float | None:
        """The mean of the stated sub-indices; None unless all are stated."""
        values = [row[f"{dimension.kolom}_terbit"] for dimension in self.rubric.dimensi]
        return None if None in values else sum(values) / len(values)


def reach(dimension: Dimension, rubric: Rubric) -> tuple[int, int]:
    """The least and the most points that allowed scores give in a dimension."""
    allowed = [rubric.by_code[code].allowed for code in dimension.indikator]
    return sum(scores[0] for scores in allowed), sum(scores[-1] for scores in allowed)


def agrees(row: Row, value: float | None) -> bool:
    """Whether the stated IDM is this value within its decimals."""
    return value is not None and row["idm_terbit"] is not None and abs(row["idm_terbit"] - value) <= row["idm_tol"]


def points_of(difference: int) -> str:
    """`+4 poin`, `−4 poin`."""
    return f"{difference:+d} poin".replace("-", "−")
