"""The files behind a result, each with the hash that lets a paper say what it was made from."""

import hashlib
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from idmcli import columns as col
from idmcli.errors import InputError
from idmcli.reading.sources import STDIN, find_sources
from idmcli.tables import VillageTable

NO_DIGEST: Final = "tidak dihitung: pipa, bukan berkas"


@dataclass(frozen=True)
class Source:
    """A file that was used and its SHA-256, so that a paper can say what it was made from."""

    berkas: str
    sha256: str


def standard_input() -> io.BytesIO:
    """All of stdin, so that it can be both read and hashed."""
    if sys.stdin is None or sys.stdin.closed:
        raise InputError(
            "stdin tertutup, tidak ada yang dapat dibaca", "Beri nama berkas, atau salurkan CSV: … | idm score -"
        )
    return io.BytesIO(find_sources([STDIN])[0][0].load())


def input_files(names: Sequence[str]) -> tuple[Path, ...]:
    """The files that these names lead to, those inside folders too.

    Raises:
        InputError: one of them leads nowhere.
    """
    return tuple(source.path for source in find_sources(names)[0] if source.path is not None)


def sources(table: VillageTable, stdin: io.BytesIO | None) -> tuple[Source, ...]:
    """The files behind the table, in order, each with its hash."""
    names: Sequence[str] = table.desa.get_column(col.BERKAS).unique(maintain_order=True).to_list()
    return tuple(Source(name, digest(name, stdin)) for name in names)


def digest(name: str, stdin: io.BytesIO | None) -> str:
    """SHA-256 of a file's bytes in hexadecimal, or why there is none."""
    if name == STDIN and stdin is not None:
        return hashlib.sha256(stdin.getvalue()).hexdigest()
    if not Path(name).is_file():  # a pipe (`<(…)`) gives its bytes once, and they have been read
        return NO_DIGEST
    with Path(name).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
