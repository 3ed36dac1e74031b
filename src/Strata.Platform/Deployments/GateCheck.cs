using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Validation.Leaks;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Platform.Storage;

namespace Strata.Platform.Deployments;

/// <summary>Measures the gates of a registered model for one of its versions.</summary>
internal sealed class GateCheck(ModelLibrary models, RunHistory runs, TimeProvider clock)
{
    /// <summary>Tells how far what a deployment meets is from a model's test rows: the value, or null, and in words. Set by the room that watches deployments.</summary>
    public Func<string, StoredModel, Task<(double? Value, string Why)>> Drift { get; set; } = (_, _) => Task.FromResult<(double?, string)>((null, "Nobody watches the deployment."));

    /// <param name="model">Whose gates.</param>
    /// <param name="version">The version that is measured.</param>
    /// <param name="production">The version in production; null for none.</param>
    public async Task<IReadOnlyList<GateOutcome>> OfAsync(RegisteredModel model, ModelVersion version, ModelVersion? production)
    {
        if (model.Rules.Gates.Count == 0)
        {
            return [];
        }

        StoredModel? stored = version.ModelId is string id ? models.Find(id) : null;
        IReadOnlyDictionary<string, double> metrics = MetricsOf(version);
        var outcomes = new List<GateOutcome>();
        foreach (Gate gate in model.Rules.Gates)
        {
            outcomes.Add(gate.Kind switch
            {
                GateKind.MetricFloor => OfMetric(gate, metrics, gate.Metric!, value => value >= gate.Bound),
                GateKind.MetricCeiling => OfMetric(gate, metrics, gate.Metric!, value => value <= gate.Bound),
                GateKind.CalibrationError => OfMetric(gate, metrics, Gate.CalibrationMetric, value => value <= gate.Bound),
                GateKind.NotWorse => OfDifference(gate, metrics, production),
                GateKind.LeakAudit => OfLeaks(gate, version),
                GateKind.Latency => OfLatency(gate, stored),
                _ => await OfDriftAsync(gate, model, stored).ConfigureAwait(false),
            });
        }

        return outcomes;
    }

    /// <summary>Those of the stored model's test rows, or the last ones that the run reported.</summary>
    public IReadOnlyDictionary<string, double> MetricsOf(ModelVersion version)
    {
        if (version.ModelId is string id && models.Find(id) is { } stored)
        {
            return stored.Metrics;
        }

        return version.RunId is string run && runs.ProjectOf(run) is not null ? runs.Get(run).Metrics : new Dictionary<string, double>();
    }

    private static GateOutcome OfMetric(Gate gate, IReadOnlyDictionary<string, double> metrics, string name, Func<double, bool> passes) =>
        metrics.TryGetValue(name, out double value) && double.IsFinite(value)
            ? GateOutcome.Known(gate, passes(value), value, $"{name} is {Gate.Text(value)}.")
            : GateOutcome.Unknown(gate, metrics.Count == 0 ? "no metric of this version is known." : $"{name} was not measured; there are {NearNames.List([.. metrics.Keys], 8)}.");

    private GateOutcome OfDifference(Gate gate, IReadOnlyDictionary<string, double> metrics, ModelVersion? production)
    {
        if (production is null)
        {
            return new GateOutcome(gate, GateVerdict.Passed, "nothing else is in production.");
        }

        string name = gate.Metric!;
        if (!metrics.TryGetValue(name, out double own) || !MetricsOf(production).TryGetValue(name, out double other) || !double.IsFinite(own - other))
        {
            return GateOutcome.Unknown(gate, $"{name} was not measured for both this version and version {production.Version}, which is in production.");
        }

        double worse = Metric.Named(name).HigherIsBetter ? other - own : own - other;
        return GateOutcome.Known(gate, worse <= gate.Bound, worse, $"{name} is {Gate.Text(own)} against {Gate.Text(other)} of version {production.Version}, each on its own test rows.");
    }

    private GateOutcome OfLeaks(Gate gate, ModelVersion version)
    {
        if (version.RunId is not string run || runs.ProjectOf(run) is null || runs.Artifacts(run).All(artifact => artifact.Name != TrainModel.EvaluationFileName))
        {
            return GateOutcome.Unknown(gate, "no run of this server has trained it, so no leak audit is known.");
        }

        using Stream file = runs.OpenArtifact(run, TrainModel.EvaluationFileName);
        if (JsonNode.Parse(file)?["leak_audit"] is not JsonArray findings)
        {
            return GateOutcome.Unknown(gate, "its training kept no leak audit.");
        }

        string[] alarms = [.. findings.Select(finding => JsonText.Read<LeakFinding>(finding!.ToJsonString())).Where(finding => finding.Severity >= LeakSeverity.Warning).Select(finding => finding.Message)];
        return GateOutcome.Known(gate, alarms.Length == 0, alarms.Length, alarms.Length == 0 ? "the audit raised no alarm." : $"{alarms.Length} alarms: {string.Join(' ', alarms.Take(5))}");
    }

    private GateOutcome OfLatency(Gate gate, StoredModel? stored)
    {
        if (stored is null)
        {
            return GateOutcome.Unknown(gate, "it is no stored model of Strata, so it cannot be asked.");
        }

        IModel model = models.Load(stored);
        Frame? rows = ReferenceRows.Of(runs, stored, WarmUp.RowCount)?.Rows;
        try
        {
            SingleRowLatency latency = SingleRowLatency.Of(model, rows ?? SingleRowLatency.PlainRow(model.Signature), clock);
            return GateOutcome.Known(gate, latency.P95 <= gate.Bound, latency.P95, $"{latency.Count} single rows took {Gate.Text(latency.Median)} ms at the median, {Gate.Text(latency.P95)} ms at the 95th percentile.");
        }
        catch (DataException e)
        {
            return GateOutcome.Unknown(gate, $"it could not predict {(rows is null ? "a row of zeros, and no other rows are known" : "the rows that it was tested on")}: {e.Message}");
        }
    }

    private async Task<GateOutcome> OfDriftAsync(Gate gate, RegisteredModel model, StoredModel? stored)
    {
        if (model.Rules.Deployment is not string deployment || stored is null)
        {
            return GateOutcome.Unknown(gate, stored is null ? "it is no stored model of Strata." : "no deployment is bound.");
        }

        (double? value, string why) = await Drift(deployment, stored).ConfigureAwait(false);
        return value is double stability ? GateOutcome.Known(gate, stability <= gate.Bound, stability, why) : GateOutcome.Unknown(gate, why);
    }
}
