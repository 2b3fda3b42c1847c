"""The pictures of a sheet, from its facts: the ladder and the bars, each for paper and for a phone."""

from idmcli.documents import bars as bar_chart
from idmcli.documents.ladder import Ladder, LadderStep, rungs, staircase
from idmcli.documents.sheet_facts import Facts
from idmcli.documents.sheet_status import distance, minimal
from idmcli.documents.sheet_words import Words
from idmcli.words import decimal


def pictures(facts: Facts, words: Words, font: str) -> dict[str, str]:
    """`gambar`: SVG text by name, and what each shows in words."""
    ladder, chart = _ladder(facts, words), _bars(facts, words)
    return {
        "tangga": staircase(ladder, font=font),
        "tangga_sempit": rungs(ladder, font=font),
        "tangga_kata": ladder.kata,
        "indeks": bar_chart.bars(chart, font=font),
        "indeks_sempit": bar_chart.bars(chart, width=bar_chart.NARROW, font=font),
        "indeks_kata": chart.kata,
    }


def _ladder(facts: Facts, words: Words) -> Ladder:
    rubric = facts.rubric
    lowest, *higher = rubric.status
    steps = [LadderStep(lowest.nama, 0.0, "")]
    steps += [LadderStep(row.nama, row.k_min / rubric.scale, minimal(row, rubric)) for row in higher]
    after = None if facts.k_after is None else facts.k_after / rubric.scale
    now, said = words("gambar.sekarang"), words("gambar.tangga_kosong")
    if facts.status:
        said = words("gambar.tangga", idm=decimal(facts.idm), status=facts.status.nama)
    if facts.target and facts.missing:
        now = f"{now}, {words('gambar.kurang', kurang=distance(facts))}"
        said += " " + words("gambar.tangga_tujuan", tujuan=facts.target.nama, minimal=minimal(facts.target, rubric))
    return Ladder(
        tangga=steps,
        idm=facts.idm,
        tujuan=facts.target.nama if facts.target and facts.missing else None,
        sesudah=after,
        kata_idm=f"IDM {decimal(facts.idm)}",
        kata_sekarang=now,
        kata_hasil="" if after is None else decimal(after),
        kata_sesudah="" if after is None else words("gambar.sesudah"),
        kata=said,
    )


def _bars(facts: Facts, words: Words) -> bar_chart.Bars:
    row, means = facts.given.desa, facts.given.rata_kabupaten
    chart = [
        bar_chart.Bar(dimension.kode, dimension.nama, row.get(dimension.kolom), means.get(dimension.kolom))
        for dimension in facts.rubric.dimensi
    ]
    chart.append(bar_chart.Bar("IDM", words("gambar.idm"), facts.idm, means.get("idm"), utama=True))
    listed = "; ".join(
        words("gambar.indeks_isi", kode=bar.kode, desa=decimal(bar.nilai), kabupaten=decimal(bar.rata)) for bar in chart
    )
    return bar_chart.Bars(
        batang=chart,
        ambang=[status.k_min / facts.rubric.scale for status in facts.rubric.status[1:]],
        legenda_desa=words("gambar.legenda_desa"),
        legenda_kabupaten=words("gambar.legenda_kabupaten"),
        legenda_ambang=words("gambar.legenda_ambang"),
        kata=words("gambar.indeks", isi=listed),
    )
