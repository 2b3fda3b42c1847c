"""A sheet as rows of a budget see it: its cells, its header, and the addresses of its cells."""

from dataclasses import dataclass, field

from idmcli.budget.header import Header, Row
from idmcli.budget.tree import Node, Path
from idmcli.tables import Grid, cell_address, column_letter


@dataclass(frozen=True)
class Draft:
    """A finding before it has a village and a file.

    Attributes:
        aturan: the rule.
        pesan: what is wrong, in words.
        baris, sel: where.
        kolom: which column.
        isi: what stands there.
        asal: file and sheet, None for those of the budget.
        umum: whether it is about a file of many villages, and about none of them.
    """

    aturan: str
    pesan: str
    baris: int | None = None
    sel: str | None = None
    kolom: str | None = None
    isi: str | None = None
    asal: tuple[str, str | None] | None = None
    umum: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet with its header.

    `rows` are all its rows; `header` says where the table begins.
    """

    grid: Grid
    rows: list[Row]
    header: Header

    def line(self, at: int) -> int:
        """The number of a row in the sheet."""
        return self.grid.first_row + at

    def address(self, at: int, place: int | None) -> str:
        """The address of a cell; of the row's first cell without a place."""
        letter = column_letter(self.grid.first_column + (place or 0))
        return cell_address(self.grid.lembar, letter, self.line(at))


@dataclass
class Budget:
    """One village's budget of one sheet, or of one export.

    Attributes:
        berkas, lembar: where it stands.
        susunan: `cetakan`, `siskeudes`, or `daftar`.
        judul: texts above the table, the first hint at the village.
        kode: what the rows themselves say of the village: ten digits, or the short code of Siskeudes.
        tempat: names of desa, kecamatan, kabupaten that the rows say.
        tahun: the fiscal year that the sheet states, None for none.
        root: the tree; its children are the sections.
        drafts: findings made while reading.
    """

    berkas: str
    lembar: str | None
    susunan: str
    judul: tuple[str, ...] = ()
    kode: str | None = None
    siskeudes: str | None = None
    tempat: dict[str, str] = field(default_factory=dict)
    tahun: int | None = None
    root: Node = field(default_factory=lambda: Node(Path()))
    drafts: list[Draft] = field(default_factory=list)
