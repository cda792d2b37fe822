"""Great Expectations, and nothing else of this house: frames and gates in, results out.

An ephemeral context: no project folder, no Data Docs (they load scripts from public networks and show offending
values), no analytics.
"""

import logging
import os
import warnings
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, Final

import polars as pl

from tasks.errors import RencontresError
from tasks.messages import message
from tasks.validate.gate import FrameName, Gate, GateResult, keys_of

os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read once, when the library is imported
with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # its own imports of modules that Python will drop
    import great_expectations as gx
    from great_expectations import expectations
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.execution_engine import pandas_execution_engine

logging.getLogger("great_expectations").setLevel(logging.WARNING)  # it tells of every temporary folder

# Smaller frames it would hash, for a mark that nobody reads: a third of its time where 200,000 leaders are judged.
pandas_execution_engine.HASH_THRESHOLD = 0

_TABLE_ROW: Final = "base"
_NAMED_COUNT: Final = 1000


def run_gates(frames: Mapping[FrameName, pl.DataFrame], gates: Sequence[Gate]) -> tuple[GateResult, ...]:
    """Judge every frame by its gates and return one result per gate, in the order of ``gates``.

    Raises RencontresError when an expectation could not be evaluated: that is a fault of ours, not of the data.
    """
    by_frame = groupby(sorted(gates, key=lambda gate: gate.frame), key=lambda gate: gate.frame)
    results = {
        result.code: result for name, members in by_frame for result in _judge_frame(frames[name], tuple(members))
    }
    return tuple(results[gate.code] for gate in gates)


def _judge_frame(frame: pl.DataFrame, gates: Sequence[Gate]) -> list[GateResult]:
    """Judge one frame; pandas is handed only what the gates read; keys are looked up here."""
    suite = gx.ExpectationSuite(gates[0].frame, expectations=[_built(gate) for gate in gates])
    read = sorted({column for gate in gates for column in gate.expectation.columns if column in frame.columns})
    outcome = (
        _batch_definition()
        .get_batch({"dataframe": frame.select(read).to_pandas()})
        .validate(suite, result_format={"result_format": "COMPLETE"})
    )
    found = {verdict.expectation_config.meta["gate"]: verdict for verdict in outcome.results}
    return [_result(gate, found[gate.code], frame) for gate in gates]


def _built(gate: Gate) -> Any:  # noqa: ANN401 -- Great Expectations has no types
    """Build the expectation that a gate names; severity is ours to judge, so theirs stays at its default."""
    kind = getattr(expectations, gate.expectation.kind)
    return kind(**gate.expectation.arguments, meta={"gate": gate.code})


@cache
def _batch_definition() -> Any:  # noqa: ANN401 -- Great Expectations has no types
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("registration base").add_dataframe_asset("frame")
    return asset.add_batch_definition_whole_dataframe("whole")


def _result(gate: Gate, verdict: Any, frame: pl.DataFrame) -> GateResult:  # noqa: ANN401 -- Great Expectations has no types
    _require_evaluated(gate, verdict.exception_info)
    rows = frame.select(gate.keys)[verdict.result.get("unexpected_index_list") or []].unique().sort(gate.keys)
    is_named = gate.frame == _TABLE_ROW
    return GateResult(
        code=gate.code,
        table_name=gate.table_name,
        severity=gate.severity,
        is_passed=bool(verdict.success),
        checked_count=int(verdict.result["element_count"]),
        failed_count=rows.height,
        failed_keys=tuple(
            keys_of(row, gate.keys, is_named=is_named) for row in rows.head(_NAMED_COUNT).iter_rows(named=True)
        ),
    )


def _require_evaluated(gate: Gate, exception_info: Mapping[str, Any]) -> None:
    """Refuse a result that rests on an exception; the library nests them by metric, except where there is none."""
    infos = [exception_info] if "raised_exception" in exception_info else list(exception_info.values())
    if any(info["raised_exception"] for info in infos):
        raise RencontresError(
            message("the gate {code} could not be evaluated; the data is not at fault.", code=gate.code),
            where=gate.table_name,
            remedy=message("Report it with the version of rencontres; nothing was written."),
        )
