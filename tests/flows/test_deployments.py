import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]

# load_flow_from_entrypoint hides an ImportError behind a placeholder unless it is told not to.
LOADER = """
import sys
from prefect.flows import load_flow_from_entrypoint
for entrypoint in sys.argv[1:]:
    flow = load_flow_from_entrypoint(entrypoint, use_placeholder_flow=False)
    flow.validate_parameters({"settings": {"workspace": "/tmp"}})
    print(flow.name)
"""


def test_every_entrypoint_loads_in_a_fresh_process() -> None:
    entrypoints = [deployment["entrypoint"] for deployment in DEPLOYMENTS]
    answer = subprocess.run(  # noqa: S603 -- our own interpreter
        [sys.executable, "-c", LOADER, *entrypoints],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    files = [Path(entrypoint.split(":")[0]).stem for entrypoint in entrypoints]
    assert answer.stdout.split() == [file.replace("_", "-") for file in files]


def test_every_job_has_one_deployment() -> None:
    jobs = {
        "nightly_ingestion",
        "morning_digest",
        "preliminary_plan",
        "final_schedule",
        "send_outbox",
        "same_day_change",
        "event_report",
    }
    assert {deployment["entrypoint"].split(":")[1] for deployment in DEPLOYMENTS} == jobs


def test_ingestion_runs_at_half_past_two_in_paris() -> None:
    (nightly,) = [deployment for deployment in DEPLOYMENTS if deployment["name"] == "nightly"]
    assert nightly["schedules"] == [{"cron": "30 2 * * *", "timezone": "Europe/Paris", "active": True}]


def test_no_deployment_sends_by_itself() -> None:
    assert all("really" not in deployment["parameters"]["settings"] for deployment in DEPLOYMENTS)
    assert [d["name"] for d in DEPLOYMENTS if d.get("schedules")] == [
        "nightly",
        "morning-digest",
        "preliminary",
        "report",
    ]


def test_a_preliminary_plan_is_made_only_where_the_organiser_has_said_so() -> None:
    (preliminary,) = [deployment for deployment in DEPLOYMENTS if deployment["name"] == "preliminary"]
    assert preliminary["schedules"] == [{"cron": "30 3 * * *", "timezone": "Europe/Paris", "active": True}]
    assert preliminary["parameters"]["settings"] == {"workspace": "{{ $RENCONTRES_HOME }}", "if_nightly": True}


def test_the_digest_is_sent_at_seven_only_where_the_organiser_has_said_so() -> None:
    (digest,) = [deployment for deployment in DEPLOYMENTS if deployment["name"] == "morning-digest"]
    assert digest["schedules"] == [{"cron": "0 7 * * *", "timezone": "Europe/Paris", "active": True}]
    assert digest["parameters"]["settings"] == {"workspace": "{{ $RENCONTRES_HOME }}", "if_mailed": True}
