"""A pair of years in figures, and its moves in long form."""

import polars as pl

from idmcli.columns import IDM_K, KODE_DESA
from idmcli.compare.result import FROM, SCHEMAS, TO
from idmcli.rubric.model import Rubric


def summary(
    then: pl.DataFrame,
    now: pl.DataFrame,
    perubahan: pl.DataFrame,
    pair: tuple[int, int],
    places: tuple[int, int, int],
    *,
    leap: float,
    rubric: Rubric,
) -> pl.DataFrame:
    """One row of `Compared.ringkasan`.

    Args:
        then: all rows of the earlier year.
        now: all rows of the later year.
        perubahan: the changes between them.
        pair: the two years.
        places: how many villages are gone, new and renamed.
        leap: an IDM that moves more than this is a leap (0–1).
        rubric: the edition, for the scale.
    """
    known = perubahan.drop_nulls("selisih_k")
    moved, direction, same = (known.get_column(name) for name in ("selisih_k", "arah", "kiriman_sama"))
    sums = [
        sum(frame.join(known, on=KODE_DESA, how="semi").get_column(IDM_K).to_list(), start=0) for frame in (then, now)
    ]
    means = [total / (rubric.scale * known.height) if known.height else None for total in sums]
    row = {
        FROM: pair[0],
        TO: pair[1],
        "desa_dari": then.height,
        "desa_ke": now.height,
        "dibandingkan": known.height,
        **{name: int((direction == name).sum()) for name in ("naik", "turun", "tetap")},
        "idm_naik": int((moved > 0).sum()),
        "idm_turun": int((moved < 0).sum()),
        "idm_tetap": int((moved == 0).sum()),
        "lonjakan": int((moved.abs() > leap * rubric.scale).sum()),
        "berskor": int(same.is_not_null().sum()),
        "kiriman_sama": int(same.sum()),
        **dict(zip(("hilang", "baru", "ganti_nama"), places, strict=True)),
        "idm_dari": means[0],
        "idm_ke": means[1],
        "selisih_idm": (sums[1] - sums[0]) / (rubric.scale * known.height) if known.height else None,
    }
    return pl.DataFrame([row], schema=SCHEMAS["ringkasan"])


def long_moves(matrix: pl.DataFrame, pair: tuple[int, int]) -> pl.DataFrame:
    """A matrix of moves (`classify.matrix`) as rows of `Compared.perpindahan`."""
    order = matrix.get_column("dari").to_list()
    rows = matrix.rename({"dari": "status_dari"}).unpivot(
        index="status_dari", variable_name="status_ke", value_name="jumlah"
    )
    rank = {name: number for number, name in enumerate(order)}
    return (
        rows.sort(
            *(pl.col(name).replace_strict(rank, return_dtype=pl.Int8) for name in ("status_dari", "status_ke")),
        )
        .with_columns(pl.lit(pair[0], pl.Int32).alias(FROM), pl.lit(pair[1], pl.Int32).alias(TO))
        .select(list(SCHEMAS["perpindahan"]))
    )
