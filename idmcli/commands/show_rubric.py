"""The rubric on the screen and as JSON."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from idmcli.commands.console import SCHEMA_VERSION, table
from idmcli.rubric.actors import ACTOR_NAMES, actor_words
from idmcli.rubric.model import ACTORS, Answer, Bounds, Indicator, PlanRule, Rubric
from idmcli.words import decimal

ANSWER_KINDS = {
    "angka": "angka",
    "rasio": "rasio (yang pertama ÷ yang kedua)",
    "jumlah": "jumlah semuanya",
    "ada": "ada atau tidak",
    "pilihan": "pilihan",
}
SHARED = {
    "": "tidak, setiap desa perlu pekerjaannya sendiri",
    "kecamatan": "satu pekerjaan melayani desa-desa sekecamatan",
    "kawasan": "satu pekerjaan melayani desa-desa dalam satu kawasan perdesaan",
}
LOCK_WORDS = {"<": "di bawah", "=": "tepat", ">=": "sedikitnya"}


def print_edition(console: Console, rubric: Rubric, editions: Sequence[str]) -> None:
    """Which editions there are, the thresholds of this one, and its indicators."""
    others = [name for name in editions if name != rubric.edisi]
    console.print(f"[bold]{escape(rubric.judul)}[/] (edisi {escape(rubric.edisi)})")
    console.print(f"Edisi lain: {', '.join(others)}" if others else "Edisi lain: belum ada", style="dim")
    statuses = table("Status", "IDM", "Satuan (dari " + str(rubric.scale) + ")", left=1)
    for status in rubric.status:
        above = f"> {status.ambang}".replace(".", ",") if status.ambang is not None else "terendah"
        statuses.add_row(status.nama, above, f"≥ {status.k_min}" if status.k_min else "")
    console.print(statuses)
    for dimension in rubric.dimensi:
        console.print(
            f"[bold]{dimension.kode}[/] {escape(dimension.nama)}: jumlah skor ÷ {dimension.maksimum}; "
            f"1 poin = {rubric.unit(dimension)}/{rubric.scale} IDM"
        )
    rows = table("Kode", "Indikator", "Skor", "Yang dapat bertindak", left=4)
    rows.columns[0].no_wrap = rows.columns[2].no_wrap = True
    group = ("", "")
    for indicator in rubric.indikator:
        if (indicator.dimensi, indicator.subdimensi) != group:
            group = (indicator.dimensi, indicator.subdimensi)
            rows.add_row("", f"[bold]{escape(indicator.subdimensi.capitalize())}[/]", "", "")
        rows.add_row(
            indicator.kode,
            escape(indicator.singkat),
            " ".join(map(str, indicator.allowed)),
            ", ".join(actor_words(indicator.pelaku)) if indicator.dapat_digerakkan else "tidak dapat dinaikkan",
        )
    console.print(rows)
    console.print("Rincian satu indikator: idm rubric IKS05", style="dim")


def print_indicator(console: Console, rubric: Rubric, indicator: Indicator) -> None:
    """One indicator: what is asked, what each score takes, what raises it, who can, and the law."""
    dimension = rubric.dimension_of(indicator.kode)
    unit = rubric.unit(dimension)
    console.print(f"[bold]{indicator.kode}  {escape(indicator.nama)}[/]")
    console.print(
        f"{dimension.kode} {escape(dimension.nama)} · {escape(indicator.subdimensi)} · data {indicator.sifat}"
    )
    console.print(f"Label kementerian: {escape(indicator.label)}", style="dim")
    console.print()
    console.print(f"Jawaban ({ANSWER_KINDS[indicator.jawaban.jenis]}):")
    for variable in indicator.jawaban.variabel:
        unit_words = f" [{variable.satuan}]" if variable.satuan else ""
        console.print(Padding(escape(f"{variable.nama}: {variable.pertanyaan}{unit_words}"), (0, 0, 0, 2)))
    rows = Table(box=None, pad_edge=False, header_style="bold", show_edge=False, padding=(0, 2, 0, 0))
    for header in ("Skor", "Syarat", "Menuju skor penuh", "Tambah IDM"):
        rows.add_column(header, no_wrap=header in ("Skor", "Tambah IDM"), justify="left")
    for row in sorted(indicator.skor, key=lambda row: row.skor):
        gain = (max(indicator.allowed) - row.skor) * unit / rubric.scale
        rows.add_row(
            str(row.skor),
            escape(row.syarat),
            escape(row.kegiatan or "–"),
            f"{gain:.4f}".replace(".", ",") if gain else "",
        )
    console.print()
    console.print(rows)
    if indicator.jawaban.skor_penyebut_nol is not None:
        console.print(
            f"Bila {indicator.jawaban.variabel[1].nama} = 0: skor {indicator.jawaban.skor_penyebut_nol}", style="dim"
        )
    if not indicator.dapat_digerakkan:
        console.print(f"\nTidak dapat dinaikkan oleh rencana: {escape(indicator.alasan)}")
    console.print("\n[bold]Pelaku[/]")
    for actor in ACTORS:
        offices = indicator.pelaku.get(actor, ())
        if offices:
            named = ", ".join(rubric.instansi.get(office, office) for office in offices)
            console.print(Padding(f"{ACTOR_NAMES[actor]}: {escape(named)}", (0, 0, 0, 2)))
    print_plan_rule(console, rubric, indicator)
    notes = [row for row in indicator.skor if row.catatan]
    if notes:
        console.print("\n[bold]Catatan atas teks resmi[/]")
        for row in notes:
            console.print(Padding(escape(f"Skor {row.skor}: {row.catatan}"), (0, 0, 0, 2)))
    console.print("\n[bold]Acuan[/]")
    for kode in dict.fromkeys([indicator.acuan, *(row.acuan for row in indicator.skor), indicator.rencana.acuan]):
        console.print(Padding(escape(rubric.acuan[kode].judul), (0, 0, 0, 2)))
    console.print(f"  diperiksa terakhir {indicator.diperiksa.isoformat()}", style="dim")


def print_plan_rule(console: Console, rubric: Rubric, indicator: Indicator) -> None:
    """What a plan reckons with, and why."""
    rule = indicator.rencana
    lines = [f"Memimpin: {ACTOR_NAMES[rule.pelaku]} – {rubric.instansi.get(rule.instansi, rule.instansi)}"]
    if indicator.dapat_digerakkan:
        lines += [
            f"Beban: {rule.beban} per poin, ditambah {rule.mulai} sekali (10 = pekerjaan biasa desa dalam setahun)",
            f"Kunci: {lock_words(rule)}",
            f"Dipakai bersama: {SHARED[rule.bersama]}"
            + (f", setara {rule.setara} pekerjaan biasa" if rule.setara > 1 else ""),
        ]
    if rule.naik_setahun is not None:
        share = decimal(100 * rule.naik_setahun, 1)
        lines.append(f"Terukur: {share} % desa di bawah skor penuh naik setahun kemudian")
    console.print("\n[bold]Rencana[/]")
    for line in (*lines, rule.alasan):
        console.print(Padding(escape(line), (0, 0, 0, 2)))


def lock_words(rule: PlanRule) -> str:
    """When the indicator is locked, in words."""
    if rule.terkunci:
        return "terkunci untuk semua desa"
    if not rule.kunci_bila:
        return "tidak terkunci"
    return f"terkunci bila {conditions(rule)}"


def conditions(rule: PlanRule) -> str:
    """The scores under which the indicator is locked: `skor IKS15 di bawah 5`."""
    return " atau ".join(f"skor {lock.kode} {LOCK_WORDS[lock.banding]} {lock.skor}" for lock in rule.kunci_bila)


def edition_document(rubric: Rubric, editions: Sequence[str]) -> dict[str, Any]:
    """The edition as one JSON document."""
    return {
        "skema": SCHEMA_VERSION,
        "edisi": rubric.edisi,
        "judul": rubric.judul,
        "hash": rubric.hash,
        "edisi_tersedia": list(editions),
        "skala": rubric.scale,
        "status": [
            {"nama": status.nama, "k_min": status.k_min, "ambang": text(status.ambang)} for status in rubric.status
        ],
        "indikator": [indicator_document(rubric, indicator) for indicator in rubric.indikator],
    }


def indicator_document(rubric: Rubric, indicator: Indicator) -> dict[str, Any]:
    """One indicator as a JSON object."""
    return {
        "kode": indicator.kode,
        "nama": indicator.nama,
        "singkat": indicator.singkat,
        "label": indicator.label,
        "dimensi": indicator.dimensi,
        "subdimensi": indicator.subdimensi,
        "sifat": indicator.sifat,
        "dapat_digerakkan": indicator.dapat_digerakkan,
        "jawaban": answer_document(indicator.jawaban),
        "skor": [
            {
                "skor": row.skor,
                "batas": bounds_document(row.batas),
                "pilihan": list(row.pilihan),
                "syarat": row.syarat,
                "kegiatan": row.kegiatan,
                "catatan": row.catatan,
                "acuan": rubric.acuan[row.acuan].judul,
                "diperiksa": row.diperiksa.isoformat(),
            }
            for row in indicator.skor
        ],
        "pelaku": {actor: list(indicator.pelaku.get(actor, ())) for actor in ACTORS},
        "rencana": plan_rule_document(rubric, indicator.rencana),
        "acuan": rubric.acuan[indicator.acuan].judul,
    }


def plan_rule_document(rubric: Rubric, rule: PlanRule) -> dict[str, Any]:
    """What a plan reckons with."""
    return {
        "beban": rule.beban,
        "mulai": rule.mulai,
        "terkunci": rule.terkunci,
        "kunci_bila": [str(lock) for lock in rule.kunci_bila],
        "bersama": rule.bersama or None,
        "setara": rule.setara,
        "pelaku": rule.pelaku,
        "instansi": rule.instansi,
        "naik_setahun": rule.naik_setahun,
        "alasan": rule.alasan,
        "acuan": rubric.acuan[rule.acuan].judul,
        "diperiksa": rule.diperiksa.isoformat(),
    }


def answer_document(answer: Answer) -> dict[str, Any]:
    """The raw answer behind an indicator."""
    return {
        "jenis": answer.jenis,
        "variabel": [
            {"nama": variable.nama, "pertanyaan": variable.pertanyaan, "satuan": variable.satuan}
            for variable in answer.variabel
        ],
        "skor_penyebut_nol": answer.skor_penyebut_nol,
    }


def bounds_document(bounds: Bounds | None) -> dict[str, Any] | None:
    """An interval; decimals as text, because they are exact."""
    if bounds is None:
        return None
    return {
        "bawah": text(bounds.bawah),
        "bawah_termasuk": bounds.bawah_termasuk,
        "atas": text(bounds.atas),
        "atas_termasuk": bounds.atas_termasuk,
    }


def text(value: object) -> str | None:
    """A decimal as text, None as it is."""
    return None if value is None else str(value)
