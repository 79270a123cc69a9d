"""Whatever wants to go out, Telegram's limits are kept: 30 in any second, a short burst and then one a second to a chat."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.pacing import CHATS_REMEMBERED, Pace

waits = st.lists(st.tuples(st.sampled_from("abcdefghij"), st.floats(0, 0.3)), min_size=50, max_size=400)


@given(waits)
def test_it_keeps_telegrams_limits(wanted: list[tuple[str, float]]) -> None:
    pace, now = Pace(), 0.0
    sent: list[tuple[float, str]] = []
    for chat, pause in wanted:
        now += pause
        wait = pace.wait(chat, now)
        now += wait  # waits exactly as long as it was told
        assert pace.wait(chat, now) < 1e-6
        pace.take(chat, now)
        sent.append((now, chat))
    for start, chat in sent:
        assert sum(start <= at < start + 1 for at, _ in sent) <= 31
        for seconds in (1, 5, 20):
            mine = sum(start <= at < start + seconds and to == chat for at, to in sent)
            assert mine <= 3 + seconds + 1


def test_it_holds_up_nobody_else() -> None:
    pace = Pace()
    for _ in range(3):
        pace.take("busy", 0)
    assert pace.wait("busy", 0) > 0.9
    assert pace.wait("idle", 0) == 0


def test_it_does_not_grow_with_everybody_who_ever_wrote() -> None:
    pace = Pace(all_per_second=1e9)
    for number in range(CHATS_REMEMBERED + 50):
        pace.take(str(number), number)
    assert len(pace._chats) == CHATS_REMEMBERED
