"""What else lies in the folder of a report, as its index page names it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PaperLink:
    """A paper, a workbook or a data file beside the pages.

    Attributes:
        nama: its place below the folder, with forward slashes; a folder ends with one.
        judul: what it is, in words.
        keterangan: what it holds, for whom; may be empty.
        kelompok: under which heading the index lists it.
    """

    nama: str
    judul: str
    keterangan: str = ""
    kelompok: str = ""
