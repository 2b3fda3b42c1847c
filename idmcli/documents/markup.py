"""Values in typst text: no value, whatever it holds, can be read as typst markup or code.

`{{ nama }}` in running text becomes a typst string (`#"…";`), never markup: within a string only the backslash and the
quotation mark mean anything, so there is no list of special characters to get right, and typst changes nothing in it
(no ligatures of hyphens, no curly quotes, no headings, no lists). The semicolon ends the string, so that a bracket
or full stop behind it in the template stays text. Inside typst code (`#table(…)`, `image(…)`) a template writes
`{{ nama | teks }}`, the bare string literal. Whole numbers stand for themselves in both places.

Text that jinja itself puts together (a macro, `~`, a `{% set %}` block) counts as a value too: functions of a .typ.j2
template are typst's own (`#let`). `| safe` says that a text is typst already.
"""

import re
from typing import Any, Final

from markupsafe import Markup

_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_SPECIAL: Final = re.compile('[\x00-\x1f"\\\\\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')
_MEANT: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\u2028": "\\n", "\u2029": "\\n"})


def literal(value: Any) -> Markup:
    """A value as a typst string literal with its quotation marks; control characters and lone surrogates become `�`."""
    text = str(value)
    if _SPECIAL.search(text):
        text = _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_MEANT)
    return Markup(f'"{text}"')


def written(value: Any) -> str:
    """What a jinja expression puts into typst text; see the top of this file.

    Raises:
        TypeError: a list, dictionary, fraction or nothing, which has no one form that people read.
    """
    if isinstance(value, Markup):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if value >= 0 else f"#({value});"
    if isinstance(value, list | dict | tuple | float | None):
        raise TypeError(f"isi berupa {type(value).__name__} tidak dapat ditulis begitu saja")
    return f"#{literal(value)};"
