"""Tables with one line per amount: the plain list, and the exports of Siskeudes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from idmcli.budget.codes import Code, read_code
from idmcli.budget.layout import Layout
from idmcli.budget.lines import FINANCING_IN, FINANCING_OUT, INCOME, SPENDING
from idmcli.budget.rows import bad_amount, put_output, put_source, unknown_activity
from idmcli.budget.source import Budget, Draft, Sheet
from idmcli.budget.text import Amount, parse_amount, tidy, words
from idmcli.budget.tree import Node
from idmcli.words import whole

_PLACES: Final = ("desa", "kecamatan", "kabupaten")
_KINDS: Final = {"pendapatan": INCOME, "belanja": SPENDING, "penerimaan": FINANCING_IN, "pengeluaran": FINANCING_OUT}
_ACCOUNTS: Final = {"4": INCOME, "5": SPENDING, "6": FINANCING_IN}
SISKEUDES: Final = "siskeudes"


def is_list(sheet: Sheet) -> bool:
    """Whether the rows themselves say their village."""
    return any(name in sheet.header.columns for name in ("kode_desa", "kode_siskeudes", "desa"))


def read_list(sheet: Sheet, layout: Layout) -> list[Budget]:
    """The budgets in a plain list, in the order in which their villages first occur."""
    budgets: dict[tuple[str | None, ...], Budget] = {}
    total = 0
    loose: list[Draft] = []
    general: list[Draft] = []
    for at, uraian, amount in _amounts(sheet, loose):
        if _is_total(uraian, layout) and not _identity(sheet, at)[0]:
            if amount.rupiah is not None and amount.rupiah != total:
                general.append(_wrong_total(sheet, at, uraian, amount.rupiah, total))
            continue
        budget = budgets.setdefault(_identity(sheet, at), _budget(sheet, at, "daftar"))
        budget.drafts += loose
        loose.clear()
        total += amount.rupiah or 0
        node = _leaf(sheet, at, uraian, amount, layout)
        code = _code(sheet, at, uraian)
        section = _section(sheet, at, code)
        _put(budget, section, node, code, sheet, at)
    if budgets:
        next(iter(budgets.values())).drafts += [*general, *loose]
    return list(budgets.values())


def read_siskeudes(sheets: Sequence[tuple[str, Sheet]], layout: Layout) -> list[Budget]:
    """The budgets of one Siskeudes export: activities with their ceilings, accounts below them, names of villages.

    Args:
        sheets: the tables of one folder, archive or workbook, each with its kind (`kegiatan`, `rab`, `desa`).
        layout: the spellings.
    """
    names = _names([sheet for kind, sheet in sheets if kind == "desa"])
    budgets: dict[tuple[str | None, ...], Budget] = {}
    heads: dict[tuple[object, ...], Node] = {}
    loose: list[Draft] = []
    for kind, sheet in sorted(sheets, key=lambda pair: pair[0] != "kegiatan"):
        if kind == "desa":
            continue
        for at, uraian, amount in _amounts(sheet, loose):
            own = _identity(sheet, at)
            key = (own[1], own[-1])
            if key not in budgets:
                budgets[key] = _budget(sheet, at, SISKEUDES)
                budgets[key].tempat |= names.get(own[1] or "", {})
            budget = budgets[key]
            budget.drafts += loose
            loose.clear()
            node = _leaf(sheet, at, uraian, amount, layout)
            code = _code(sheet, at, uraian)
            section = _section(sheet, at, code)
            head = heads.get((key, code.activity.kode)) if code and code.activity else None
            if kind == "rab" and code is not None:
                node.uraian = uraian or layout.accounts.get(code.account or "", "")
            if kind == "rab" and head is not None and code is not None:
                node.path, node.rekening = (section, *code.path), code.account
                head.children.append(node)
                continue
            _put(budget, section, node, code, sheet, at)
            if kind == "kegiatan" and code is not None and code.activity is not None:
                heads.setdefault((key, code.activity.kode), node)
    return list(budgets.values())


def _amounts(sheet: Sheet, drafts: list[Draft]) -> Iterator[tuple[int, str, Amount]]:
    """The filled rows below the header: place, words and amount; bad amounts become findings."""
    header = sheet.header
    name = "anggaran" if "anggaran" in header.columns else "pagu"
    place = header.columns.get(name)
    for at in range(header.last + 1, len(sheet.rows)):
        row = sheet.rows[at]
        if not any(row):
            continue
        text = row[place] if place is not None else None
        amount = parse_amount(text, header.times) if text else Amount(None)
        uraian = tidy(next((row[one] or "" for one in header.words if row[one]), ""))
        if fault := bad_amount(sheet, at, amount, text, place):
            drafts.append(fault)
        if amount.rupiah is not None or amount.fault is not None:
            yield at, uraian, amount


def _identity(sheet: Sheet, at: int) -> tuple[str | None, ...]:
    """What a row says of its village and year: code, short code, places, year."""
    row, header = sheet.rows[at], sheet.header
    names = ("kode_desa", "kode_siskeudes", *_PLACES, "tahun")
    return tuple(tidy(text) if (text := header.cell(row, name)) else None for name in names)


def _budget(sheet: Sheet, at: int, susunan: str) -> Budget:
    kode, siskeudes, desa, kecamatan, kabupaten, tahun = _identity(sheet, at)
    budget = Budget(sheet.grid.berkas, sheet.grid.lembar, susunan, sheet.header.titles, kode, siskeudes)
    places = zip(_PLACES, (desa, kecamatan, kabupaten), strict=True)
    budget.tempat = {name: text for name, text in places if text}
    year = (tahun or "").removesuffix(".0")
    budget.tahun = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None
    return budget


def _leaf(sheet: Sheet, at: int, uraian: str, amount: Amount, layout: Layout) -> Node:
    place = sheet.header.columns.get("anggaran")
    node = Node((), uraian, amount.rupiah, sheet.line(at), sheet.address(at, place), rounded=amount.rounded)
    node.asal = (sheet.grid.berkas, sheet.grid.lembar)
    put_output(sheet, sheet.rows[at], node)
    put_source(sheet, at, node, layout)
    return node


def _code(sheet: Sheet, at: int, uraian: str) -> Code | None:
    """Activity and account of a row, each in its own columns; the empty activity of Siskeudes (`00.00.00`) is none."""
    row, codes = sheet.rows[at], sheet.header.codes
    activity = [(row[place], role) for place, role in codes if role != "kode_rekening"]
    whole_code = [pair for pair in activity if pair[1] == "kode_kegiatan" and len((pair[0] or "").strip()) > 2]
    activity = whole_code or activity
    account = next((row[place] for place, role in codes if role == "kode_rekening"), None)
    digits = "".join(letter for cell, _ in activity for letter in cell or "" if letter.isdigit())
    first = (account or "").strip().lstrip("'")[:1]
    if not digits.strip("0") or digits.endswith("000000") or first in ("4", "6"):
        cells, roles, section = [account], ["kode"], INCOME if first in ("4", "6") else SPENDING
        return read_code(cells, roles, section, uraian, ()) if account else None
    cells, roles = [cell for cell, _ in activity], [role for _, role in activity]
    code = read_code(cells, roles, SPENDING if len(cells) > 1 or account else None, uraian, ())
    if code is None or code.unread is not None or not account:
        return code
    below = read_code([account], ["kode_rekening"], SPENDING, uraian, code.path)
    if below is None or below.unread is not None:
        return code
    return Code(below.path, code.activity, below.account)


def _section(sheet: Sheet, at: int, code: Code | None) -> str:
    said = words(sheet.header.cell(sheet.rows[at], "jenis") or "").split()
    account = (code.account or "") if code else ""
    if code is not None and code.activity is not None:
        return SPENDING
    if account[:1] in _ACCOUNTS:
        return FINANCING_OUT if account.startswith("6.2") else _ACCOUNTS[account[:1]]
    return next((kind for word, kind in _KINDS.items() if word in said), SPENDING)


def _put(budget: Budget, section: str, node: Node, code: Code | None, sheet: Sheet, at: int) -> None:
    """A row below its section."""
    root = next((child for child in budget.root.children if child.path == (section,)), None)
    if root is None:
        root = Node((section,), section.replace("_", " "))
        budget.root.children.append(root)
    node.path, node.keyed = (section,), code is not None
    if code is not None and code.unread is None:
        node.path, node.rekening = (section, *code.path), code.account
        node.kode = code.activity.kode if code.activity else None
    wrong = code.unread if code else None
    if code is not None and code.activity is not None and not code.activity.known:
        wrong = code.activity.kode
    said = any(draft.kolom == "kode_kegiatan" and draft.isi == tidy(wrong or "") for draft in budget.drafts)
    if wrong is not None and not said:
        budget.drafts.append(unknown_activity(sheet, at, tidy(wrong), node.uraian))
    root.children.append(node)


def _names(sheets: Sequence[Sheet]) -> Mapping[str, dict[str, str]]:
    """Places by the short code of Siskeudes, as the export's own list of villages gives them."""
    found: dict[str, dict[str, str]] = {}
    for sheet in sheets:
        for at in range(sheet.header.last + 1, len(sheet.rows)):
            own = _identity(sheet, at)
            if own[1]:
                found[own[1]] = {name: text for name, text in zip(_PLACES, own[2:5], strict=True) if text}
    return found


def _is_total(uraian: str, layout: Layout) -> bool:
    folded = words(uraian)
    return any(folded == start or folded.startswith(start + " ") for start in layout.totals["awal"])


def _wrong_total(sheet: Sheet, at: int, uraian: str, stated: int, right: int) -> Draft:
    pesan = f"“{uraian}” tertulis {whole(stated)}, menurut barisnya {whole(right)}: selisih {whole(stated - right)}"
    cell = sheet.address(at, sheet.header.columns.get("anggaran"))
    return Draft("jumlah_tidak_cocok", pesan, sheet.line(at), cell, "anggaran", whole(stated), umum=True)
