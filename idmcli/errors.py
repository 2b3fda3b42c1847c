"""Everything that stops a run, and nothing else: findings about data are rows of a frame, never exceptions.

Exit codes (see README): 2 wrong usage, 3 input cannot be read, 4 configuration, rubric or template invalid, 5 output
could not be written, or only in part. `cli` turns an `IdmError` into one line on stderr and its code.
"""


class IdmError(Exception):
    """A reason to stop, in words for the officer.

    Args:
        pesan: what is wrong and where, in plain Indonesian, one sentence without a full stop at the end.
        saran: what to do next; the full command to type where there is one. Empty only if nothing can be done.
    """

    exit_code = 3

    def __init__(self, pesan: str, saran: str = "") -> None:
        super().__init__(pesan)
        self.pesan = pesan
        self.saran = saran

    def __str__(self) -> str:
        """The one line that the officer reads."""
        return f"{self.pesan}. {self.saran}".strip() if self.saran else f"{self.pesan}."


class UsageError(IdmError):
    """The command line asks for something that cannot be (exit 2)."""

    exit_code = 2


class InputError(IdmError):
    """An input file cannot be read, or nothing in it is recognised (exit 3)."""

    exit_code = 3


class ConfigError(IdmError):
    """`idm.toml`, a header layout, a regional reference or a template is invalid (exit 4)."""

    exit_code = 4


class RubricError(ConfigError):
    """An edition of the rubric is invalid; the message names file, row and key (exit 4)."""


class OutputError(IdmError):
    """A result could not be written; whatever stood at the target before still stands (exit 5)."""

    exit_code = 5


class WithheldError(IdmError):
    """The configuration withholds a result because of what the findings say (exit 1)."""

    exit_code = 1
