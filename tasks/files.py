"""Files that are whole or not there, and that are left alone when nothing changed."""

from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` in one move, so that a killed run leaves no half of a file.

    Folders on the way are made, a link is followed, and what is no file (``/dev/stdout``, say) is simply written to.
    Raises OSError where the place cannot be written.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    target = path.resolve()  # a move would put the file in the place of the link
    if target.exists() and target.read_bytes() == content:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}")
    unfinished.write_bytes(content)
    unfinished.replace(target)
