"""How paths were made, in pairs for the notes of workbooks."""

from idmcli.gap import Choice, weight_words
from idmcli.rubric import Rubric

Pairs = list[tuple[str, str]]
COSTS = {
    "rupiah": "rupiah per langkah; langkah tanpa biaya tidak dipakai",
    "beban": "beban kerja menurut rubrik: beban per poin ditambah beban tiap indikator yang disentuh",
    "intervensi": "jumlah intervensi; di antara yang sama banyak, beban kerja menurut rubrik",
}


def of_paths(choice: Choice, rubric: Rubric) -> Pairs:
    """What paths cost, and what they keep away from."""
    pairs = [
        ("Jalur", "Pilihan langkah termurah yang mencapai target, dihitung tepat atas skor yang berlaku"),
        ("Target", choice.target or "status berikutnya tiap desa"),
        ("Biaya", f"{COSTS[choice.biaya.satuan]} ({choice.biaya.sumber})"),
        ("Bobot poin", weight_words(rubric)),
    ]
    for label, text in (
        ("Dikunci", ", ".join(sorted(choice.kunci))),
        ("Dibuka", ", ".join(sorted(choice.buka))),
        ("Hanya pelaku", ", ".join(sorted(choice.pelaku)) if choice.pelaku is not None else ""),
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
        f"{row.kode} bila {' atau '.join(map(str, row.rencana.kunci_bila))}"
        for row in rubric.indikator
        if row.rencana.kunci_bila and row.kode not in choice.buka
    ]
    return f"tidak dapat digerakkan: {', '.join(never)}; dikunci: {', '.join([*always, *sometimes])}"
