"""Drives MLflow's own Python client, unmodified, through its calls against a server, and says which of them do what its documentation says.

    python mlflow_client.py http://127.0.0.1:5080

Needs mlflow (2.9 or newer) or mlflow-skinny; runs against any server that speaks MLflow's REST API, MLflow's own included.
"""

import json
import math
import os
import sys
import tempfile
import time
import uuid

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException

passed, failed = [], []


def check(name):
    """Runs the function at once and notes how it went."""

    def run(function):
        try:
            function()
            passed.append(name)
        except Exception as e:  # noqa: BLE001 - every failure is a finding
            failed.append((name, f"{type(e).__name__}: {e}"))
        return function

    return run


def refused(code, call):
    try:
        call()
    except MlflowException as e:
        assert e.error_code == code, f"refused by {e.error_code} ({e.message}), not {code}"
        return
    raise AssertionError(f"not refused; expected {code}")


def equal(actual, expected):
    assert actual == expected, f"{actual!r} is not {expected!r}"


def main(uri):
    mlflow.set_tracking_uri(uri)
    client = MlflowClient(uri)
    mark = uuid.uuid4().hex[:8]
    experiment = client.create_experiment(f"e-{mark}", tags={"team": "red"})

    @check("experiments: made, got, found by name")
    def _():
        got = client.get_experiment(experiment)
        equal((got.name, got.lifecycle_stage, got.tags), (f"e-{mark}", "active", {"team": "red"}))
        equal(client.get_experiment_by_name(f"e-{mark}").experiment_id, experiment)
        equal(client.get_experiment_by_name(f"none-{mark}"), None)
        equal(client.get_experiment("0").name, "Default")
        assert got.creation_time and got.last_update_time

    @check("experiments: a taken name and an unknown id are refused")
    def _():
        refused("RESOURCE_ALREADY_EXISTS", lambda: client.create_experiment(f"e-{mark}"))
        refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_experiment("424242424242"))

    @check("experiments: renamed, tagged, deleted, restored")
    def _():
        other = client.create_experiment(f"o-{mark}")
        client.rename_experiment(other, f"p-{mark}")
        client.set_experiment_tag(other, "note", "x")
        equal((client.get_experiment(other).name, client.get_experiment(other).tags), (f"p-{mark}", {"note": "x"}))
        run = client.create_run(other)
        client.delete_experiment(other)
        equal(client.get_experiment(other).lifecycle_stage, "deleted")
        equal(client.get_run(run.info.run_id).info.lifecycle_stage, "deleted")
        refused("RESOURCE_DOES_NOT_EXIST", lambda: client.delete_experiment(other))
        client.restore_experiment(other)
        equal(client.get_experiment(other).lifecycle_stage, "active")
        equal(client.get_run(run.info.run_id).info.lifecycle_stage, "active")

    @check("experiments: searched by name, tag, order and page")
    def _():
        for i in range(5):
            client.create_experiment(f"s{i}-{mark}", tags={"search": mark, "i": str(i)})
        query = f"tags.search = '{mark}'"
        equal([e.name for e in client.search_experiments(filter_string=query, order_by=["name DESC"])], [f"s{i}-{mark}" for i in (4, 3, 2, 1, 0)])
        first = client.search_experiments(filter_string=query, order_by=["name ASC"], max_results=2)
        second = client.search_experiments(filter_string=query, order_by=["name ASC"], max_results=2, page_token=first.token)
        third = client.search_experiments(filter_string=query, order_by=["name ASC"], max_results=2, page_token=second.token)
        equal([e.name for e in [*first, *second, *third]], [f"s{i}-{mark}" for i in range(5)])
        equal([e.name for e in client.search_experiments(filter_string=f"name LIKE 's%-{mark}' AND tags.i = '3'")], [f"s3-{mark}"])
        equal([e.name for e in client.search_experiments(filter_string=f"name ILIKE 'S2-{mark.upper()}'")], [f"s2-{mark}"])
        equal(client.search_experiments(view_type=ViewType.DELETED_ONLY, filter_string=query), [])
        refused("INVALID_PARAMETER_VALUE", lambda: client.search_experiments(filter_string="nothing = 'x'"))

    @check("runs: begun, named, ended")
    def _():
        run = client.create_run(experiment, run_name="first", tags={"k": "v"}, start_time=1234)
        equal((run.info.run_name, run.info.status, run.info.start_time, run.data.tags["mlflow.runName"], run.data.tags["k"]), ("first", "RUNNING", 1234, "first", "v"))
        assert run.info.artifact_uri.startswith("mlflow-artifacts:/")
        client.set_terminated(run.info.run_id, "FAILED", 5678)
        info = client.get_run(run.info.run_id).info
        equal((info.status, info.end_time), ("FAILED", 5678))
        client.update_run(run.info.run_id, status="FINISHED", name="second")
        got = client.get_run(run.info.run_id)
        equal((got.info.status, got.info.run_name, got.data.tags["mlflow.runName"]), ("FINISHED", "second", "second"))
        client.set_tag(run.info.run_id, "mlflow.runName", "third")
        equal(client.get_run(run.info.run_id).info.run_name, "third")
        assert client.create_run(experiment).info.run_name
        equal(client.create_run(experiment, tags={"mlflow.runName": "tagged"}).info.run_name, "tagged")

    @check("runs: deleted ones refuse to be written, and are restored")
    def _():
        run = client.create_run(experiment).info.run_id
        client.delete_run(run)
        equal(client.get_run(run).info.lifecycle_stage, "deleted")
        refused("INVALID_PARAMETER_VALUE", lambda: client.log_metric(run, "m", 1))
        client.restore_run(run)
        client.log_metric(run, "m", 1)
        refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_run(uuid.uuid4().hex))

    @check("parameters: noted once")
    def _():
        run = client.create_run(experiment).info.run_id
        client.log_param(run, "rate", 0.5)
        client.log_param(run, "rate", 0.5)
        refused("INVALID_PARAMETER_VALUE", lambda: client.log_param(run, "rate", 0.25))
        equal(client.get_run(run).data.params, {"rate": "0.5"})
        refused("INVALID_PARAMETER_VALUE", lambda: client.log_param(run, "../up", 1))

    @check("metrics: history, last value, NaN and infinities")
    def _():
        run = client.create_run(experiment).info.run_id
        for step, value in enumerate([3.0, math.nan, math.inf, -math.inf, 0.1 + 0.2]):
            client.log_metric(run, "loss", value, timestamp=1000 + step, step=step)
        client.log_metric(run, "loss", 3.0, timestamp=1000, step=0)
        values = [point.value for point in sorted(client.get_metric_history(run, "loss"), key=lambda point: point.step)]
        equal(len(values), 5)
        assert math.isnan(values[1]), values
        # MLflow's own stores keep infinities as the greatest numbers.
        assert values[2] >= sys.float_info.max and values[3] <= -sys.float_info.max, values
        equal((values[0], values[4]), (3.0, 0.1 + 0.2))
        equal(client.get_run(run).data.metrics, {"loss": 0.1 + 0.2})
        client.log_metric(run, "loss", 9.0, timestamp=500, step=4)
        equal(client.get_run(run).data.metrics, {"loss": 0.1 + 0.2})
        equal(client.get_metric_history(run, "nothing"), [])

    @check("batches: all or nothing")
    def _():
        run = client.create_run(experiment).info.run_id
        client.log_batch(run, [Metric(f"m{i % 10}", i, 1000 + i, i) for i in range(900)], [Param(f"p{i}", str(i)) for i in range(50)], [RunTag(f"t{i}", str(i)) for i in range(50)])
        data = client.get_run(run).data
        equal((data.metrics["m9"], len(data.params), data.tags["t7"]), (899, 50, "7"))
        refused("INVALID_PARAMETER_VALUE", lambda: client.log_batch(run, params=[Param("new", "1"), Param("p1", "changed")]))
        assert "new" not in client.get_run(run).data.params

    @check("tags: set, changed, deleted")
    def _():
        run = client.create_run(experiment).info.run_id
        client.set_tag(run, "a", 1)
        client.set_tag(run, "a", "é✓")
        equal(client.get_run(run).data.tags["a"], "é✓")
        client.delete_tag(run, "a")
        assert "a" not in client.get_run(run).data.tags
        refused("RESOURCE_DOES_NOT_EXIST", lambda: client.delete_tag(run, "a"))

    @check("runs: searched by metrics, parameters, tags and attributes")
    def _():
        place = client.create_experiment(f"q-{mark}")
        ids = []
        for i in range(6):
            run = client.create_run(place, run_name=f"run {i}", start_time=1000 + i, tags={"kind": "even" if i % 2 == 0 else "Odd"}).info.run_id
            client.log_metric(run, "acc", i / 10)
            client.log_param(run, "depth", str(i))
            if i == 5:
                client.log_metric(run, "only five", math.nan)
            ids.append(run)
        client.set_terminated(ids[0])

        def found(query, **more):
            return [run.info.run_name[-1] for run in client.search_runs([place], query, **more)]

        equal(found(""), list("543210"))
        equal(found("metrics.acc > 0.25 and params.depth != '4'"), list("53"))
        equal(found("metrics.acc >= 0.4 AND tags.kind = 'even'"), list("4"))
        equal(found("tags.kind LIKE 'o%'"), [])
        equal(found("tags.kind ILIKE 'o%'"), list("531"))
        equal(found("tags.`mlflow.runName` = 'run 2'"), list("2"))
        equal(found("attributes.run_name LIKE 'run %' and attribute.status = 'FINISHED'"), list("0"))
        equal(found("start_time > 1003"), list("54"))
        equal(found(f"run_id IN ('{ids[1]}', '{ids[3]}')"), list("31"))
        equal(found(f"run_id NOT IN ('{ids[1]}', '{ids[3]}')"), list("5420"))
        equal(found('metrics."only five" = 1'), [])
        equal(found("params.nothing = 'x'"), [])
        equal(found("", order_by=["metrics.acc ASC"]), list("012345"))
        equal(found("", order_by=["params.depth DESC"]), list("543210"))
        equal(found("", order_by=["metrics.`only five`", "metrics.acc"]), list("501234"))
        equal(found("", order_by=["attributes.start_time ASC"], max_results=2), list("01"))
        pages, token = [], None
        while True:
            page = client.search_runs([place], "", order_by=["metrics.acc DESC"], max_results=4, page_token=token)
            pages += [run.info.run_name[-1] for run in page]
            token = page.token
            if not token:
                break
        equal(pages, list("543210"))
        client.delete_run(ids[5])
        equal(found("", run_view_type=ViewType.DELETED_ONLY), list("5"))
        equal(len(found("", run_view_type=ViewType.ALL)), 6)
        for wrong in ("acc > 0.1", "metrics.acc > 'x'", "params.depth > 1", "metrics.acc >", "metrics.acc = 1 AND"):
            refused("INVALID_PARAMETER_VALUE", lambda: client.search_runs([place], wrong))

    @check("datasets: noted with a run, and searched by")
    def _():
        from mlflow.entities import Dataset, DatasetInput, InputTag

        run = client.create_run(experiment).info.run_id
        dataset = Dataset(name=f"d-{mark}", digest="abc", source_type="local", source="{}", schema="s", profile="p")
        for _ in range(2):
            client.log_inputs(run, [DatasetInput(dataset, [InputTag("mlflow.data.context", "training")])])
        inputs = client.get_run(run).inputs.dataset_inputs
        equal(len(inputs), 1)
        equal((inputs[0].dataset.name, inputs[0].dataset.digest, inputs[0].tags[0].value), (f"d-{mark}", "abc", "training"))
        equal([r.info.run_id for r in client.search_runs([experiment], f"dataset.name = 'd-{mark}' and dataset.context = 'training'")], [run])

    @check("artifacts: sent, listed, fetched, from files, texts and folders")
    def _():
        run = client.create_run(experiment).info.run_id
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "weights.bin")
            with open(path, "wb") as file:
                file.write(os.urandom(3_000_000))
            os.makedirs(os.path.join(folder, "deep", "er"))
            with open(os.path.join(folder, "deep", "er", "note ü.txt"), "w") as file:
                file.write("hello")
            client.log_artifact(run, path)
            client.log_artifact(run, path, "sub")
            client.log_artifacts(run, os.path.join(folder, "deep"), "tree")
            client.log_text(run, "text", "t/a.txt")
            client.log_dict(run, {"a": 1}, "t/b.json")
            equal([(f.path, f.is_dir) for f in client.list_artifacts(run)], [("sub", True), ("t", True), ("tree", True), ("weights.bin", False)])
            equal([(f.path, f.file_size) for f in client.list_artifacts(run, "t")], [("t/a.txt", 4), ("t/b.json", client.list_artifacts(run, "t")[1].file_size)])
            equal(client.list_artifacts(run, "nothing"), [])
            with tempfile.TemporaryDirectory() as out:
                got = client.download_artifacts(run, "", out)
                with open(os.path.join(got, "weights.bin"), "rb") as a, open(path, "rb") as b:
                    equal(a.read(), b.read())
                with open(os.path.join(got, "tree", "er", "note ü.txt")) as file:
                    equal(file.read(), "hello")
            equal(mlflow.artifacts.load_text(f"runs:/{run}/t/a.txt"), "text")
            equal(mlflow.artifacts.load_dict(f"runs:/{run}/t/b.json"), {"a": 1})

    @check("the fluent interface: a run with everything")
    def _():
        mlflow.set_experiment(f"f-{mark}")
        with mlflow.start_run(run_name="fluent") as run:
            mlflow.log_params({"a": 1, "b": "x"})
            mlflow.log_metrics({"x": 1.5, "y": 2.5}, step=3)
            mlflow.set_tags({"one": "1"})
            mlflow.log_text("hi", "hi.txt")
            with mlflow.start_run(nested=True) as child:
                mlflow.log_metric("z", 1)
        got = mlflow.get_run(run.info.run_id)
        equal((got.info.status, got.data.params, got.data.metrics), ("FINISHED", {"a": "1", "b": "x"}, {"x": 1.5, "y": 2.5}))
        equal(mlflow.get_run(child.info.run_id).data.tags["mlflow.parentRunId"], run.info.run_id)
        table = mlflow.search_runs(experiment_names=[f"f-{mark}"], filter_string="metrics.x > 1")
        equal(list(table.run_id), [run.info.run_id])

    registry(client, mark, experiment)


def registry(client, mark, experiment):
    name = f"model-{mark}"

    def version_of(run=None):
        run = run or client.create_run(experiment).info.run_id
        client.log_text(run, "weights", "model/weights.txt")
        return client.create_model_version(name, f"runs:/{run}/model", run, tags={"v": "1"}, description="d")

    @check("registered models: made, got, renamed, updated, tagged, searched")
    def _():
        made = client.create_registered_model(name, tags={"a": "b"}, description="about")
        equal((made.name, made.description, made.tags), (name, "about", {"a": "b"}))
        refused("RESOURCE_ALREADY_EXISTS", lambda: client.create_registered_model(name))
        refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_registered_model(f"none-{mark}"))
        client.update_registered_model(name, "other")
        client.set_registered_model_tag(name, "c", "d")
        client.delete_registered_model_tag(name, "a")
        client.delete_registered_model_tag(name, "missing")
        got = client.get_registered_model(name)
        equal((got.description, got.tags), ("other", {"c": "d"}))
        equal([m.name for m in client.search_registered_models(f"name = '{name}'")], [name])
        equal([m.name for m in client.search_registered_models(f"name LIKE 'model-{mark}%' AND tags.c = 'd'")], [name])
        refused("INVALID_PARAMETER_VALUE", lambda: client.search_registered_models("what = 'x'"))

    @check("model versions: made, got, described, tagged")
    def _():
        first = version_of()
        second = version_of()
        equal((first.version, second.version, first.current_stage, first.status), ("1", "2", "None", "READY"))
        got = client.get_model_version(name, "1")
        equal((got.description, got.tags, got.source.startswith("runs:/")), ("d", {"v": "1"}, True))
        client.update_model_version(name, "1", "changed")
        client.set_model_version_tag(name, "1", "w", "2")
        client.delete_model_version_tag(name, "1", "v")
        got = client.get_model_version(name, "1")
        equal((got.description, got.tags), ("changed", {"w": "2"}))
        assert client.get_model_version_download_uri(name, "1")
        refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_model_version(name, "77"))

    @check("model versions: stages")
    def _():
        client.transition_model_version_stage(name, "1", "production")
        equal(client.get_model_version(name, "1").current_stage, "Production")
        client.transition_model_version_stage(name, "2", "Production", archive_existing_versions=True)
        equal((client.get_model_version(name, "1").current_stage, client.get_model_version(name, "2").current_stage), ("Archived", "Production"))
        equal([(v.version, v.current_stage) for v in client.get_latest_versions(name, ["Production"])], [("2", "Production")])
        equal(sorted(v.current_stage for v in client.get_latest_versions(name)), ["Archived", "Production"])
        refused("INVALID_PARAMETER_VALUE", lambda: client.transition_model_version_stage(name, "1", "nowhere"))

    @check("model versions: aliases")
    def _():
        client.set_registered_model_alias(name, "champion", "1")
        equal(client.get_model_version_by_alias(name, "champion").version, "1")
        client.set_registered_model_alias(name, "champion", "2")
        equal(client.get_model_version_by_alias(name, "champion").version, "2")
        equal(client.get_registered_model(name).aliases, {"champion": "2"})
        equal(client.get_model_version(name, "2").aliases, ["champion"])
        refused("INVALID_PARAMETER_VALUE", lambda: client.set_registered_model_alias(name, "v7", "2"))
        refused("INVALID_PARAMETER_VALUE", lambda: client.set_registered_model_alias(name, "latest", "2"))
        client.delete_registered_model_alias(name, "champion")
        try:
            client.get_model_version_by_alias(name, "champion")
            raise AssertionError("an alias that is gone was found")
        except MlflowException as e:
            assert e.error_code in ("INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST"), e.error_code

    @check("model versions: searched, downloaded, deleted")
    def _():
        equal([v.version for v in client.search_model_versions(f"name = '{name}'", order_by=["version_number ASC"])], ["1", "2"])
        run = client.get_model_version(name, "1").run_id
        equal([v.version for v in client.search_model_versions(f"run_id = '{run}'")], ["1"])
        with tempfile.TemporaryDirectory() as out:
            got = mlflow.artifacts.download_artifacts(artifact_uri=f"models:/{name}/1", dst_path=out)
            with open(os.path.join(got, "weights.txt")) as file:
                equal(file.read(), "weights")
        client.delete_model_version(name, "2")
        refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_model_version(name, "2"))
        equal(version_of().version, "3")

    @check("model versions: sources outside the server are refused")
    def _():
        for source in ("file:///etc/passwd", "/etc/passwd", "http://example.org/x", "mlflow-artifacts:/../../x", "runs:/%2e%2e/x"):
            refused("INVALID_PARAMETER_VALUE", lambda: client.create_model_version(name, source))

    @check("registered models: renamed and deleted with all that is theirs")
    def _():
        client.set_registered_model_alias(name, "kept", "1")
        client.rename_registered_model(name, f"{name}-new")
        equal(client.get_model_version_by_alias(f"{name}-new", "kept").version, "1")
        refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_registered_model(name))
        client.delete_registered_model(f"{name}-new")
        refused("RESOURCE_DOES_NOT_EXIST", lambda: client.get_registered_model(f"{name}-new"))
        equal(client.search_model_versions(f"name = '{name}-new'"), [])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    started = time.time()
    main(sys.argv[1])
    for name, reason in failed:
        print(f"FAILED  {name}\n        {reason}")
    print(json.dumps({"client": mlflow.__version__, "passed": len(passed), "failed": len(failed), "seconds": round(time.time() - started, 1)}))
    sys.exit(1 if failed else 0)
