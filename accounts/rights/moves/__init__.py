"""What may happen to a request: one door for its states, and the deeds of both sides that go through it."""

from accounts.rights.moves.asking_back import ask_clarification, ask_fee, ask_identity, clarify, give_identity, pay_fee
from accounts.rights.moves.ending import close, close_unanswered, decide, reopen, withdraw
from accounts.rights.moves.keeping import acknowledge, assign, correct_day, escalate, extend, start, tell_progress
from accounts.rights.moves.moving import BY_MACHINE, By, IllegalMove, Overtaken, change, move, write_down

__all__ = [
    "BY_MACHINE",
    "By",
    "IllegalMove",
    "Overtaken",
    "acknowledge",
    "ask_clarification",
    "ask_fee",
    "ask_identity",
    "assign",
    "change",
    "clarify",
    "close",
    "close_unanswered",
    "correct_day",
    "decide",
    "escalate",
    "extend",
    "give_identity",
    "move",
    "pay_fee",
    "reopen",
    "start",
    "tell_progress",
    "withdraw",
    "write_down",
]
