"""Villages, officials and pictures for the tests of `idm berita-acara`, and what its papers say."""

import io
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
from docx import Document
from docx.oxml.ns import qn

from idmcli import pipeline
from idmcli.columns import IDENTITY, STATUS
from idmcli.rubric import load_rubric
from idmcli.settings import Settings
from tests.conftest import SAMPLE

FEW = ("6501012005", "6501012006", "6501022001", "6502052001", "6503052039")
"""GUNUNG PUTIH, PEJALIN, LONG BELUAH, and both villages named LONG NAWANG."""
STATED = "STATUS IDM 2024"


def villages(target: Path, codes: Sequence[str] = FEW, *, stated: Mapping[str, str] | None = None) -> Path:
    """Rows of the sample as a file of their own; `stated`: with a column of stated statuses, some of them others."""
    scored = pipeline.load(pipeline.Request((str(SAMPLE),)), Settings()).scored
    frame = scored.filter(pl.col("kode_desa").is_in(list(codes)))
    columns: list[str | pl.Expr] = [*IDENTITY, *load_rubric().codes]
    if stated is not None:
        columns.append(pl.col("kode_desa").replace_strict(dict(stated), default=pl.col(STATUS)).alias(STATED))
    frame.select(columns).write_csv(target)
    return target


def elsewhere(target: Path, names: Sequence[str]) -> Path:
    """Villages of a province without a reference, so that they may bear any name."""
    codes = load_rubric().codes
    rows = [
        (f"64010120{number:02}", "UTARA & SELATAN", "KAB <A>", "KEC 'B'", name, 2024, *[5] * len(codes))
        for number, name in enumerate(names, 1)
    ]
    pl.DataFrame(
        rows, schema=["kode_desa", "provinsi", "kabupaten", "kecamatan", "desa", "tahun", *codes], orient="row"
    ).write_csv(target)
    return target


def papers(folder: Path, kind: str = "*") -> list[str]:
    """Names of the papers below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob(f"**/*.{kind}") if path.parent != folder)


def register(folder: Path) -> dict[tuple[str, str], int]:
    """Level and code → number."""
    frame = pl.read_csv(folder / "register-berita-acara.csv", infer_schema=False)
    return {(level, kode): int(nomor) for level, kode, nomor in frame.select("level", "kode", "nomor").iter_rows()}


def word_text(path: Path) -> str:
    """Everything that a Word document says, heads and feet too."""
    document = Document(io.BytesIO(path.read_bytes()))
    roots = [document.element.body]
    for section in document.sections:
        roots += [section.header._element, section.footer._element]
    return "\n".join("".join(node.text or "" for node in root.iter(qn("w:t"))) for root in roots)


def picture(width: int = 20, height: int = 30) -> bytes:
    """A black PNG."""

    def part(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    size = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    rows = zlib.compress(b"\x00" * (width + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", size) + part(b"IDAT", rows) + part(b"IEND", b"")
