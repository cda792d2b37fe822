import pytest

from tasks import progress
from tasks.messages import Message, message


class Recorder:
    def __init__(self) -> None:
        self.heard: list[tuple[object, ...]] = []

    def started(self, step: Message) -> None:
        self.heard.append(("started", str(step)))

    def moved(self, step: Message, done: int, total: int, note: str) -> None:
        self.heard.append(("moved", str(step), done, total, note))

    def finished(self, step: Message, result: Message | None) -> None:
        self.heard.append(("finished", str(step), str(result)))

    def warned(self, step: Message, result: Message | None) -> None:
        self.heard.append(("warned", str(step), str(result)))


def test_whoever_listens_hears_the_whole_step() -> None:
    recorder = Recorder()
    with progress.listening(recorder), progress.step(message("Reading")) as step:
        step.moved(1, 2, "first")
        step.result = message("two files")
    assert recorder.heard == [
        ("started", "Reading"),
        ("moved", "Reading", 1, 2, "first"),
        ("finished", "Reading", "two files"),
    ]


def test_a_step_that_fails_does_not_end() -> None:
    recorder = Recorder()
    with pytest.raises(ZeroDivisionError), progress.listening(recorder), progress.step(message("Reading")) as step:
        step.moved(1 // 0, 1)
    assert recorder.heard == [("started", "Reading")]


def test_a_step_with_something_to_see_to_ends_with_a_warning() -> None:
    recorder = Recorder()
    with progress.listening(recorder), progress.step(message("Reading")) as step:
        step.result, step.is_warning = message("set aside"), True
    assert recorder.heard == [("started", "Reading"), ("warned", "Reading", "set aside")]


@pytest.mark.parametrize("is_warning", [False, True])
def test_nobody_needs_to_listen(is_warning: bool) -> None:  # noqa: FBT001 -- both ends of a step
    with progress.step(message("Reading")) as step:
        step.moved(1, 1)
        step.is_warning = is_warning
    assert step.result is None
