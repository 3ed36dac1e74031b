using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Validation.Drift;
using Strata.Platform.Deployments;
using Strata.Platform.Models;
using Strata.Platform.Runs;

namespace Strata.Platform.Monitoring;

/// <summary>Compares what a deployment meets with what its models were trained for. The reference are the rows that a model was tested on in its run: it has not learned from them.</summary>
public sealed class DeploymentMonitor
{
    private const int MostRows = 20_000;
    private static readonly TimeSpan GateWindow = TimeSpan.FromDays(7);

    private readonly DeploymentLibrary deployments;
    private readonly RunHistory runs;
    private readonly TimeProvider clock;

    internal DeploymentMonitor(DeploymentLibrary deployments, RunHistory runs, TimeProvider clock) => (this.deployments, this.runs, this.clock) = (deployments, runs, clock);

    /// <summary>Drift of inputs and predictions in the last hours.</summary>
    /// <param name="name">The deployment.</param>
    /// <param name="window">How far back.</param>
    /// <param name="modelId">One of its models; null for the one with most traffic.</param>
    /// <exception cref="DataException">The deployment does not serve that model.</exception>
    public async Task<DriftReport> DriftAsync(string name, TimeSpan window, string? modelId = null)
    {
        StoredModel model = ModelOf(name, modelId);
        IReadOnlyList<LoggedPrediction> logged = await LoggedAsync(name, model.Id, window).ConfigureAwait(false);
        if (ReferenceRows.Of(runs, model, MostRows) is not ReferenceRows reference)
        {
            return new DriftReport(model.Id, logged.Count, 0, [], "There is nothing to compare with: no run of this server has trained the model.");
        }

        (ColumnDrift Drift, bool IsPrediction)[] columns =
        [
            .. Inputs(model, reference, logged).Select(drift => (drift, false)),
            .. Predictions(model, reference.Tested, logged).Select(drift => (drift, true)),
        ];
        double?[] adjusted = FalseDiscoveryRate.Adjust([.. columns.Select(column => column.Drift.PValue)]);
        DriftedColumn[] judged = [.. columns.Zip(adjusted, (column, value) => new DriftedColumn(column.Drift, value, column.IsPrediction))];
        return new DriftReport(model.Id, logged.Count, reference.Rows.RowCount, judged, Verdict(judged, logged.Count));
    }

    /// <summary>How good a model was in the last hours, as far as outcomes are known, and an estimate where they are not.</summary>
    /// <inheritdoc cref="DriftAsync"/>
    public async Task<PerformanceReport> PerformanceAsync(string name, TimeSpan window, string? modelId = null)
    {
        StoredModel model = ModelOf(name, modelId);
        KnownPrediction[] known = [.. deployments.Known(name, clock.GetUtcNow() - window).Where(one => one.ModelId == model.Id)];
        TestedRowPage? tested = ReferenceRows.Of(runs, model, MostRows)?.Tested;
        if (!model.Task.IsClassification())
        {
            double[] errors = [.. known.Select(one => one.Error).OfType<double>()], before = [.. tested?.Items.Select(row => Math.Sqrt(row.Loss)) ?? []];
            return new PerformanceReport(model.Id, known.Length, Errors(errors), Errors(before), null, 0);
        }

        var curve = new ConfidenceCurve(tested?.Items.Select(row => (row.Probabilities.DefaultIfEmpty(1).Max(), row.Prediction == row.Truth)) ?? []);
        IReadOnlyList<LoggedPrediction> logged = await LoggedAsync(name, model.Id, window).ConfigureAwait(false);
        double[] confidences = [.. logged.Where(entry => entry.Probabilities.Count > 0).Select(entry => entry.Probabilities.Max())];
        var now = new ConfidenceCurve(known.Where(one => one.Confidence is not null).Select(one => (one.Confidence!.Value, one.IsCorrect == true)));
        return new PerformanceReport(
            model.Id,
            known.Length,
            Classes([.. known.Select(one => one.IsCorrect == true)], [.. known.Select(one => one.ProbabilityOfOutcome).OfType<double>()], now),
            tested is null ? new Dictionary<string, double>() : Classes([.. tested.Items.Select(row => row.Prediction == row.Truth)], [.. tested.Items.Select(row => Math.Exp(-row.Loss))], curve),
            tested is null || confidences.Length == 0 ? null : curve.Expect(confidences),
            confidences.Length);
    }

    /// <summary>How far the rows that a deployment met in the last week are from those that a model was tested on: the stability index of the column that is furthest off. Null, and why, where that is not known.</summary>
    internal async Task<(double? Value, string Why)> GreatestDriftAsync(string name, StoredModel model)
    {
        if (deployments.Find(name) is null)
        {
            return (null, $"the deployment '{name}' has served nothing yet.");
        }

        DateTimeOffset now = clock.GetUtcNow();
        IReadOnlyList<LoggedPrediction> logged = await deployments.LoggedAsync(name, now - GateWindow, now, MostRows, entry => !entry.IsShadow).ConfigureAwait(false);
        if (logged.Count < ColumnDrift.LeastValues)
        {
            return (null, $"the deployment '{name}' logged {logged.Count} rows in a week; drift is told from {ColumnDrift.LeastValues} on.");
        }

        if (ReferenceRows.Of(runs, model, MostRows) is not ReferenceRows reference)
        {
            return (null, "no run of this server has trained the model, so there is nothing to compare with.");
        }

        ColumnDrift? furthest = Inputs(model, reference, logged).MaxBy(drift => drift.Stability);
        return furthest is null
            ? (null, "none of its columns is one that drift is told of.")
            : (furthest.Stability, FormattableString.Invariant($"of {logged.Count} rows of the last week '{furthest.Column}' is furthest off, {furthest.Stability:0.###}."));
    }

    private StoredModel ModelOf(string name, string? modelId)
    {
        IReadOnlyList<ServedModel> models = deployments.Serving(name).Models;
        ServedModel? served = modelId is null ? models.MaxBy(model => model.Deployed.IsShadow ? -1 : model.Deployed.Weight) : models.FirstOrDefault(model => model.Stored.Id == modelId);
        return served?.Stored ?? throw new DataException($"Deployment '{name}' does not serve the model '{modelId}'; it serves {string.Join(", ", models.Select(model => model.Stored.Id))}.");
    }

    private Task<IReadOnlyList<LoggedPrediction>> LoggedAsync(string name, string modelId, TimeSpan window)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return deployments.LoggedAsync(name, now - window, now, MostRows, entry => entry.ModelId == modelId);
    }

    private static IEnumerable<ColumnDrift> Inputs(StoredModel model, ReferenceRows reference, IReadOnlyList<LoggedPrediction> logged) =>
        model.Features.Where(feature => !feature.Type.IsArray() && feature.Type != ColumnType.Date).Select(feature => Of(feature, reference.Rows[feature.Name], logged));

    private static ColumnDrift Of(SchemaColumn feature, Column before, IReadOnlyList<LoggedPrediction> logged) => before.IsNumeric
        ? ColumnDrift.OfNumbers(feature.Name, [.. Enumerable.Range(0, before.Count).Select(before.NumberAt)], [.. logged.Select(entry => NumberOf(entry.Row[feature.Name]))])
        : ColumnDrift.OfLevels(feature.Name, [.. Enumerable.Range(0, before.Count).Select(before.TextAt)], [.. logged.Select(entry => TextOf(entry.Row[feature.Name]))]);

    private static IEnumerable<ColumnDrift> Predictions(StoredModel model, TestedRowPage tested, IReadOnlyList<LoggedPrediction> logged)
    {
        if (model.Task == LearningTask.Regression)
        {
            yield return ColumnDrift.OfNumbers("prediction", [.. tested.Items.Select(row => NumberText.TryParse(row.Prediction, out double value) ? value : double.NaN)], [.. logged.Select(entry => entry.Number ?? double.NaN)]);
        }
        else
        {
            yield return ColumnDrift.OfLevels("prediction", [.. tested.Items.Select(row => row.Prediction)], [.. logged.Select(entry => entry.Class)]);
        }

        if (model.Task.IsClassification())
        {
            yield return ColumnDrift.OfNumbers(
                "confidence",
                [.. tested.Items.Select(row => row.Probabilities.DefaultIfEmpty(double.NaN).Max())],
                [.. logged.Select(entry => entry.Probabilities.DefaultIfEmpty(double.NaN).Max())]);
        }
    }

    private static double NumberOf(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Number => value.GetValue<double>(),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.String when NumberText.TryParse(value.GetValue<string>(), out double number) => number,
        _ => double.NaN,
    };

    private static string? TextOf(JsonNode? value) => value?.GetValueKind() is null or JsonValueKind.Null ? null
        : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>()
        : value.ToJsonString();

    private static string Verdict(DriftedColumn[] columns, int rows)
    {
        if (rows < ColumnDrift.LeastValues)
        {
            return $"Too few rows yet: {rows}; drift is told from {ColumnDrift.LeastValues} on.";
        }

        string[] drifted = [.. columns.Where(column => column.HasDrifted).OrderByDescending(column => column.Drift.Stability).Select(column => column.Drift.Column)];
        return drifted.Length == 0 ? $"Nothing has drifted in {rows} rows." : $"{drifted.Length} of {columns.Length} have drifted: {NearNames.List(drifted, 8)}.";
    }

    private static Dictionary<string, double> Errors(double[] errors) => errors.Length == 0 ? [] : new Dictionary<string, double>
    {
        ["mae"] = errors.Average(Math.Abs),
        ["rmse"] = Math.Sqrt(errors.Average(error => error * error)),
    };

    private static Dictionary<string, double> Classes(bool[] right, double[] probabilities, ConfidenceCurve curve)
    {
        var metrics = new Dictionary<string, double>();
        if (right.Length > 0)
        {
            metrics["accuracy"] = right.Average(one => one ? 1.0 : 0);
            metrics["calibration_error"] = curve.CalibrationError;
        }

        if (probabilities.Length > 0)
        {
            metrics["log_loss"] = probabilities.Average(share => -Math.Log(Math.Max(share, 1e-15)));
        }

        return metrics;
    }
}
