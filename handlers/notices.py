"""What the backend wants told, in the reader's language, as a message of its own. One renderer per kind of notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, get_args

from pydantic import ValidationError

from backend import contract
from handlers.conversation import Conversation, Filed
from handlers.messages import Asks, Reply
from handlers.steps import office
from handlers.turn import Turn
from handlers.who import call
from locales import Translator, text, translator

Values = dict[str, Any]
Renderer = Callable[[Translator, Values], list[str]]


def tell(turn: Turn) -> None:
    """Add the notice of this turn to its replies; a caseworker's question also becomes what is asked next."""
    try:
        notice = contract.Notice.model_validate(turn.message.notice)
    except ValidationError:  # a backend newer than this desk: better a plain word than silence
        turn.replies.append(
            Reply("notice", translator(turn.conversation.lang)("notice.unknown"), kind="notice")
        )
        return
    conversation = turn.conversation
    question = _question(notice)
    if question is None:
        turn.replies.append(render(turn, notice))
        return
    waiting = bool(conversation.pending_questions)
    if all(one["question"] != question["question"] for one in conversation.pending_questions):
        conversation.pending_questions.append(question)
    if waiting and conversation.step == "office":
        turn.replies.append(render(turn, notice))  # asked when the one before it is answered
        return
    conversation.step = office.come(turn)
    data = conversation.step_data
    asks = Asks(data["fact"], data.get("subject") or "household") if data.get("fact") else None
    shown = render(turn, notice)
    turn.replies.append(
        Reply(shown.step, shown.text, kind="notice", asks=asks, choices=tuple(office.choices(turn)))
    )


def render(turn: Turn, notice: contract.Notice) -> Reply:
    """The words of one notice. Nothing private stands in the first line, which a locked telephone shows."""
    t = translator(turn.conversation.lang or notice.contact.lang)
    lines = RENDERERS[notice.kind](t, _values(turn, t, notice))
    step = "office" if notice.kind == "question" else "notice"
    return Reply(step, "\n".join([t("notice.head"), *[line for line in lines if line]]), kind="notice")


def _received(t: Translator, values: Values) -> list[str]:
    if not values["name"]:  # told once for everything that was filed together
        return [
            t.n("notice.received.all", values["applications"], reference=values["reference"]),
            _due(t, values),
        ]
    return [t("notice.received", **_named(values)), _due(t, values)]


def _accepted(t: Translator, values: Values) -> list[str]:
    return [t("notice.accepted", **_named(values)), _due(t, values)]


def _in_review(t: Translator, values: Values) -> list[str]:
    return [t("notice.in_review", **_named(values)), _due(t, values)]


def _asked(t: Translator, values: Values) -> list[str]:
    return [
        t("notice.question", **_named(values)),
        t("notice.words", words=values["text"]),
        t("notice.question.how"),
    ]


def _approved(t: Translator, values: Values) -> list[str]:
    amount = t("notice.amount", amount=values["amount"]) if values["amount"] else ""
    return [t("notice.approved", **_named(values)), amount, _reason(t, values)]


def _denied(t: Translator, values: Values) -> list[str]:
    return [t("notice.denied", **_named(values)), _reason(t, values), t("notice.denied.next")]


def _withdrawn(t: Translator, values: Values) -> list[str]:
    return [t("notice.withdrawn", **_named(values)), _reason(t, values)]


def _message(t: Translator, values: Values) -> list[str]:
    return [t("notice.message", **_named(values)), t("notice.words", words=values["text"])]


RENDERERS: Final[Mapping[str, Renderer]] = {
    "received": _received,
    "accepted": _accepted,
    "in_review": _in_review,
    "question": _asked,
    "approved": _approved,
    "denied": _denied,
    "withdrawn": _withdrawn,
    "message": _message,
}
assert set(RENDERERS) == set(get_args(contract.NoticeKind))


def filed_with(conversation: Conversation, reference: str) -> Filed | None:
    """The filing a reference belongs to: its own or that of one of its applications."""
    for one in conversation.filed:
        if reference == one.reference or any(reference == each["reference"] for each in one.applications):
            return one
    return None


def _question(notice: contract.Notice) -> dict[str, Any] | None:
    if notice.kind != "question":
        return None
    given = notice.parameters
    return {
        "question": str(given.get("question") or notice.id),
        "reference": str(given.get("reference") or ""),
        "fact": given.get("fact"),
        "subject": given.get("subject"),
        "text": str(given.get("text") or ""),
    }


def _values(turn: Turn, t: Translator, notice: contract.Notice) -> Values:
    given = notice.parameters
    programme = turn.catalogue.programmes.get(str(given.get("programme") or ""))
    reference = str(given.get("reference") or "")
    filed = filed_with(turn.conversation, reference)
    subject = str(given.get("subject") or "household")
    name = text(programme.name, t.lang) if programme else str(given.get("programme") or "")
    several = filed is not None and bool(filed.people) and subject != "household"
    if filed and name and (several or filed.reporter.kind != "self"):
        whom = call(t, filed.reporter, filed.people, filed.name, subject)
        name = t("offer.title", name=name, who=whom)
    return {
        "name": name,
        "reference": reference,
        "applications": int(given.get("applications") or 1),
        "due": _day(t, given.get("due_on")),
        "reason": str(given.get("reason") or ""),
        "amount": str(given.get("amount") or ""),
        "text": str(given.get("text") or ""),
    }


def _named(values: Values) -> Values:
    return {"name": values["name"], "reference": values["reference"]}


def _due(t: Translator, values: Values) -> str:
    return t("notice.due", due=values["due"]) if values["due"] else ""


def _reason(t: Translator, values: Values) -> str:
    return t("notice.reason", reason=values["reason"]) if values["reason"] else ""


def _day(t: Translator, value: object) -> str:
    try:
        return t.date(date.fromisoformat(str(value)))
    except ValueError:
        return ""
