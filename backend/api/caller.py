"""Who calls: the bearer key of a request and the scopes it carries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from backend.access.clients import Caller, Scope, find_caller
from backend.contract import Id
from backend.errors import ForbiddenError, UnauthorisedError
from backend.parts import Parts

BEARER = HTTPBearer(auto_error=False, description="A key made with `onedoor clients add`.")
Key = Annotated[
    Id,
    Header(
        alias="Idempotency-Key",
        description="Yours, unique per thing you want done. The same key with the same body may be sent as often "
        "as needed: the answer is the same and nothing happens twice.",
    ),
]


def parts_of(request: Request) -> Parts:
    """The shared parts this process was started with."""
    parts: Parts = request.app.state.parts
    return parts


def allowed(scope: Scope) -> Callable[..., Caller]:
    """A dependency: the caller, if its key carries `scope`; 401 without a key we know, 403 without the scope."""

    def caller(
        request: Request,
        credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)],
    ) -> Caller:
        if credentials is None:
            raise UnauthorisedError
        with parts_of(request).database.read() as session:
            found = find_caller(session, credentials.credentials)
        if found is None:
            raise UnauthorisedError
        if scope not in found.scopes:
            raise ForbiddenError("this key does not carry the scope for this call")
        return found

    return caller


Shared = Annotated[Parts, Depends(parts_of)]
MayFile: Any = Annotated[Caller, Depends(allowed("applications:file"))]
MayRead: Any = Annotated[Caller, Depends(allowed("applications:read"))]
MayAnswer: Any = Annotated[Caller, Depends(allowed("applications:answer"))]
MayDeliver: Any = Annotated[Caller, Depends(allowed("notices"))]
MayCallForHelp: Any = Annotated[Caller, Depends(allowed("help"))]
MaySeeProgrammes: Any = Annotated[Caller, Depends(allowed("programmes"))]
