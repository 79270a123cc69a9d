"""What can go wrong, in one small tree. Each error carries its HTTP status and whether the same call may go through
later; its words never hold anything a person said.

    OneDoorError
    ├── UnauthorisedError 401      no key, or a key we do not know
    ├── ForbiddenError 403         known, but not allowed (another department's decision, a missing scope)
    ├── NotFoundError 404          not there, or not to be seen by this actor: the two look alike
    ├── ConflictError 409          the case has moved on meanwhile
    ├── UnprocessableError 422     understood and refused
    │   └── KeyReusedError         the same Idempotency-Key with another body
    └── UnavailableError 503       the database is away: try again
"""

from __future__ import annotations


class OneDoorError(Exception):
    """The root: `title` is shown to callers, `detail` adds what may be done."""

    status = 500
    title = "Something went wrong on our side"
    retryable = False

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(detail or self.title)
        self.detail = detail


class UnauthorisedError(OneDoorError):
    """No key, or a key we do not know."""

    status, title = 401, "A valid API key is needed"


class ForbiddenError(OneDoorError):
    """Known, but not allowed."""

    status, title = 403, "Not allowed"


class NotFoundError(OneDoorError):
    """Not there, or not to be seen by this actor: the two look alike on purpose."""

    status, title = 404, "Not found"


class ConflictError(OneDoorError):
    """The case has moved on meanwhile; `now` is the status it has."""

    status, title = 409, "The case has moved on meanwhile"

    def __init__(self, detail: str | None = None, *, now: str | None = None) -> None:
        super().__init__(detail)
        self.now = now


class UnprocessableError(OneDoorError):
    """Understood and refused; `errors` says where (`where`) and what (`problem`), never what was sent."""

    status, title = 422, "The request cannot be processed as it is"

    def __init__(self, detail: str | None = None, errors: list[dict[str, str]] | None = None) -> None:
        super().__init__(detail)
        self.errors = errors or []


class KeyReusedError(UnprocessableError):
    """The same Idempotency-Key came before with another body."""

    title = "This Idempotency-Key was used for something else"


class UnavailableError(OneDoorError):
    """The database is away or too busy: the same call may go through in a moment."""

    status, title, retryable = 503, "Not available at the moment", True
