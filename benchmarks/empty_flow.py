"""The baseline of every job: a Prefect flow that does nothing, with the start of its server."""

from flows.engine import prepare
from flows.own_server import own_server


def main() -> None:
    """Start Prefect as every job does, and do nothing."""
    prepare()
    with own_server() as wait_until_up:
        from prefect import flow  # noqa: PLC0415 -- Prefect reads its settings at import

        @flow(name="empty")
        def empty() -> None:
            """Do nothing."""

        wait_until_up()
        empty()


if __name__ == "__main__":
    main()
