using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.Catalog;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Workflow.Reports;

/// <summary>What a report says of a model.</summary>
public sealed record ReportedModel
{
    /// <summary>Name in the catalog.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The name that people read.</summary>
    public required string AlgorithmTitle { get; init; }

    /// <summary>What the algorithm is good for; null for one that this program does not know.</summary>
    public string? Summary { get; init; }

    public required LearningTask Task { get; init; }

    /// <summary>Null where nothing is predicted.</summary>
    public string? Target { get; init; }

    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>How many columns it takes.</summary>
    public required int FeatureCount { get; init; }

    /// <summary>Where chance starts.</summary>
    public ulong Seed { get; init; }

    /// <summary>What the fit took; null where that is not known.</summary>
    public double? FitSeconds { get; init; }

    /// <summary>The program that trained it, where that is another one than the report's.</summary>
    public string? TrainedBy { get; init; }

    /// <summary>The plan that it was trained by, without threads.</summary>
    public JsonObject? Plan { get; init; }

    internal static ReportedModel Of(IModel model, TrainingPlan plan, TimeSpan? fitTime)
    {
        Algorithm? known = Algorithms.All.FirstOrDefault(algorithm => algorithm.Name == plan.Algorithm);
        ModelSignature signature = model.Signature;
        return new ReportedModel
        {
            Algorithm = plan.Algorithm,
            AlgorithmTitle = known?.Title ?? plan.Algorithm,
            Summary = known?.Summary,
            Task = signature.Task,
            Target = signature.Task.HasTarget() ? signature.Target : null,
            Classes = signature.Classes,
            FeatureCount = signature.Features.Columns.Count,
            Seed = plan.Seed,
            FitSeconds = fitTime?.TotalSeconds,
            Plan = JsonSerializer.SerializeToNode(plan with { Threads = null, Statements = null }, ModelFileJson.Options) as JsonObject,
        };
    }
}
