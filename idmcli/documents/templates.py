"""Templates: the office's folder first, then the program's own; what is wrong in one is said with file and line."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from idmcli.documents.table_widths import widths
from idmcli.errors import ConfigError
from idmcli.words import whole

TEMPLATES: Final = Path(__file__).resolve().parents[1] / "templates"
REINSTALL: Final = "Pasang ulang idm."
OWN_TEMPLATE: Final = (
    "Perbaiki templat itu; isi yang dapat dipakai ada di docs/panduan.md dan, untuk berita acara, pada "
    "idm berita-acara --daftar-variabel."
)
UNDEFINED: Final = (
    (re.compile(r"^'([^']+)' is undefined$"), r"tidak ada isi bernama '\1'"),
    (re.compile(r"^'[^']*' has no attribute '([^']+)'$"), r"tidak ada isi bernama '\1' di sana"),
)
"""What jinja says most often, in the officer's language."""


class TemplateFolder(FileSystemLoader):
    """A folder of templates that names the file which is no text, also where another template includes it."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """As jinja's.

        Raises:
            ConfigError: the file is not UTF-8.
        """
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            found = (path for folder in self.searchpath if (path := Path(folder, template)).is_file())
            raise template_fault(str(next(found, template)), None, "bukan teks UTF-8") from error


def new_environment(templat: Path | None, **changes: Any) -> ImmutableSandboxedEnvironment:
    """An environment over the office's folder and ours; `changes` are jinja's own settings.

    Values are escaped as HTML unless `changes` say otherwise, a missing one is an error, and a template cannot reach
    the program behind its values: offices pass templates on to each other.
    """
    settings: dict[str, Any] = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True}
    settings |= {"lstrip_blocks": True, "keep_trailing_newline": True, **changes}
    folders = [templat, TEMPLATES] if templat else [TEMPLATES]
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([TemplateFolder(folder) for folder in folders]), **settings
    )
    environment.filters |= {"bulat": whole, "lebar": widths}
    return environment


@lru_cache(maxsize=8)
def environment(templat: Path | None = None) -> ImmutableSandboxedEnvironment:
    """The environment of HTML templates, one per folder and process: compiled templates are kept."""
    made = new_environment(templat)
    made.filters["logo"] = _logo
    return made


def _logo(path: str) -> str:
    """`<img src="{{ kop.logo | logo }}">`: a picture file inside the page."""
    from idmcli.documents.logo import logo

    return logo(path).uri


def render(template: str, context: Mapping[str, Any], templat: Path | None = None) -> str:
    """An HTML template filled in; every value is escaped, and a missing one is an error.

    Args:
        template: file name in the office's folder or in `idmcli/templates`.
        context: what the template may use.
        templat: the office's folder of templates.

    Raises:
        ConfigError: the template is missing or invalid, or asks for something that is not there.
    """
    return fill(environment(templat), template, context)


def fill(using: ImmutableSandboxedEnvironment, template: str, context: Mapping[str, Any]) -> str:
    """A template of an environment filled in.

    Raises:
        ConfigError: as `render`; the message names file and line.
    """
    try:
        return using.get_template(template).render(context)
    except TemplateNotFound as error:
        raise ConfigError(f"Templat {error.name} tidak ada", REINSTALL) from error
    except TemplateSyntaxError as error:
        raise template_fault(error.filename or template, error.lineno, str(error.message)) from error
    except ConfigError:  # of a filter or a folder: a logo or a file that is no text, which the message names
        raise
    except Exception as error:  # a template computes: whatever it does wrong is the template's fault
        file, line = fault_place(error.__traceback__) or (template, None)
        raise template_fault(file, line, str(error)) from error


def template_fault(file: str, line: int | None, why: str) -> ConfigError:
    """The error that names a template's file and line."""
    for pattern, meaning in UNDEFINED:
        why = pattern.sub(meaning, why)
    place = f"{file} baris {line}" if line else file
    own = Path(file).is_relative_to(TEMPLATES) or not Path(file).is_absolute()
    return ConfigError(f"Templat {place} tidak dapat dipakai: {why.rstrip('.')}", REINSTALL if own else OWN_TEMPLATE)


def fault_place(traceback: TracebackType | None) -> tuple[str, int] | None:
    """File and line of the innermost template: jinja puts them into the traceback of what went wrong."""
    place = None
    while traceback:
        file = traceback.tb_frame.f_code.co_filename
        if "__jinja_template__" in traceback.tb_frame.f_globals or Path(file).suffix == ".j2":
            place = file, traceback.tb_lineno
        traceback = traceback.tb_next
    return place
