"""What the conversation relies on of the intake, held for the real one and for the fake by the same tests."""

from __future__ import annotations

import pytest

from backend import contract
from handlers.ports import BackendRefusedError, IntakeBackend
from tests.filings import filing, said

CONTACT = contract.ContactPoint(channel="telegram", conversation="chat-1", lang="zh")
KEY = "0123456789abcdef0123456789abcdef"


async def test_it_files_once_however_often_it_is_asked(intake: IntakeBackend) -> None:
    first = await intake.submit(KEY, filing())
    again = await intake.submit(KEY, filing())
    assert first == again
    assert [item.programme for item in first.applications] == ["temp_aid_emergency", "dibao_rural"]
    assert len({item.reference for item in first.applications}) == 2


async def test_it_files_another_submission_apart(intake: IntakeBackend) -> None:
    first = await intake.submit(KEY, filing())
    second = await intake.submit(KEY[::-1], filing())
    assert first.reference != second.reference


async def test_it_refuses_the_same_key_for_another_body(intake: IntakeBackend) -> None:
    await intake.submit(KEY, filing())
    with pytest.raises(BackendRefusedError) as refusal:
        await intake.submit(KEY, filing(story="另一回事"))
    assert 400 <= refusal.value.problem.status < 500
    assert not refusal.value.problem.retryable


async def test_it_tells_where_each_application_stands(intake: IntakeBackend) -> None:
    receipt = await intake.submit(KEY, filing())
    found = await intake.applications(receipt.reference)
    assert {one.reference for one in found} == {item.reference for item in receipt.applications}
    assert {one.status for one in found} == {"submitted"}
    assert all(one.submission == receipt.reference for one in found)
    (single,) = await intake.applications(receipt.applications[1].reference)
    assert single.programme == "dibao_rural"


async def test_it_refuses_a_reference_nobody_has(intake: IntakeBackend) -> None:
    for reference in ("YC-NONE-0000", "../../etc/passwd", "洪"):
        with pytest.raises(BackendRefusedError) as refusal:
            await intake.applications(reference)
        assert refusal.value.problem.status in (404, 422)


async def test_it_takes_a_call_for_help_and_a_repeat_of_it(intake: IntakeBackend) -> None:
    line = contract.TranscriptLine(
        message="m-1", at=filing().transcript[0].at, who="reporter", text="没饭吃了"
    )
    request = contract.HelpRequestIn(kind="urgent", urgent="hunger", contact=CONTACT, transcript=[line])
    await intake.ask_for_help("message-1", request)
    await intake.ask_for_help("message-1", request)
    await intake.ask_for_help("message-2", contract.HelpRequestIn(kind="human", contact=CONTACT))


async def test_it_refuses_an_answer_to_nothing(intake: IntakeBackend) -> None:
    answer = contract.AnswerIn.model_validate(
        {"question": "q1", "text": "三千", "fact": said("household_income_month", "household", value=3000)}
    )
    with pytest.raises(BackendRefusedError):
        await intake.answer("message-1", "YC-NONE-0000", answer)
