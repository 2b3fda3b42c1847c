"""The paper form of one village: every question on A4, for a cadre who fills it in by hand.

`form_context` gives text, lists and dictionaries only; the templates are `formulir.typ.j2` and `formulir.docx`, the
words `formulir.toml`. Every key is always there; a text may be "".

```
judul         title of the document: "Formulir isian IDM desa PEJALIN (6501012005), tahun 2026"
bahasa        "id"
versi         of the program
tanggal_iso   ""
kepala        {jenis, nama, tempat, keterangan}
petunjuk      [text]: how to fill it in
tabel         {kepala: [5 texts], bagian: [{judul, baris}]}, one bagian per sub-dimension; each of baris:
              {nomor, kode, tanya, isian, satuan, pilihan: [text], jawab, bukti}
              isian: last year's static answer with its unit ("" otherwise); pilihan: the choices, empty for numbers;
              jawab: what the cell holds as one text: isian, boxes with choices, or a dotted line with the unit
pengesahan    {kalimat, pihak: [text]}
kaki          text
```
"""

from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from idmcli import __version__
from idmcli.columns import KODE_DESA, PLACES
from idmcli.documents.templates import TEMPLATES
from idmcli.errors import ConfigError
from idmcli.parameters.evidence import Question, questions
from idmcli.parameters.source import check_keys, read_toml
from idmcli.rubric.model import Rubric
from idmcli.words import plain

FORM: Final = "formulir"
"""Name of the templates without their ending, for `paper_job(lembar=…)`."""
DOTS: Final = "." * 16
BOX: Final = "☐"
NO_BREAK: Final = "\u00a0"
LISTS: Final = ("petunjuk", "kepala", "pihak")


def form_context(
    desa: Mapping[str, Any],
    rubric: Rubric,
    *,
    tahun: int,
    isi: Mapping[str, Any] | None = None,
    templat: Path | None = None,
) -> dict[str, Any]:
    """Everything that the form of one village prints; see the top of this file for the keys.

    Args:
        desa: `kode_desa, provinsi, kabupaten, kecamatan, desa`; a name that is null prints as a dotted line.
        rubric: the edition that asks.
        tahun: year that the answers are for.
        isi: the village's answers of last year; only static ones are printed.
        templat: the office's folder, whose `formulir.toml` may change the words.

    Raises:
        ConfigError: `formulir.toml` or `bukti.toml` is invalid.
    """
    names = {name: desa.get(name) or DOTS for name in PLACES}
    said = {**names, "kode": desa.get(KODE_DESA) or DOTS, "tahun": tahun, "rubrik": rubric.judul}
    asked = questions(rubric)
    words = _filled(_words(templat), {**said, "jumlah": len(asked)}, templat)
    known = isi or {}
    return {
        "judul": words["judul"],
        "bahasa": "id",
        "versi": __version__,
        "tanggal_iso": "",
        "kepala": {name: words[name] for name in ("jenis", "nama", "tempat", "keterangan")},
        "petunjuk": words["petunjuk"],
        "tabel": {
            "kepala": words["kepala"],
            "bagian": [
                {"judul": judul.capitalize(), "baris": [_row(one, known.get(one.variabel.nama)) for one in members]}
                for judul, members in groupby(asked, key=lambda one: one.indikator[0].subdimensi)
            ],
        },
        "pengesahan": {"kalimat": words["pengesahan"], "pihak": words["pihak"]},
        "kaki": words["kaki"],
    }


def _row(question: Question, answer: Any) -> dict[str, Any]:
    """One question with room for its answer."""
    isian, unit = _known(question, answer), question.variabel.satuan
    boxes = [f"{BOX}{NO_BREAK}{word.replace(' ', NO_BREAK)}" for word in question.pilihan]
    return {
        "nomor": str(question.nomor),
        "kode": question.indikator[0].kode,
        "tanya": question.variabel.pertanyaan,
        "isian": isian,
        "satuan": unit,
        "pilihan": list(question.pilihan),
        "jawab": isian or "   ".join(boxes) or f"{DOTS} {unit}",
        "bukti": question.bukti,
    }


def _known(question: Question, answer: Any) -> str:
    """Last year's answer where it seldom changes and can be true."""
    if not question.statis or answer is None or isinstance(answer, bool):
        return ""
    if question.pilihan:
        return question.word(str(answer)) or ""
    if not isinstance(answer, int | float) or not question.fits(answer):
        return ""
    return f"{plain(answer)} {question.variabel.satuan}"


def _filled(words: Mapping[str, Any], said: Mapping[str, Any], templat: Path | None) -> dict[str, Any]:
    """The words with the named places filled in."""
    try:
        return {
            key: [text.format_map(said) for text in value] if isinstance(value, list) else value.format_map(said)
            for key, value in words.items()
        }
    except (KeyError, ValueError, IndexError, AttributeError) as error:
        can = ", ".join(f"{{{name}}}" for name in said)
        file = (templat or TEMPLATES) / f"{FORM}.toml"
        raise ConfigError(f"{file}: kurung kurawal tidak dapat diisi ({error})", f"Dapat dipakai: {can}.") from None


@lru_cache(maxsize=8)
def _words(templat: Path | None) -> dict[str, Any]:
    """The words, with those of the office's `formulir.toml` in place of ours."""
    ours = read_toml(TEMPLATES / f"{FORM}.toml")
    own = templat / f"{FORM}.toml" if templat else None
    if not (own and own.is_file()):
        return ours
    theirs = read_toml(own)
    check_keys(theirs, {key: list if key in LISTS else str for key in ours}, own, "")
    return {**ours, **theirs}
