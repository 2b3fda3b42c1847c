"""A budget as the tree that it is printed as: which amounts count, and which sums do not add up.

A node is one row. A coded row stands under the longest code that its own extends; rows without a code are details of
the coded row above them. Whatever has no amounts below it counts (`daun`), the rest are subtotals.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from idmcli.budget.text import words
from idmcli.parameters.activities import parse_activity

Path = tuple[str, ...]
"""A row's place: section, then bidang, sub-bidang, activity, then `@` and the parts of an account."""


@dataclass
class Node:
    """One row of a budget.

    Attributes:
        path: its place; a detail row has the path of the coded row above it.
        kode: the activity in normal form, if it has one of its own.
        rekening: the account, if it has one of its own.
        uraian: as typed, on one line.
        anggaran: rupiah, None where the row states none.
        baris: row of the sheet.
        sel: the address of the amount (or of the row's first cell).
        indent: depth of a detail row by its indentation.
        volume: output, with `satuan`.
        sumber: source in normal form; `sumber_teks` as typed, `sel_sumber` where (None without such a column).
        keyed: whether the row has a code at all.
        rounded: whether sen were dropped.
        asal: file and sheet of the row, None for those of its budget.
        settled: the sum below, once the tree no longer changes.
    """

    path: Path
    uraian: str = ""
    anggaran: int | None = None
    baris: int = 0
    sel: str = ""
    kode: str | None = None
    rekening: str | None = None
    indent: int = 0
    volume: float | None = None
    satuan: str | None = None
    sumber: str | None = None
    sumber_teks: str | None = None
    sel_sumber: str | None = None
    keyed: bool = True
    rounded: bool = False
    asal: tuple[str, str | None] | None = None
    children: list["Node"] = field(default_factory=list)
    settled: int | None = None

    def walk(self) -> Iterator["Node"]:
        """This node and all below, in the order of the rows."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def stated(self) -> list["Node"]:
        """The nearest nodes below that state an amount."""
        found: list[Node] = []
        for child in self.children:
            found += [child] if child.anggaran is not None else child.stated
        return found

    @property
    def counted(self) -> int:
        """The sum of the amounts that count."""
        if self.settled is not None:
            return self.settled
        below = self.stated
        return sum(child.counted for child in below) if below else self.anggaran or 0


@dataclass(frozen=True)
class WrongSum:
    """A stated amount that is not the sum of the rows that it sums up."""

    node: Node
    jumlah: int
    rows: tuple[Node, ...]


def shape(root: Node) -> None:
    """Put every row in its place once all are read: repeated codes and indentations below their heads."""
    for node in list(root.walk()):
        if len(node.children) > 1:
            node.children = _nested(node, _headed(node))
    _settle(root)


def _settle(node: Node) -> int:
    """Work out all sums once, from below."""
    below = sum(_settle(child) for child in node.children)
    node.settled = below if node.stated else node.anggaran or 0
    return node.settled


def _headed(parent: Node) -> list[Node]:
    """Rows that repeat the code of the row before them: its details where that row is their sum, else its equals.

    Two works of one activity may cost the same. A single row is therefore a detail only where the row before it bears
    the activity's own name, or where the total above says that both together are too much.
    """
    children = parent.children
    too_much = parent.anggaran is not None and sum(child.anggaran or 0 for child in children) > parent.anggaran
    kept: list[Node] = []
    at = 0
    while at < len(children):
        run = _run(children, at)
        at += len(run)
        head, rest = run[0], run[1:]
        if rest and not any(child.children for child in run) and head.anggaran is not None:
            total = sum(child.anggaran or 0 for child in rest)
            other_words = all(words(child.uraian) != words(head.uraian) for child in rest)
            if total == head.anggaran and other_words and (len(rest) > 1 or too_much or _is_named(head)):
                head.children = rest
                kept.append(head)
                continue
        kept += run
    return kept


def _is_named(node: Node) -> bool:
    """Whether a row bears the official name of its activity."""
    activity = parse_activity(node.kode) if node.kode else None
    return activity is not None and words(node.uraian) == words(activity.nama)


def _run(children: list[Node], at: int) -> list[Node]:
    """The rows from `at` on that have the same code as the first of them."""
    first = children[at]
    if not first.keyed:
        return [first]
    end = at + 1
    while end < len(children) and children[end].keyed and children[end].path == first.path:
        end += 1
    return children[at:end]


def _nested(parent: Node, children: list[Node]) -> list[Node]:
    """Detail rows below less indented ones, if the sums say so; else all on one level."""
    loose = [child for child in children if not child.keyed]
    if len({child.indent for child in loose}) < 2:
        return children
    heads: list[tuple[Node, list[Node]]] = []
    for child in loose:
        if heads and child.indent > heads[-1][0].indent:
            heads[-1][1].append(child)
        else:
            heads.append((child, []))
    for head, below in heads:
        if below and head.anggaran is not None and sum(one.anggaran or 0 for one in below) != head.anggaran:
            return children
    if parent.anggaran is not None and parent.anggaran == sum(child.anggaran or 0 for child in loose):
        return children
    for head, below in heads:
        head.children += below
    moved = {id(one) for _, below in heads for one in below}
    return [child for child in children if id(child) not in moved]


def wrong_sums(root: Node) -> Iterator[WrongSum]:
    """The roots of what does not add up.

    A sum is taken twice: of the amounts stated below, and of those that count. An amount that agrees with either is
    not to blame: the other one is reported where it stands.
    """
    for node in root.walk():
        below = node.stated
        if node.anggaran is None or not below:
            continue
        stated = sum(child.anggaran or 0 for child in below)
        slack = sum(child.rounded for child in (node, *below))
        if abs(stated - node.anggaran) <= slack or abs(node.counted - node.anggaran) <= slack:
            continue
        yield WrongSum(node, stated, tuple(below))


def twins(root: Node) -> Iterator[tuple[Node, Node]]:
    """Rows written twice under the same head, with everything below them: the first one and its double."""
    for node in root.walk():
        seen: dict[object, Node] = {}
        for child in node.children:
            key = _signature(child)
            if child.counted and (first := seen.setdefault(key, child)) is not child:
                yield first, child


def _signature(node: Node) -> object:
    own = (node.path, node.kode, node.rekening, words(node.uraian), node.anggaran, node.volume, node.sumber)
    return own, tuple(_signature(child) for child in node.children)
