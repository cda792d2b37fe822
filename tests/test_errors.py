from tasks import errors
from tasks.messages import message


def test_an_error_says_where_what_and_what_to_do() -> None:
    error = errors.DataError(message("row {row} is empty.", row=3), where="inbox/a.csv", remedy=message("Fill it."))
    assert str(error) == "inbox/a.csv: row 3 is empty.\nFill it."


def test_french_puts_a_no_break_space_before_the_colon() -> None:
    error = errors.DataError(message("row {row} is empty.", row=3), where=message("file {name}", name="a.csv"))
    assert error.in_language("fr") == "file a.csv\u00a0: row 3 is empty."


def test_an_error_without_a_place_is_its_sentence() -> None:
    assert str(errors.UsageError(message("no."))) == "no."


def test_the_class_decides_the_exit_code_and_the_retry() -> None:
    tree = {
        kind.__name__: (kind.exit_code, kind.is_retryable)
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.RencontresError)
    }
    assert tree == {
        "RencontresError": (3, False),
        "DataError": (1, False),
        "GateStopped": (1, False),
        "InfeasibleError": (1, False),
        "UnavailableError": (1, True),
        "DatabaseBusy": (1, True),
        "MailServerDown": (1, True),
        "MailServerSilent": (1, False),
        "StorageFull": (1, False),
        "UnwrittenMail": (1, False),
        "UsageError": (2, False),
        "ConfigurationError": (2, False),
    }
