"""Files that are whole or not there, and that are left alone when nothing changed."""

from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` in one move, so that a killed run leaves no half of a file."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}")
    unfinished.write_bytes(content)
    unfinished.replace(path)
