"""``make bench``: the figures that the README quotes, as ratios to named baselines measured in the same run."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import documents, ingestion, outbox, planning, whole_commands


def main() -> None:
    """Run every measurement and print one line each."""
    with TemporaryDirectory(prefix="rencontres-bench-") as folder:
        start = whole_commands.measure(Path(folder))
        ingestion.measure(Path(folder), start)
        documents.measure(Path(folder), is_large=True)
        outbox.measure(Path(folder))
    planning.measure()


if __name__ == "__main__":
    main()
