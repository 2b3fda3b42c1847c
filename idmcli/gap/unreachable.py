"""Why a village cannot reach its target with what is allowed, and the least that would have to be allowed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from idmcli.gap.bars import ACTOR, OFFICER, PRICE, by_rubric
from idmcli.gap.board import NEVER, Board, Ints, price_table
from idmcli.gap.choice import Choice
from idmcli.gap.search import blocks, search
from idmcli.parameters.costs import effort_costs
from idmcli.rubric.actors import actor_words
from idmcli.rubric.model import FULL_SCORE, Rubric
from idmcli.words import decimal


def explained(board: Board, need: Ints, targets: Sequence[str], rubric: Rubric, choice: Choice) -> list[str]:
    """One sentence per village: how far it comes, and the least that would have to be allowed as well.

    A limit on the number of indicators is lifted first, if that is enough. Else as few locks of the rubric as possible
    are opened (it has its reasons), then as few of the officer's own bars, then those that take least effort by the
    rubric: within the limit, or beyond it where only that spares the rubric's locks. What nobody can move is never
    proposed.

    Args:
        board: the villages without a path.
        need: `[v]` units of 1/scale that each lacks.
        targets: the status each was to reach.
        rubric: the edition.
        choice: what was asked.
    """
    gains = -np.sort(-(_most(board) * board.units), axis=1)
    limit = choice.maks_indikator
    reach = gains[:, :limit].sum(axis=1)
    enough = gains.cumsum(axis=1) >= need[:, None]
    fewest = np.where(enough.any(axis=1), enough.argmax(axis=1) + 1, 0)
    opened = _opened(board, np.where(fewest > 0, 0, need), rubric, limit)
    if limit is not None:
        unwanted = np.array([one.by_rubric or not one.steps for one in opened]) & (fewest == 0)
        wider = _opened(board, np.where(unwanted, need, 0), rubric, None)
        opened = [
            two if two.steps and (not two.by_rubric or not one.steps) else one
            for one, two in zip(opened, wider, strict=True)
        ]
    texts = []
    for v, target in enumerate(targets):
        head = _reached(int(board.k[v]), int(reach[v]), rubric)
        if fewest[v]:
            texts.append(f"{head}; {target} perlu paling sedikit {fewest[v]} indikator")
        elif opened[v].steps:
            more = f", dengan batas {opened[v].number} indikator" if opened[v].number > (limit or NEVER) else ""
            texts.append(f"{head}; {target} tercapai bila {opened[v].in_words(rubric)}{more}")
        else:
            texts.append(f"{head}; {target} tidak tercapai walaupun semua kunci dibuka")
    return texts


@dataclass(frozen=True)
class _Opened:
    """What would have to be opened: steps (indicator, from, to, bits that bar it), and how many a path then touches."""

    steps: tuple[tuple[str, int, int, int], ...]
    number: int

    @property
    def by_rubric(self) -> bool:
        """Whether a lock of the rubric is among them."""
        return any(by_rubric(bits) for _, _, _, bits in self.steps)

    def in_words(self, rubric: Rubric) -> str:
        """`kunci rubrik IKL02 dan IKS27 dibuka, dan pelaku IKS02 (kabupaten) dilibatkan`."""
        locked = [kode for kode, _, _, bits in self.steps if by_rubric(bits)]
        barred = [kode for kode, _, _, bits in self.steps if bits & OFFICER]
        others = [
            f"{kode} ({', '.join(actor_words(rubric.by_code[kode].pelaku))})"
            for kode, _, _, bits in self.steps
            if bits & ACTOR
        ]
        unpriced = [f"{kode} {start}→{end}" for kode, start, end, bits in self.steps if bits & PRICE]
        parts = [
            f"kunci rubrik {_and(locked)} dibuka" if locked else "",
            f"kunci kantor {_and(barred)} dilepas" if barred else "",
            f"pelaku {_and(others)} dilibatkan" if others else "",
            f"biaya {_and(unpriced)} diisi" if unpriced else "",
        ]
        return ", dan ".join(part for part in parts if part)


def _opened(board: Board, need: Ints, rubric: Rubric, limit: int | None) -> list[_Opened]:
    """Per village with a need above 0 the barred steps of the path that opens least; none where no path exists."""
    effort = price_table(effort_costs(rubric).langkah, rubric)
    once = int(effort[effort < NEVER].max(initial=0)) * len(rubric.codes) + 1
    by_lock = np.array([once, once * (len(rubric.codes) + 1)])
    opened = [_Opened((), 0)] * len(need)
    for villages in blocks(need, rubric, limit):
        part = board.part(villages)
        unpriced = (part.priced() == NEVER) & (part.bars & PRICE == 0)[:, :, None]
        barred = unpriced * PRICE | part.bars[:, :, None]
        own = effort[np.arange(len(rubric.codes))[None, :], part.scores]
        penalty = np.where(barred > 0, by_lock[by_rubric(barred).astype(np.int64)], 0)
        prices = np.where(own < NEVER, own + penalty, NEVER)
        taken = search(prices, need[villages], rubric, limit).taken[0]
        for row, v in enumerate(villages):
            touched = np.flatnonzero(taken[row])
            steps = [(i, int(part.scores[row, i]), int(taken[row, i])) for i in touched]
            opened[v] = _Opened(
                tuple(
                    (rubric.codes[i], start, start + points, int(barred[row, i, points]))
                    for i, start, points in steps
                    if barred[row, i, points]
                ),
                len(touched),
            )
    return opened


def _most(board: Board) -> Ints:
    """`[v, i]` most points that may be gained on an indicator."""
    by_score: Ints = ((board.prices < NEVER) * np.arange(FULL_SCORE + 1)).max(axis=2).astype(np.int64)
    return np.where(board.bars == 0, by_score[np.arange(len(board.units))[None, :], board.scores], 0)


def _reached(k: int, gain: int, rubric: Rubric) -> str:
    if not gain:
        return "Tidak ada indikator yang boleh dinaikkan"
    best = k + gain
    status = rubric.status_at(best).nama
    return f"Dengan langkah yang boleh dipakai, IDM paling tinggi {decimal(best / rubric.scale)} ({status})"


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{',' if len(names) > 2 else ''} dan {names[-1]}"
