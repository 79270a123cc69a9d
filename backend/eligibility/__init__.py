"""The pure rule engine: plain objects in, plain objects out. What is exported here is all that others may use.

rules = compile_catalogue(catalogue)        # once; every error in the catalogue, all at once, as CatalogueError
screening = screen(rules, case)             # True / False / None per programme and subject, with reasons
question = next_question(rules, case, screening, mode="shortlist")   # FactRef or None
programmes = why(rules, case, question)     # the programmes whose outcome that fact can still change
"""

from backend.eligibility.errors import CaseError, CatalogueError, Problem
from backend.eligibility.implied import with_implied
from backend.eligibility.interview import next_question, why
from backend.eligibility.rules import Rules, compile_catalogue
from backend.eligibility.screening import screen

__all__ = [
    "CaseError",
    "CatalogueError",
    "Problem",
    "Rules",
    "compile_catalogue",
    "next_question",
    "screen",
    "why",
    "with_implied",
]
