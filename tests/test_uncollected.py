import gc

import pytest

from tasks.uncollected import uncollected


def test_the_collector_rests_inside() -> None:
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def fail_inside() -> None:
    with uncollected():
        raise KeyError


def test_the_collector_works_again_after_a_failure() -> None:
    with pytest.raises(KeyError):
        fail_inside()
    assert gc.isenabled()
