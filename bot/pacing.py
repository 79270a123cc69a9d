"""How fast we may send: so many messages a second in all, and so many to one chat (Telegram's limits, a little below)."""

from __future__ import annotations

from collections import OrderedDict

CHATS_REMEMBERED = 10_000


class Bucket:
    """`burst` messages at once, then `per_second`. Times are seconds of a clock that never goes back."""

    def __init__(self, per_second: float, burst: float) -> None:
        self.per_second, self.burst = per_second, burst
        self._left, self._at = burst, 0.0

    def wait(self, now: float) -> float:
        """Seconds until one more message may go; 0 when it may go now."""
        self._fill(now)
        return 0.0 if self._left >= 1 else (1 - self._left) / self.per_second

    def take(self, now: float) -> None:
        """One message goes."""
        self._fill(now)
        self._left -= 1

    def _fill(self, now: float) -> None:
        self._left = min(self.burst, self._left + (now - self._at) * self.per_second)
        self._at = now


class Pace:
    """One bucket for everything and one per chat; a chat told to wait holds up nobody else."""

    def __init__(
        self, all_per_second: float = 25, chat_per_second: float = 1.0, chat_burst: float = 3
    ) -> None:
        self._all = Bucket(all_per_second, max(1.0, all_per_second / 5))  # 30 in any second, Telegram's limit
        self._chat = (chat_per_second, chat_burst)
        self._chats: OrderedDict[str, Bucket] = OrderedDict()

    def wait(self, chat: str, now: float) -> float:
        """Seconds until a message to this chat may go."""
        return max(self._all.wait(now), self._bucket(chat).wait(now))

    def take(self, chat: str, now: float) -> None:
        """A message to this chat goes."""
        self._all.take(now)
        self._bucket(chat).take(now)

    def _bucket(self, chat: str) -> Bucket:
        bucket = self._chats.pop(chat, None) or Bucket(*self._chat)
        self._chats[chat] = bucket  # the least used chats are forgotten first; their buckets are full by then
        if len(self._chats) > CHATS_REMEMBERED:
            self._chats.popitem(last=False)
        return bucket
