using System.Text.Json.Serialization;
using Strata.Learning.Metrics;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Models;

/// <summary>What the versions of a registered model have to meet before one goes into production, and where it is served then.</summary>
public sealed record PromotionRules
{
    private const int MostApprovals = 20;
    private const int MostGates = 50;

    /// <summary>The deployment that serves what is in production; null for none.</summary>
    [JsonIgnore]
    public string? Deployment { get; init; }

    /// <summary>How many people other than the one that promotes must have approved a version.</summary>
    public int Approvals { get; init; }

    public IReadOnlyList<Gate> Gates { get; init; } = [];

    public static PromotionRules None { get; } = new();

    /// <summary>Whether a version may go into production just so.</summary>
    public bool AreEmpty => Deployment is null && Approvals == 0 && Gates.Count == 0;

    public bool Equals(PromotionRules? other) => other is not null && Deployment == other.Deployment && Approvals == other.Approvals && Gates.SequenceEqual(other.Gates);

    public override int GetHashCode() => HashCode.Combine(Deployment, Approvals, Gates.Count);

    public override string ToString() =>
        $"deployment {(Deployment is null ? "none" : $"'{Deployment}'")}, {Approvals} approvals, gates: {(Gates.Count == 0 ? "none" : string.Join("; ", Gates))}";

    /// <exception cref="DataException">The rules make no sense; all that is wrong with them at once.</exception>
    internal void Check()
    {
        var problems = new List<string>();
        if (Approvals is < 0 or > MostApprovals)
        {
            problems.Add($"approvals is {Approvals}; expected 0 to {MostApprovals}.");
        }

        if (Gates.Count > MostGates)
        {
            problems.Add($"There are {Gates.Count} gates; expected {MostGates} at the most.");
        }

        problems.AddRange(Gates.SelectMany(gate => gate.Problems()));
        problems.AddRange(Gates.CountBy(gate => (gate.Kind, gate.Metric)).Where(count => count.Value > 1).Select(count => $"There are {count.Value} gates of the kind {Storage.JsonText.NameOf(count.Key.Kind)}{(count.Key.Metric is null ? string.Empty : $" for {count.Key.Metric}")}; expected one."));
        problems.AddRange(Gates.Where(gate => gate is { Kind: GateKind.NotWorse, Metric: not null }).SelectMany(gate => UnknownMetric(gate.Metric!)));
        DataException.ThrowIfAny(problems);
    }

    /// <summary>Only of metrics in the catalog it is known whether more is better.</summary>
    private static IReadOnlyList<string> UnknownMetric(string name)
    {
        try
        {
            _ = Metric.Named(name);
            return [];
        }
        catch (DataException e)
        {
            return e.Problems;
        }
    }
}
