"""An expression's text to `Test` or `Term`: sqlglot parses, an allow-list decides, types are checked.

Allowed: comparison, AND, OR, NOT, IN, BETWEEN, + - *, `receives('id', ...)`, `any_member(...)`, `count_members(...)`,
`sum_members(...)`, dated figures as `$name`. Everything else is a mistake that names its token. NULL does not occur:
not known is not a value one may ask for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from backend.eligibility import connectives as c
from backend.eligibility import values
from backend.eligibility.leaves import (
    Quotient,
    combined,
    constant,
    figure,
    formed,
    known,
    known_in,
    leaf,
    leaf_of,
    read,
)
from backend.eligibility.model import FactDef
from backend.eligibility.nodes import Sign, Term, Test
from backend.eligibility.values import Number

NUMBERS = ("int", "number", "money", "money_per_month", "percent")
STRANGE = re.compile(r"--|[^A-Za-z0-9_$'(),.<>=!+\-*\s]")
Tree = exp.Expr
SIGNS: dict[type[Tree], Literal["+", "-", "*"]] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}
COMPARISONS: dict[type[Tree], c.Settle] = {
    exp.LT: values.less,
    exp.LTE: c.settle_at_most,
    exp.GT: c.settle_greater,
    exp.GTE: c.settle_at_least,
    exp.EQ: values.equal,
    exp.NEQ: c.settle_differs,
}
Where = Literal["criterion", "person", "household"]  # where an expression stands, and so what it may read


class WrongExpressionError(Exception):
    """A mistake in an expression; the message names the token."""


@lru_cache(maxsize=4096)
def _tree(text: str) -> Tree:
    """The syntax tree; parsed once, since the loader checks what the engine then compiles."""
    strange = STRANGE.search(text)
    if strange:
        raise WrongExpressionError(f"`{strange.group()}` is not allowed in an expression")
    try:
        trees = sqlglot.parse(text, read="postgres")
    except SqlglotError as problem:
        raise WrongExpressionError(f"`{text}` cannot be read as an expression") from problem
    if len(trees) != 1 or trees[0] is None:
        raise WrongExpressionError("the expression is empty")
    return trees[0]


@dataclass(slots=True)
class Parser:
    """What expressions may speak of. `quotients` fills as derived facts are compiled, inputs first."""

    facts: Mapping[str, FactDef]
    parameters: Mapping[str, object]
    programmes: frozenset[str]  # everything `receives` may name
    granting: tuple[str, ...]  # programmes that give a status
    groups: dict[str, tuple[str, ...]]
    quotients: dict[str, Quotient] = field(default_factory=dict)

    def test(self, text: str, where: Where = "criterion") -> Test:
        """A condition. Raises WrongExpressionError."""
        return self._test(_tree(text), where, inside=False)

    def term(self, text: str, where: Where = "criterion") -> Term:
        """A number. Raises WrongExpressionError."""
        return self._term(_tree(text), where, inside=False)

    # ---- conditions

    def _test(self, tree: Tree, where: Where, *, inside: bool) -> Test:
        if isinstance(tree, exp.Paren):
            return self._test(tree.this, where, inside=inside)
        if isinstance(tree, exp.And | exp.Or):
            kind: Literal["and", "or"] = "and" if isinstance(tree, exp.And) else "or"
            parts = tuple(self._test(part, where, inside=inside) for part in tree.flatten(unnest=True))
            runs = tuple(part.run for part in parts)
            return Test(kind, c.all_of(runs) if kind == "and" else c.any_of(runs), parts)
        if isinstance(tree, exp.Not):
            part = self._test(tree.this, where, inside=inside)
            return Test("not", c.opposite(part.run), (part,))
        if type(tree) in COMPARISONS:
            return self._comparison(tree, where, inside=inside)
        if isinstance(tree, exp.In):
            return self._in(tree, where, inside=inside)
        if isinstance(tree, exp.Between):
            return self._between(tree, where, inside=inside)
        if isinstance(tree, exp.Anonymous):
            return self._predicate(tree, where, inside=inside)
        if isinstance(tree, exp.Column):
            fact = self._fact(tree, where, inside=inside)
            if fact.type != "bool":
                raise WrongExpressionError(f"`{fact.id}` is not true or false: compare it with something")
            return leaf(known(fact.id, True), fact.id)
        raise WrongExpressionError(f"`{_show(tree)}` is not allowed as a condition")

    def _comparison(self, tree: Tree, where: Where, *, inside: bool) -> Test:
        left, right = tree.args["this"], tree.args["expression"]
        settle = COMPARISONS[type(tree)]
        fact = self._plain_fact(left, where, inside=inside)
        if fact is not None and fact.type not in NUMBERS:
            if not isinstance(tree, exp.EQ | exp.NEQ):
                raise WrongExpressionError(f"`{fact.id}` is not a number: `{_show(tree)}`")
            test = leaf(known(fact.id, self._literal(fact, right)), fact.id)
            return test if isinstance(tree, exp.EQ) else Test("not", c.opposite(test.run), (test,))
        a = self._term(left, where, inside=inside)
        b = self._term(right, where, inside=inside)
        if fact is not None and isinstance(tree, exp.EQ | exp.NEQ) and isinstance(right, exp.Literal):
            self._literal(fact, right)
        if a.quotient:
            parts = self.quotients[a.quotient]
            run = c.quotient_compared(a.quotient, parts.top.run, parts.bottom.run, b.run, settle)
        elif b.quotient:
            parts = self.quotients[b.quotient]
            mirrored = _mirrored(type(tree))
            run = c.quotient_compared(b.quotient, parts.top.run, parts.bottom.run, a.run, mirrored)
        else:
            run = c.compared(a.run, b.run, settle)
        test = leaf_of(run, a, b)
        signs: dict[type[Tree], Sign] = {exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">="}
        signs |= {exp.EQ: "=", exp.NEQ: "<>"}
        return replace(test, against=(fact.id, signs[type(tree)], b)) if fact else test

    def _in(self, tree: exp.In, where: Where, *, inside: bool) -> Test:
        items = tree.args.get("expressions") or []
        if not items or tree.args.get("query") or tree.args.get("unnest") or tree.args.get("field"):
            raise WrongExpressionError(f"IN needs a list of values: `{_show(tree)}`")
        fact = self._plain_fact(tree.this, where, inside=inside)
        if fact is not None and fact.type not in NUMBERS:
            wanted = frozenset(self._literal(fact, item) for item in items)
            return leaf(known_in(fact.id, wanted), fact.id)
        term = self._term(tree.this, where, inside=inside)
        numbers = frozenset(_number(item) for item in items)
        if fact is not None:
            for item in items:
                self._literal(fact, item)
        return leaf_of(c.within(term.run, numbers), term)

    def _between(self, tree: exp.Between, where: Where, *, inside: bool) -> Test:
        if tree.args.get("symmetric"):
            raise WrongExpressionError("BETWEEN SYMMETRIC is not allowed")
        low = exp.GTE(this=tree.this, expression=tree.args["low"])
        high = exp.LTE(this=tree.this, expression=tree.args["high"])
        parts = tuple(self._comparison(part, where, inside=inside) for part in (low, high))
        return Test("and", c.all_of(tuple(part.run for part in parts)), parts)

    def _predicate(self, tree: exp.Anonymous, where: Where, *, inside: bool) -> Test:
        name, given = str(tree.this), tree.expressions
        if name == "receives":
            return self._receives(given, where)
        if name == "any_member":
            if inside or len(given) != 1:
                raise WrongExpressionError("any_member needs one condition, and none within another")
            part = self._test(given[0], where, inside=True)
            return Test("any", c.any_member(part.run), (part,))
        raise WrongExpressionError(f"`{name}` is not a predicate one may use here")

    def _receives(self, given: list[Tree], where: Where) -> Test:
        if where != "criterion":
            raise WrongExpressionError("`receives` is not allowed in a derived fact")
        if not given or not all(isinstance(item, exp.Literal) and item.is_string for item in given):
            raise WrongExpressionError("`receives` needs programme ids in quotes")
        wanted = tuple(str(item.this) for item in given)
        for programme in wanted:
            if programme not in self.programmes:
                raise WrongExpressionError(
                    f"`{programme}` is neither a programme nor a status of this catalogue"
                )
        granting = tuple(programme for programme in wanted if programme in self.granting)
        run = c.receives(frozenset(wanted), self.groups, granting)
        return Test("receives", run, programmes=wanted)

    # ---- numbers

    def _term(self, tree: Tree, where: Where, *, inside: bool) -> Term:
        if isinstance(tree, exp.Paren):
            return self._term(tree.this, where, inside=inside)
        if isinstance(tree, exp.Literal | exp.Neg):
            number = _number(tree)
            return Term(constant((number, number)))
        if isinstance(tree, exp.Parameter):
            name = str(tree.this.this) if isinstance(tree.this, exp.Var) else _show(tree.this)
            if name not in self.parameters:
                raise WrongExpressionError(f"`${name}` is not a dated figure of this catalogue")
            return Term(figure(name), figures=(name,))
        if isinstance(tree, exp.Add | exp.Sub | exp.Mul):
            a = self._term(tree.this, where, inside=inside)
            b = self._term(tree.expression, where, inside=inside)
            return combined(SIGNS[type(tree)], a, b)
        if isinstance(tree, exp.Anonymous):
            return self._aggregate(tree, where, inside=inside)
        if isinstance(tree, exp.Column):
            fact = self._fact(tree, where, inside=inside)
            if fact.type not in NUMBERS:
                raise WrongExpressionError(f"`{fact.id}` is not a number")
            found = self.quotients.get(fact.id)
            if found:
                return Term(formed(fact.id, found), facts=(fact.id,), quotient=fact.id)
            return Term(read(fact.id), facts=(fact.id,))
        raise WrongExpressionError(f"`{_show(tree)}` is not allowed as a number")

    def _aggregate(self, tree: exp.Anonymous, where: Where, *, inside: bool) -> Term:
        name, given = str(tree.this), tree.expressions
        if name not in ("count_members", "sum_members"):
            raise WrongExpressionError(f"`{name}` does not give a number one may use here")
        if inside or len(given) != 1:
            raise WrongExpressionError(f"{name} needs one argument, and none within another")
        if name == "count_members":
            part = self._test(given[0], where, inside=True)
            return Term(c.count_members(part.run), counted=(part,))
        amount = self._term(given[0], where, inside=True)
        run = c.sum_members(amount.run, amount.subtracts)
        return Term(run, figures=amount.figures, of_members=amount.facts, subtracts=amount.subtracts)

    # ---- facts and literals

    def _fact(self, tree: exp.Column, where: Where, *, inside: bool) -> FactDef:
        name = tree.name
        fact = None if tree.table or tree.this.args.get("quoted") else self.facts.get(name)
        if fact is None:
            raise WrongExpressionError(f"unknown fact `{_show(tree)}`")
        if fact.scope == "person" and where == "household" and not inside:
            raise WrongExpressionError(
                f"`{name}` belongs to a person: a household's fact needs any_member or the like"
            )
        if fact.type in ("date", "programme_set"):
            raise WrongExpressionError(f"`{name}` cannot be compared: use age or receives(...)")
        return fact

    def _plain_fact(self, tree: Tree, where: Where, *, inside: bool) -> FactDef | None:
        while isinstance(tree, exp.Paren):
            tree = tree.this
        return self._fact(tree, where, inside=inside) if isinstance(tree, exp.Column) else None

    def _literal(self, fact: FactDef, tree: Tree) -> bool | str | Number:
        """A value of this fact, of its type and among those it may have."""
        if fact.type == "bool":
            if isinstance(tree, exp.Boolean):
                return bool(tree.this)
            raise WrongExpressionError(f"`{fact.id}` is TRUE or FALSE, not `{_show(tree)}`")
        if fact.type == "enum":
            found = str(tree.this) if isinstance(tree, exp.Literal) and tree.is_string else None
            if found is None or found not in fact.allowed:
                raise WrongExpressionError(f"`{_show(tree)}` is not a value of {fact.id}")
            return found
        number = _number(tree)
        if fact.allowed and number not in fact.allowed:
            raise WrongExpressionError(f"`{_show(tree)}` is not a value of {fact.id}")
        return number


def _mirrored(kind: type[Tree]) -> c.Settle:
    """The comparison that holds when the sides are swapped."""
    swapped: dict[type[Tree], type[Tree]] = {
        exp.LT: exp.GT,
        exp.GT: exp.LT,
        exp.LTE: exp.GTE,
        exp.GTE: exp.LTE,
    }
    return COMPARISONS[swapped.get(kind, kind)]


def _number(tree: Tree) -> Number:
    """A number that stands in the text."""
    if isinstance(tree, exp.Paren):
        return _number(tree.this)
    if isinstance(tree, exp.Neg):
        return -_number(tree.this)
    if isinstance(tree, exp.Literal) and not tree.is_string:
        return values.exact(Decimal(str(tree.this)))
    raise WrongExpressionError(f"`{_show(tree)}` is not a number")


def _show(tree: Tree) -> str:
    """The piece of text a mistake speaks of."""
    return tree.sql(dialect="postgres")
