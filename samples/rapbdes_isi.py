"""What an invented RAPBDes holds: activities, their ties to indicators, and amounts that add up."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulasi import Draw, Scores, Village

from idmcli.parameters.activities import load_activities

STEP = 50_000
MILLION = 1_000_000
L, P = "langsung", "pendukung"

TIES: Mapping[str, Mapping[str, str]] = {
    "2.1.01": {"IKS11": L}, "2.1.05": {"IKS11": P}, "2.1.09": {"IKS12": L, "IKS13": P}, "2.1.08": {"IKS14": L},
    "2.1.04": {"IKS14": P}, "2.2.01": {"IKS06": L}, "2.2.02": {"IKS07": L}, "2.2.03": {"IKS04": P, "IKS05": P},
    "2.3.15": {"IKS17": L}, "2.3.06": {"IKS17": P}, "2.4.11": {"IKS34": L, "IKS35": L},
    "2.4.03": {"IKS34": P, "IKS35": P}, "2.4.14": {"IKS32": L}, "2.4.06": {"IKS32": P}, "2.4.15": {"IKS33": L},
    "2.4.07": {"IKS33": P}, "2.4.16": {"IKL01": L}, "2.5.03": {"IKL01": P},
    "2.6.03": {"IKS29": P, "IKS30": L, "IKS31": L}, "2.7.02": {"IKS28": L}, "2.8.02": {"IKE05": L},
    "2.8.01": {"IKE05": P}, "3.1.01": {"IKS23": L, "IKS24": L, "IKS25": P}, "3.1.05": {"IKL02": P, "IKL03": L},
    "3.2.01": {"IKS15": P, "IKS16": P}, "3.3.03": {"IKS18": P, "IKS19": L}, "3.3.06": {"IKS18": L, "IKS19": L},
    "4.4.03": {"IKS26": L, "IKS27": L}, "4.5.02": {"IKE01": L, "IKE08": P}, "4.6.01": {"IKE09": L},
    "4.6.02": {"IKE09": P}, "4.7.02": {"IKE03": L, "IKE04": L}, "4.7.01": {"IKE03": P, "IKE04": P},
}  # fmt: skip
"""Activities that villages of the sample choose from, with the indicators that they are meant to reach."""

OTHERS_CARRY = frozenset({"IKS02", "IKS03", "IKS08", "IKS09", "IKS10", "IKS20", "IKS21", "IKS22", "IKE07", "IKE10"})
"""Indicators that no village budget raises by itself."""

BASE = (
    ("1.3.02", 15, "Dokumen", 1), ("1.4.01", 12, "Kali", 4), ("1.4.03", 10, "Dokumen", 2),
    ("1.4.04", 18, "Dokumen", 3), ("3.4.02", 14, "Lembaga", 1), ("3.4.03", 22, "Paket", 1),
    ("4.2.01", 60, "Kelompok", 3), ("4.3.01", 16, "Orang", 1), ("5.3.01", 45, "KPM", 12),
)  # fmt: skip
"""Activities of every village that reach no indicator: code, millions of rupiah, unit, volume."""

NAMES = {"4.5.02": "Pengembangan Sarana Prasarana Usaha Mikro dan Kecil"}
"""Shorter names, as villages use them."""

FIELDS = {"1": "PENYELENGGARAAN PEMERINTAHAN DESA", "2": "PELAKSANAAN PEMBANGUNAN DESA",
          "3": "PEMBINAAN KEMASYARAKATAN DESA", "4": "PEMBERDAYAAN MASYARAKAT DESA",
          "5": "PENANGGULANGAN BENCANA, DARURAT DAN MENDESAK DESA"}  # fmt: skip


def rupiah(amount: int) -> str:
    """`889478000` → `889.478.000`."""
    return f"{amount:,}".replace(",", ".")


@dataclass
class Activity:
    """One activity of a budget; amounts in rupiah."""

    kode: str
    uraian: str
    volume: int
    satuan: str
    sumber: str
    amount: int

    def accounts(self) -> list[tuple[str, str, int]]:
        """Account, name, amount: wages for those who are paid, else goods and fees or a building."""
        if self.kode in ("1.1.01", "1.1.02", "1.1.05"):
            number = {"1.1.01": "5.1.1", "1.1.02": "5.1.2", "1.1.05": "5.1.4"}[self.kode]
            return [(number, "Penghasilan dan Tunjangan", self.amount)]
        part = self.amount * 7 // 10 // STEP * STEP
        if self.kode in ("2.3.15", "2.4.11", "2.4.14", "2.4.15", "2.4.16", "2.7.02", "2.8.02", "3.1.05", "4.7.02"):
            return [
                ("5.2.2", "Belanja Jasa Honorarium", self.amount - part),
                ("5.3.4", "Belanja Modal Gedung, Bangunan dan Taman", part),
            ]
        return [
            ("5.2.1", "Belanja Barang Perlengkapan", part),
            ("5.2.2", "Belanja Jasa Honorarium", self.amount - part),
        ]


@dataclass
class Line:
    """One line of a printed table: a part (`bagian`), an activity, an account or a detail."""

    kind: str
    section: str
    code: str
    account: str
    uraian: str
    amount: int | None
    volume: int | None = None
    satuan: str | None = None
    sumber: str | None = None
    typed: str | None = None


@dataclass
class Budget:
    """A village's budget. `lines` are made once, so that a planted fault stays."""

    village: Village
    scores: Scores
    income: list[tuple[str, str, int, str]]
    activities: list[Activity]
    carried: int
    invested: int
    heads: dict[int, Line] = field(default_factory=dict)
    worded_in: Activity | None = None
    worded: Line = field(default_factory=lambda: Line("rincian", "belanja", "", "", "Cetak dan jilid", None))

    def find(self, kode: str) -> Activity:
        """The first activity of a code."""
        return next(one for one in self.activities if one.kode == kode)

    def add(self, activity: Activity) -> Activity:
        """A further activity, paid for by the one that balances its source."""
        balance = self.find("2.4.01" if activity.sumber == "DDS" else "1.1.04")
        balance.amount -= activity.amount
        places = [at for at, one in enumerate(self.activities) if one.kode <= activity.kode]
        self.activities.insert(places[-1] + 1, activity)
        return activity

    def line(self, activity: Activity) -> Line:
        """The line of an activity."""
        return self.heads.setdefault(
            id(activity),
            Line(
                "kegiatan",
                "belanja",
                activity.kode,
                "",
                activity.uraian,
                activity.amount,
                activity.volume,
                activity.satuan,
                activity.sumber,
            ),
        )

    def lines(self, *, details: bool) -> list[Line]:
        """The whole table from top to bottom."""
        total = sum(amount for _, _, amount, _ in self.income)
        found = [Line("bagian", "pendapatan", "", "4", "PENDAPATAN", total)]
        for account, name, amount, sumber in self.income:
            found.append(Line("akun", "pendapatan", "", account, name, amount, sumber=sumber))
        return [*found, *self._spending(details=details), *self._financing()]

    def _spending(self, *, details: bool) -> list[Line]:
        total = sum(activity.amount for activity in self.activities)
        found = [Line("bagian", "belanja", "", "", "BELANJA", total)]
        reference = load_activities()
        before = ["", ""]
        for activity in self.activities:
            for place, code in enumerate((activity.kode[0], activity.kode[:3])):
                if before[place] != code:
                    amount = sum(one.amount for one in self.activities if one.kode.startswith(code))
                    name = FIELDS.get(code) or reference.fields.get(code, "Lain-lain")
                    found.append(Line("bagian", "belanja", code, "", name, amount))
                    before[place] = code
            found.append(self.line(activity))
            for account, name, amount in activity.accounts():
                found.append(Line("akun", "belanja", activity.kode, account, name, amount))
                if details and activity is self.worded_in and self.worded not in found:
                    found.append(self.worded)
                elif details and amount > 20 * MILLION:
                    first = amount // 3 // STEP * STEP
                    found.append(Line("rincian", "belanja", activity.kode, "", "Bahan dan upah", first))
                    found.append(Line("rincian", "belanja", activity.kode, "", "Kegiatan lanjutan", amount - first))
        return found

    def _financing(self) -> list[Line]:
        found = [
            Line("bagian", "penerimaan_pembiayaan", "", "6.1", "PENERIMAAN PEMBIAYAAN", self.carried),
            Line("akun", "penerimaan_pembiayaan", "", "6.1.1", "SiLPA Tahun Sebelumnya", self.carried),
        ]
        if self.invested:
            found += [
                Line("bagian", "pengeluaran_pembiayaan", "", "6.2", "PENGELUARAN PEMBIAYAAN", self.invested),
                Line("akun", "pengeluaran_pembiayaan", "", "6.2.2", "Penyertaan Modal Desa", self.invested),
            ]
        return found


def draw_budget(village: Village, scores: Scores, draw: Draw, *, broken: bool, deficit: bool) -> Budget:
    """An invented budget: some weak indicators reached, some supported, some forgotten; everything adds up.

    Args:
        village: whose it is.
        scores: its scores of the sample.
        draw: the stream of draws.
        broken: whether allowances take more than 30 % of the spending.
        deficit: whether 40 million of the spending are financed by nothing.
    """
    dds, add = draw.integer(14000, 19000) * STEP, draw.integer(12000, 17000) * STEP
    own, shared = draw.integer(100, 500) * STEP, draw.integer(400, 1100) * STEP
    carried, invested = draw.integer(200, 900) * STEP, draw.integer(400, 800) * STEP if draw.chance(0.4) else 0
    income = [
        ("4.1.1", "Hasil Usaha Desa", own, "PAD"),
        ("4.2.1", "Dana Desa", dds, "DDS"),
        ("4.2.2", "Bagian dari Hasil Pajak dan Retribusi", shared, "PBH"),
        ("4.2.3", "Alokasi Dana Desa", add, "ADD"),
    ]
    spending = own + dds + shared + add + carried - invested
    activities = _fixed(spending, broken=broken)
    names = load_activities().by_code
    for kode, millions, unit, volume in BASE:
        sumber = "ADD" if kode[0] in "13" else "DDS"
        amount = (millions * 20 + draw.integer(-20, 60)) * STEP
        activities.append(Activity(kode, names[kode].nama, volume, unit, sumber, amount))
    for kode in _chosen(scores, draw):
        amount = draw.integer(160, 900) * STEP
        activities.append(Activity(kode, NAMES.get(kode, names[kode].nama), 1, "Paket", "DDS", amount))
    activities.append(Activity("2.4.01", names["2.4.01"].nama, 3, "Unit", "DDS", 0))
    activities.append(Activity("1.1.04", names["1.1.04"].nama, 12, "Bulan", "ADD", 0))
    activities.sort(key=lambda one: one.kode)
    budget = Budget(village, scores, income, activities, carried, invested)
    _balance(budget, spending, dds, deficit=deficit)
    return budget


def _fixed(spending: int, *, broken: bool) -> list[Activity]:
    """Allowances and BPD: a fifth of the spending, or well over 30 % of it."""
    names = load_activities().by_code
    shares = {"1.1.01": 4, "1.1.02": 12, "1.1.05": 4, "1.1.06": 2}
    if broken:
        shares = {"1.1.01": 7, "1.1.02": 19, "1.1.05": 6, "1.1.06": 2}
    fixed = [
        Activity(kode, names[kode].nama, 12, "Bulan", "ADD", spending * share // 100 // STEP * STEP)
        for kode, share in shares.items()
    ]
    return [
        *fixed,
        Activity("1.1.07", names["1.1.07"].nama, 12, "Bulan", "ADD", 30 * MILLION),
        Activity("1.2.01", names["1.2.01"].nama, 1, "Paket", "ADD", 26 * MILLION),
    ]


def _chosen(scores: Scores, draw: Draw) -> list[str]:
    """Activities for a part of the weak indicators: some that reach them, some that only support."""
    weak = {kode for kode, skor in scores.items() if skor < 5} - OTHERS_CARRY
    reach = [kode for kode, ties in TIES.items() if any(weak & {one} and ties[one] == L for one in ties)]
    help_ = [kode for kode, ties in TIES.items() if weak & ties.keys() and L not in ties.values()]
    return draw.pick(reach, min(len(reach), draw.integer(4, 7))) + draw.pick(help_, min(len(help_), 2))


def _balance(budget: Budget, spending: int, dds: int, *, deficit: bool) -> None:
    """Let housing take what is left of Dana Desa, and the office what is left of the rest; shrink what is too much."""
    paid = sum(one.amount for one in budget.activities if one.sumber == "DDS")
    while paid > dds - 60 * MILLION:
        for one in budget.activities:
            if one.sumber == "DDS":
                one.amount = max(one.amount * 3 // 4 // STEP * STEP, 2 * MILLION)
        paid = sum(one.amount for one in budget.activities if one.sumber == "DDS")
    budget.find("2.4.01").amount = dds - paid
    rest = spending - dds - sum(one.amount for one in budget.activities if one.sumber == "ADD")
    budget.find("1.1.04").amount = rest + (40 * MILLION if deficit else 0)
    if rest < 20 * MILLION:
        raise ValueError(f"{budget.village.desa}: {rest} left for the office")
