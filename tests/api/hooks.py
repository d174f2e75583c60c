"""Lets the fuzzer meet what is there: of the addresses and ids that it makes up,
some become those of this run's app and hosts.
"""

import os

import schemathesis
from schemathesis import Case, HookContext

PROVIDER = os.environ["CUMULET_API_PROVIDER"]
APP = os.environ["CUMULET_API_APP"]
PATHS = ["/anything", "/redirect", "/picture"]
# These would take the app away from the others.
LEAVES_ALONE = {"deleteApp"}


def is_chosen(made_up: object, of: int) -> bool:
    """One of so many, the same one each time for the same seed."""
    return sum(repr(made_up).encode()) % of == 0


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict) -> None:
    operation = case.operation.definition.raw.get("operationId")
    segments = case.path_parameters or {}
    if "id" in segments and operation not in LEAVES_ALONE and not is_chosen(case.body, 4):
        segments["id"] = APP
    body = case.body
    if not isinstance(body, dict):
        return
    if operation == "putMessage" and "message" in segments and not is_chosen(segments, 4):
        body["id"] = segments["message"]
    if operation in {"saveProvider", "testProvider"} and not is_chosen(body, 3):
        body["baseUrl"] = PROVIDER
    if operation == "changeFiles" and is_chosen(body, 2):
        body["baseRevision"] = 1
    request = body.get("request")
    if operation == "fetchOutside" and isinstance(request, dict) and not is_chosen(body, 3):
        path = PATHS[sum(repr(body).encode()) % len(PATHS)]
        request["url"] = PROVIDER + path
        body["hosts"] = [PROVIDER.removeprefix("http://")]
