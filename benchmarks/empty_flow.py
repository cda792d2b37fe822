"""The baseline of every job: a Prefect flow that does nothing, with the start of its server."""

from flows.engine import prepare, server_coming_up


def main() -> None:
    """Start Prefect as every job does, and do nothing."""
    prepare()
    with server_coming_up():
        from prefect import flow  # noqa: PLC0415 -- Prefect reads its settings at import

    @flow(name="empty")
    def empty() -> None:
        """Do nothing."""

    empty()


if __name__ == "__main__":
    main()
