"""Everything casework does, under one name: the API and the console call these and nothing behind them."""

from __future__ import annotations

from backend.casework.answers import record_answer
from backend.casework.desk import SYSTEM, Desk, client_actor
from backend.casework.give_back import give_back
from backend.casework.help import acknowledge, close_help, open_help, take_help
from backend.casework.standing import standing
from backend.casework.submit import submit
from backend.casework.work import ask_question, decide, go_on, send_message, take, withdraw

__all__ = [
    "SYSTEM",
    "Desk",
    "acknowledge",
    "ask_question",
    "client_actor",
    "close_help",
    "decide",
    "give_back",
    "go_on",
    "open_help",
    "record_answer",
    "send_message",
    "standing",
    "submit",
    "take",
    "take_help",
    "withdraw",
]
