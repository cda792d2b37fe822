"""Small circuits of clauses for CP-SAT models: one of, all but, at most so many."""

from collections.abc import Iterable

from ortools.sat.python import cp_model


def hold(model: cp_model.CpModel, literals: Iterable[cp_model.IntVar]) -> None:
    """Let all of these hold."""
    for literal in literals:
        model.add_bool_or([literal])


def forbid(model: cp_model.CpModel, literals: Iterable[cp_model.IntVar]) -> None:
    """Let none of these hold."""
    for literal in literals:
        model.add_bool_or([~literal])


def implied_by_any(model: cp_model.CpModel, literals: Iterable[cp_model.IntVar]) -> cp_model.IntVar:
    """Return a literal that holds if one of these does, and maybe otherwise."""
    some = model.new_bool_var("")
    for literal in literals:
        model.add_implication(literal, some)
    return some


def any_of(model: cp_model.CpModel, literals: list[cp_model.IntVar]) -> cp_model.IntVar:
    """Return a literal that holds exactly if one of these does."""
    if len(literals) == 1:
        return literals[0]
    some = implied_by_any(model, literals)
    model.add_bool_or([~some, *literals])
    return some


def all_but(model: cp_model.CpModel, literals: list[cp_model.IntVar], others: list[cp_model.IntVar]) -> cp_model.IntVar:
    """Return a literal that holds exactly if all of these do and none of the others."""
    every = model.new_bool_var("")
    for literal in literals:
        model.add_implication(every, literal)
    for literal in others:
        model.add_implication(every, ~literal)
    model.add_bool_or([every, *(~literal for literal in literals), *others])
    return every


def at_most(model: cp_model.CpModel, most: int, literals: Iterable[cp_model.IntVar]) -> None:
    """Let no more than ``most`` (at least 1) of these hold: the sequential counter of Sinz (CP 2005)."""
    counted: list[cp_model.IntVar] = []
    for literal in literals:
        if len(counted) == most:
            model.add_bool_or([~literal, ~counted[-1]])
        grown = []
        for level in range(min(len(counted) + 1, most)):
            more = model.new_bool_var("")
            for as_many in counted[level : level + 1]:
                model.add_implication(as_many, more)
            fewer = counted[level - 1 : level] if level else []
            model.add_bool_or([~literal, more, *(~below for below in fewer)])
            grown.append(more)
        counted = grown
