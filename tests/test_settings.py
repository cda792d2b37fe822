from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from tasks import settings
from tasks.errors import ConfigurationError
from tasks.faults import usage_error
from tasks.mail_settings import mail_settings
from tasks.settings import Decision, FinalScheduleSettings, JobSettings, SameDaySettings

FORMS = [
    form for form in vars(settings).values() if isinstance(form, type) and issubclass(form, JobSettings | Decision)
]


@pytest.mark.parametrize("form", FORMS)
def test_every_field_of_a_form_has_a_title_and_says_what_it_is_for(form: type[BaseModel]) -> None:
    assert [name for name, field in form.model_fields.items() if not (field.title and field.description)] == []


@pytest.mark.parametrize(
    ("form", "values", "sentence"),
    [
        (FinalScheduleSettings, {"forbid": ["foo"]}, "forbid.0: must be a pair of leaders such as L012-L034."),
        (SameDaySettings, {"from_time": "25:00"}, "from_time: must be a time such as 14:20."),
    ],
)
def test_what_is_not_written_as_it_should_be_is_refused_in_words_that_fit(
    form: type[JobSettings], values: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        form.model_validate({"workspace": Path("event"), **values})
    assert str(usage_error(caught.value)).splitlines()[0] == sentence


def test_a_wrong_setting_of_the_mail_server_is_named_as_the_environment_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENCONTRES_SMTP_PORT", "70000")
    with pytest.raises(ConfigurationError, match=r"^RENCONTRES_SMTP_PORT: must be 65,535 or less\."):
        mail_settings()


def test_the_prefect_ui_still_knows_the_patterns() -> None:
    assert (
        FinalScheduleSettings.model_json_schema()["properties"]["lock"]["items"]["pattern"] == r"^\s*\w+\s*-\s*\w+\s*$"
    )
    assert SameDaySettings.model_json_schema()["properties"]["from_time"]["pattern"] == r"^([01]\d|2[0-3]):[0-5]\d$"
