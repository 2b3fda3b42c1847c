"""How paths were made, in pairs for the notes of workbooks."""

from idmcli.commands.show_rubric import conditions
from idmcli.gap import Choice, weight_words
from idmcli.rubric import Rubric, actor_words

Pairs = list[tuple[str, str]]
COSTS = {
    "rupiah": "rupiah per langkah; langkah tanpa biaya tidak dipakai",
    "beban": "beban kerja menurut rubrik: beban per poin, ditambah beban memulai tiap indikator",
    "intervensi": "jumlah intervensi (langkah); di antara yang sama banyak, beban kerja menurut rubrik",
}


def of_paths(choice: Choice, rubric: Rubric) -> Pairs:
    """What paths cost, and what they keep away from."""
    pairs = [
        ("Jalur", "Pilihan langkah paling ringan yang mencapai target, dihitung tepat atas skor yang berlaku"),
        ("Target", choice.target or "status berikutnya tiap desa"),
        ("Ukuran", f"{COSTS[choice.biaya.satuan]} ({choice.biaya.sumber})"),
        ("Bobot poin", weight_words(rubric)),
    ]
    for label, text in (
        ("Dikunci", ", ".join(sorted(choice.kunci))),
        ("Dibuka", ", ".join(sorted(choice.buka))),
        ("Hanya pelaku", ", ".join(actor_words(choice.pelaku or ()))),
        ("Paling banyak", f"{choice.maks_indikator} indikator per desa" if choice.maks_indikator else ""),
    ):
        if text:
            pairs.append((label, text))
    return [*pairs, ("Kunci rubrik", rubric_locks(choice, rubric))]


def rubric_locks(choice: Choice, rubric: Rubric) -> str:
    """What the rubric itself keeps paths away from."""
    never = [row.kode for row in rubric.indikator if not row.dapat_digerakkan]
    always = [row.kode for row in rubric.indikator if row.rencana.terkunci and row.kode not in {*never, *choice.buka}]
    sometimes = [
        f"{row.kode} bila {conditions(row.rencana)}"
        for row in rubric.indikator
        if row.rencana.kunci_bila and row.kode not in choice.buka
    ]
    return f"tidak dapat dinaikkan: {', '.join(never)}; dikunci: {', '.join([*always, *sometimes])}"
