"""Counting in unary by clauses: sorters and mergers whose outputs are the inputs, the true ones first.

A CP-SAT model learns from these clauses what it does not learn from the sums they stand for: on published instances
the difference between minutes and no proof at all. Direct mergers after Bailleux and Boufkhad (CP 2003), odd-even ones
after Batcher (1968), both truncated to the outputs that are needed (Asin and others, Constraints 16, 2011).
"""

from collections.abc import Sequence
from typing import Final, TypeAlias

from ortools.sat.python import cp_model

Literals: TypeAlias = Sequence[cp_model.IntVar]

# Up to here the quadratic merger has few enough clauses for its stronger propagation to pay.
_MOST_DIRECT: Final = 64


def sorted_literals(model: cp_model.CpModel, inputs: Literals, most: int) -> list[cp_model.IntVar]:
    """Return ``min(most, len(inputs))`` literals of which the i-th (from 0) holds when more than i inputs do."""
    if len(inputs) <= 1:
        return list(inputs[:most])
    half = len(inputs) // 2
    first, second = (sorted_literals(model, part, most) for part in (inputs[:half], inputs[half:]))
    return merged(model, first, second, most)


def merged(model: cp_model.CpModel, one: Literals, other: Literals, most: int) -> list[cp_model.IntVar]:
    """Merge two sorted sequences into the first ``most`` literals of the sorted whole."""
    one, other = one[:most], other[:most]
    if not one or not other:
        return [*one, *other]
    if len(one) * len(other) <= _MOST_DIRECT:
        return _merged_directly(model, one, other, most)
    evens = merged(model, one[::2], other[::2], most // 2 + 1)
    odds = merged(model, one[1::2], other[1::2], most // 2)
    outputs = evens[:1]
    for low, high in zip(evens[1:], odds, strict=False):
        outputs += _compared(model, low, high, most - len(outputs))
    # Without truncation one of the two is longer by one: all pairs are compared, and it comes last.
    left = [*evens[len(odds) + 1 :], *odds[len(evens) - 1 :]]
    return [*outputs, *left][:most]


def _merged_directly(model: cp_model.CpModel, one: Literals, other: Literals, most: int) -> list[cp_model.IntVar]:
    """State for each pair of counts what the sum is at least and at most."""
    outputs = [model.new_bool_var("") for _ in range(min(most, len(one) + len(other)))]
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            if 0 < i + j <= len(outputs):
                reached = [~literal for literal in (*one[i - 1 : i], *other[j - 1 : j])]
                model.add_bool_or([*reached, outputs[i + j - 1]])
            if i + j < len(outputs):
                model.add_bool_or([*one[i : i + 1], *other[j : j + 1], ~outputs[i + j]])
    return outputs


def _compared(
    model: cp_model.CpModel, one: cp_model.IntVar, other: cp_model.IntVar, most: int
) -> list[cp_model.IntVar]:
    """Return whether one or both hold and, where ``most`` allows a second output, whether both do."""
    either = model.new_bool_var("")
    model.add_bool_or([~either, one, other])
    model.add_implication(one, either)
    model.add_implication(other, either)
    if most == 1:
        return [either]
    both = model.new_bool_var("")
    model.add_bool_or([both, ~one, ~other])
    model.add_implication(both, one)
    model.add_implication(both, other)
    return [either, both]
