"""Numbers and dates as Indonesian readers write them: decimal comma, dot for thousands."""


def decimal(number: float | None, digits: int = 4) -> str:
    """`0.6876` → `0,6876`; `–` for nothing."""
    return "–" if number is None else f"{number:.{digits}f}".replace(".", ",")


def signed(number: float, digits: int = 4) -> str:
    """As `decimal`, with its sign: `+0,0123`, `−0,0123`."""
    return f"{number:+.{digits}f}".replace(".", ",").replace("-", "−")


def whole(number: int) -> str:
    """`75265` → `75.265`, `-75265` → `−75.265`."""
    return f"{number:,}".replace(",", ".").replace("-", "−")


def plain(number: float) -> str:
    """A number with no more decimals than it has: `4550.0` → `4.550`, `7.25` → `7,25`."""
    digits = f"{number:,.6f}".rstrip("0").rstrip(".")
    return digits.replace(",", " ").replace(".", ",").replace(" ", ".")


def percent(part: int, total: int) -> str:
    """A share in per cent with one decimal: `16,1 %`; `–` of nothing."""
    return "–" if not total else f"{100 * part / total:.1f} %".replace(".", ",")


def listed(items: list[str] | tuple[str, ...], most: int = 5) -> str:
    """The first few of a list, and how many more: `a, b, c, dan 4 lagi`."""
    shown = ", ".join(items[:most])
    return shown if len(items) <= most else f"{shown}, dan {whole(len(items) - most)} lagi"
