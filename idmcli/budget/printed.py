"""A printed APBDes or RAPBDes: sections, codes and indented details read into a tree, totals held against it."""

import re
from collections.abc import Sequence
from typing import Final

from idmcli.budget.codes import ACCOUNTS, Code, read_code
from idmcli.budget.header import Row, is_header
from idmcli.budget.headings import described, section_named, signs
from idmcli.budget.layout import Layout
from idmcli.budget.lines import FINANCING_IN, FINANCING_OUT, INCOME, SPENDING
from idmcli.budget.rows import bad_amount, put_output, put_source, unknown_activity, year_of
from idmcli.budget.source import Budget, Draft, Sheet
from idmcli.budget.text import Amount, parse_amount, tidy, words
from idmcli.budget.tree import Node
from idmcli.words import whole

_ROOT_OF: Final = {"4": INCOME, "5": SPENDING, "6": FINANCING_IN}


def read_printed(sheet: Sheet, layout: Layout) -> Budget:
    """The budget of one sheet."""
    budget = Budget(sheet.grid.berkas, sheet.grid.lembar, "cetakan", sheet.header.titles)
    budget.tahun = year_of(sheet.header.titles)
    reader = _Reader(sheet, layout, budget)
    for at in range(sheet.header.last + 1, len(sheet.rows)):
        reader.take(at)
    return budget


class _Reader:
    """Reads row after row; `stack` are the coded rows that are open, the section first."""

    def __init__(self, sheet: Sheet, layout: Layout, budget: Budget) -> None:
        self.sheet = sheet
        self.layout = layout
        self.budget = budget
        self.sections: dict[str, Node] = {}
        self.stack: list[Node] = []
        self.financing = False
        self.signing = False

    @property
    def section(self) -> str | None:
        """The section that is open."""
        return self.stack[0].path[0] if self.stack else None

    def take(self, at: int) -> None:
        """One row."""
        row, header = self.sheet.rows[at], self.sheet.header
        if not any(row) or is_header(row, header, self.layout):
            return
        uraian, indent = described(row, header)
        money = header.cell(row, "anggaran")
        amount = parse_amount(money, header.times) if money else Amount(None)
        folded = words(uraian)
        if self.heading(at, row, folded, amount) or self.total(at, folded, amount):
            return
        cells = [row[place] for place, _ in header.codes]
        current = self.stack[-1].path[1:] if self.stack else ()
        section = self.changed(cells) or self.section or self.hinted(cells, folded)
        if section != self.section:
            current = ()
        code = read_code(cells, [role for _, role in header.codes], section, uraian, current)
        if code is None and amount.rupiah is None and (amount.fault is None or self.signature(uraian, money or "")):
            return
        self.signing = False
        if not self.stack or (section is not None and section != self.section):
            self.open(section or self.guess(code))
        if fault := bad_amount(self.sheet, at, amount, money, header.columns.get("anggaran")):
            self.budget.drafts.append(fault)
        self.place(at, row, code, uraian, indent, amount)

    def signature(self, uraian: str, text: str) -> bool:
        """Whether words among the amounts are the place, the offices or the names at the foot of a page."""
        self.signing = self.signing or not uraian or signs(text)
        return self.signing

    def heading(self, at: int, row: Row, folded: str, amount: Amount) -> bool:
        """Open a section where the row names one."""
        name = section_named(row, folded, self.sheet.header, self.layout)
        if name is None:
            return False
        if name == "pembiayaan":
            self.financing, self.stack = True, []
            return True
        node = self.open(name)
        if amount.rupiah is not None:
            node.anggaran, node.rounded = amount.rupiah, amount.rounded
            node.uraian, node.baris, node.sel = (
                described(row, self.sheet.header)[0],
                self.sheet.line(at),
                self.amount_cell(at),
            )
        return True

    def open(self, name: str) -> Node:
        """The node of a section, now the only one open."""
        if name not in self.sections:
            self.sections[name] = Node((name,), uraian=name.replace("_", " "))
            self.budget.root.children.append(self.sections[name])
        self.stack = [self.sections[name]]
        return self.sections[name]

    def changed(self, cells: Sequence[str | None]) -> str | None:
        """The section that a row belongs to although the last heading was another one's, by its first number."""
        first = next((cell.strip().lstrip("'0") for cell in cells if cell), "")[:1]
        if self.section == INCOME and first in ("1", "2", "3", "5"):
            return SPENDING
        later = self.section in (INCOME, SPENDING) and first == "6"
        return (FINANCING_OUT if _second(cells) == "2" else FINANCING_IN) if later else None

    def hinted(self, cells: Sequence[str | None], folded: str) -> str | None:
        """The section of a row before any heading: financing, or income by an account's number and name."""
        text = next((cell.strip() for cell in cells if cell), "")
        if self.financing or text.startswith("6"):
            return FINANCING_OUT if text.startswith("6.2") else FINANCING_IN
        named = words(self.layout.accounts.get(text.strip(" ."), "")) == folded or folded.startswith("pendapatan")
        return INCOME if text.startswith("4") and folded and named else None

    def guess(self, code: Code | None) -> str:
        """The section of a row that hints at none: by its account, else spending."""
        first = (code.account or "")[:1] if code and code.activity is None else ""
        return _ROOT_OF.get(first, SPENDING)

    def total(self, at: int, folded: str, amount: Amount) -> bool:
        """A row of sums: hold it against what it sums up, or against the sections where it follows from them."""
        totals = self.layout.totals
        kind = next((kind for kind in ("surplus", "neto", "sisa") if folded.startswith(totals[kind])), None)
        if kind is None and not _begins(folded, totals["awal"]):
            return False
        if amount.rupiah is None:
            return True
        if kind is not None:
            self.worked_out(at, kind, folded, amount.rupiah)
            return True
        nodes = self.summed_up(folded)
        if not nodes or any(node.counted == amount.rupiah for node in nodes):
            return True
        stated = amount.rupiah
        meant = nodes[0] if len(folded.split()) > 1 else min(nodes, key=lambda node: abs(node.counted - stated))
        self.wrong(at, folded, stated, meant.counted)
        return True

    def summed_up(self, folded: str) -> list[Node]:
        """What a total can sum up: the section it names, else whatever is open, the innermost first."""
        named = {"pendapatan": INCOME, "belanja": SPENDING, "penerimaan": FINANCING_IN, "pengeluaran": FINANCING_OUT}
        for word, section in named.items():
            if word in folded.split() and section in self.sections and "bidang" not in folded.split():
                inside = [node for node in reversed(self.stack) if node.path[0] == section and len(node.path) > 1]
                return [self.sections[section], *inside]
        return [*reversed(self.stack)]

    def worked_out(self, at: int, kind: str, folded: str, stated: int) -> None:
        """A row that follows from the sections: surplus or deficit, net financing, what is left."""
        sums = {name: self.sections[name].counted if name in self.sections else 0 for name in _SIGNS}
        surplus = sums[INCOME] - sums[SPENDING]
        net = sums[FINANCING_IN] - sums[FINANCING_OUT]
        right = {"surplus": surplus, "neto": net, "sisa": surplus + net}[kind]
        if INCOME in self.sections and SPENDING in self.sections and abs(right) != abs(stated):
            self.wrong(at, folded, stated, right)

    def wrong(self, at: int, folded: str, stated: int, right: int) -> None:
        """A total that is not what its rows give."""
        self.budget.drafts.append(
            Draft(
                "jumlah_tidak_cocok",
                f"“{folded}” tertulis {whole(stated)}, menurut rinciannya {whole(right)}: "
                f"selisih {whole(stated - right)}",
                *(self.sheet.line(at), self.amount_cell(at), "anggaran", whole(stated)),
            )
        )

    def place(self, at: int, row: Row, code: Code | None, uraian: str, indent: int, amount: Amount) -> None:
        """Put a row into the tree."""
        node = Node((), uraian, amount.rupiah, self.sheet.line(at), self.amount_cell(at), indent=indent)
        node.rounded = amount.rounded
        put_output(self.sheet, row, node)
        put_source(self.sheet, at, node, self.layout)
        if code is None or (code.unread is not None and not code.level):
            node.path, node.keyed = self.stack[-1].path, False
            self.stack[-1].children.append(node)
            return
        if code.unread is not None:
            self.unread(at, code, node)
            return
        path = self.path(code)
        while len(self.stack) > 1 and not (
            len(self.stack[-1].path) < len(path) and path[: len(self.stack[-1].path)] == self.stack[-1].path
        ):
            self.stack.pop()
        repeated = ACCOUNTS in path and any(node.path == path[: path.index(ACCOUNTS)] for node in self.stack)
        if code.activity is not None and ACCOUNTS in path and not repeated:
            self.above(path, code)
        node.path, node.rekening = path, code.account
        node.kode = code.activity.kode if code.activity else None
        if code.activity is not None and not code.activity.known and not repeated:
            self.budget.drafts.append(unknown_activity(self.sheet, at, code.activity.kode, uraian))
        self.stack[-1].children.append(node)
        self.stack.append(node)

    def path(self, code: Code) -> tuple[str, ...]:
        """A code's place, in the section that is open or that its account names."""
        section = self.section or SPENDING
        if section in (FINANCING_IN, FINANCING_OUT) and (code.account or "")[:3] in ("6.1", "6.2"):
            section = FINANCING_OUT if (code.account or "").startswith("6.2") else FINANCING_IN
            if self.section != section:
                self.open(section)
        return (section, *code.path)

    def above(self, path: tuple[str, ...], code: Code) -> None:
        """The activity over a row that names activity and account at once, if it has no row of its own."""
        head = path[: path.index(ACCOUNTS)]
        while len(self.stack) > 1 and len(self.stack[-1].path) >= len(head):
            self.stack.pop()
        node = Node(
            head, code.activity.nama if code.activity else "", kode=code.activity.kode if code.activity else None
        )
        self.stack[-1].children.append(node)
        self.stack.append(node)

    def unread(self, at: int, code: Code, node: Node) -> None:
        """A code that cannot be understood: said, and the row kept at the level that it seems to have."""
        text = tidy(code.unread or "")
        self.budget.drafts.append(unknown_activity(self.sheet, at, text, node.uraian))
        while len(self.stack) > 1 and (ACCOUNTS in self.stack[-1].path or len(self.stack[-1].path) > code.level):
            self.stack.pop()
        node.path = (*self.stack[-1].path, f"? {text}")
        self.stack[-1].children.append(node)
        self.stack.append(node)

    def amount_cell(self, at: int) -> str:
        """The address of a row's amount."""
        return self.sheet.address(at, self.sheet.header.columns.get("anggaran"))


_SIGNS: Final = (INCOME, SPENDING, FINANCING_IN, FINANCING_OUT)


def _second(cells: Sequence[str | None]) -> str:
    """The second number of a row's code."""
    numbers = re.findall(r"\d+", " ".join(cell for cell in cells if cell))
    return numbers[1].lstrip("0") if len(numbers) > 1 else ""


def _begins(folded: str, starts: Sequence[str]) -> bool:
    return any(folded == start or folded.startswith(start + " ") for start in starts)
