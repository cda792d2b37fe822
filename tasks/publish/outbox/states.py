"""The states of a message, what they mean, and which may follow which."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias, get_args

from tasks.messages import Message, message

State: TypeAlias = Literal["draft", "approved", "sending", "sent", "deferred", "failed", "unknown", "cancelled"]
STATES: Final[tuple[State, ...]] = get_args(State)
WAITING: Final[frozenset[State]] = frozenset({"approved", "deferred"})
# What a leader may have read. A message of unknown fate counts: no program repeats it.
TOLD: Final[frozenset[State]] = frozenset({"sending", "sent", "unknown"})

# Which state may follow which; every change passes ``record``, and any other is refused.
FOLLOWERS: Final[Mapping[State, frozenset[State]]] = {
    "draft": frozenset({"approved"}),  # written and readable; a person has yet to agree
    "approved": frozenset({"sending", "cancelled"}),
    "sending": frozenset({"sent", "deferred", "failed", "unknown", "approved"}),  # approved: it was not tried after all
    "deferred": frozenset({"sending", "cancelled"}),
    "sent": frozenset({"failed"}),  # a delivery report came back
    "failed": frozenset({"approved", "cancelled"}),  # sent again once the address is corrected; or a later one goes
    "unknown": frozenset({"approved", "failed"}),  # a person sends it again; or a delivery report came back
    "cancelled": frozenset(),
}
# What did not arrive, or not for sure: a person must see to it, and may have it sent again.
STUCK: Final[frozenset[State]] = frozenset({"failed", "unknown"})
# What may be written anew, and then begins again in the state that its writing gives it: no server has taken it.
REWRITABLE: Final[frozenset[State]] = frozenset({"draft", "approved", "deferred", "failed"})
STATE_WORDS: Final[Mapping[State, Message]] = {
    "draft": message("draft"),
    "approved": message("waiting"),
    "sending": message("being sent"),
    "sent": message("sent"),
    "deferred": message("put off by the server"),
    "failed": message("failed"),
    "unknown": message("fate unknown"),
    "cancelled": message("cancelled"),
}
