"""Compound files (OLE): the box around an .xls workbook, and around a workbook locked with a password.

Only what is needed to name the streams inside and to take one out, after [MS-CFB].
"""

import struct
from functools import cached_property
from typing import Final

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
"""Sector numbers from here on are marks (free, end of chain), not places."""

_STREAM, _ROOT = 2, 5
"""Types of directory entries."""


class CompoundError(ValueError):
    """The file's tables contradict each other."""


class Compound:
    """A compound file in memory. Every method raises `CompoundError` where the file is broken."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(MAGIC):
            raise CompoundError
        self._data = data
        self._size = 1 << self._u16(30)
        if self._size not in (512, 4096):
            raise CompoundError
        self._cutoff = self._u32(56)
        # counts of directory, FAT, small FAT and DIFAT sectors: parsers set memory aside by them
        if any(self._u32(at) * self._size > len(data) for at in (40, 44, 64, 72)):
            raise CompoundError

    @cached_property
    def entries(self) -> dict[str, tuple[int, int, int]]:
        """Name → (type, first sector, size) of the root and the streams."""
        directory = self._chain(self._u32(48), self._fat)
        found: dict[str, tuple[int, int, int]] = {}
        for at in range(0, len(directory) - 127, 128):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            if kind in (_STREAM, _ROOT) and 2 <= length <= 64:
                if size > len(self._data):
                    raise CompoundError
                name = directory[at : at + length - 2].decode("utf-16-le", "replace")
                found.setdefault(name, (kind, start, size))
        return found

    def stream(self, name: str) -> bytes:
        """The bytes of one stream; KeyError if there is none of that name."""
        _, start, size = self.entries[name]
        if size >= self._cutoff:
            return self._chain(start, self._fat)[:size]
        root = next((entry for entry in self.entries.values() if entry[0] == _ROOT), None)
        if root is None:
            raise CompoundError
        small = self._chain(root[1], self._fat)
        minifat = self._numbers(self._chain(self._u32(60), self._fat))
        return b"".join(small[64 * at : 64 * at + 64] for at in _follow(start, minifat))[:size]

    @cached_property
    def _fat(self) -> tuple[int, ...]:
        sectors = [at for at in struct.unpack_from("<109I", self._data, 76) if at < _END]
        extra, seen = self._u32(68), 0
        while extra < _END and seen < self._u32(72):
            *more, extra = self._numbers(self._sector(extra))
            sectors += [at for at in more if at < _END]
            seen += 1
            if len(sectors) * self._size > len(self._data):
                raise CompoundError
        return self._numbers(b"".join(self._sector(at) for at in sectors))

    def _chain(self, start: int, table: tuple[int, ...]) -> bytes:
        return b"".join(self._sector(at) for at in _follow(start, table))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise CompoundError
        return self._data[start : start + self._size]

    def _u16(self, at: int) -> int:
        return int.from_bytes(self._data[at : at + 2], "little")

    def _u32(self, at: int) -> int:
        return int.from_bytes(self._data[at : at + 4], "little")

    @staticmethod
    def _numbers(data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _follow(start: int, table: tuple[int, ...]) -> list[int]:
    chain: list[int] = []
    while start < _END:
        if start >= len(table) or len(chain) > len(table):
            raise CompoundError
        chain.append(start)
        start = table[start]
    return chain
