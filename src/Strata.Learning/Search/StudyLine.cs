using System.Text.Json.Nodes;

namespace Strata.Learning.Search;

/// <summary>One line of a study's file after the header: a trial starts (it has values) or ends (it has a status).</summary>
internal sealed record StudyLine
{
    public required int Trial { get; init; }

    public JsonObject? Values { get; init; }

    public TrialStatus? Status { get; init; }

    public double? Value { get; init; }

    /// <summary>[step, value] pairs.</summary>
    public double[][]? Reports { get; init; }

    public string? Reason { get; init; }

    public double? Seconds { get; init; }

    public IReadOnlyDictionary<string, double>? Notes { get; init; }

    public static StudyLine Start(SearchSpace space, Trial trial) => new() { Trial = trial.Number, Values = new JsonObject(space.Named(trial.Point)) };

    public static StudyLine End(Trial trial) => new()
    {
        Trial = trial.Number,
        Status = trial.Status,
        Value = double.IsNaN(trial.Value) ? null : trial.Value,
        Reports = trial.Reports.Count == 0 ? null : [.. trial.Reports.Select(report => new[] { report.Step, report.Value })],
        Reason = trial.Reason,
        Seconds = trial.Duration.TotalSeconds,
        Notes = trial.Notes.Count == 0 ? null : trial.Notes,
    };

    public Trial Ended(Trial started) => started with
    {
        Status = Status!.Value,
        Value = Value ?? double.NaN,
        Reports = [.. (Reports ?? []).Select(pair => new TrialReport((int)pair[0], pair[1]))],
        Reason = Reason,
        Duration = TimeSpan.FromSeconds(Seconds ?? 0),
        Notes = Notes ?? new Dictionary<string, double>(),
    };
}
