using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Workflow.Plots;

namespace Strata.Learning.Workflow.Reports;

/// <summary>What moved one output of some test rows.</summary>
/// <param name="Output">The class that it speaks of, or the name of the number.</param>
/// <param name="Columns">Those that moved it most, the first most of all.</param>
public sealed record OutputReasons(string Output, IReadOnlyList<ColumnReasons> Columns);

/// <summary>What matters to a model.</summary>
public sealed record ReportedReasons
{
    private const int MostRows = 200, MostOutputs = 3, MostEffects = 4;

    /// <summary>How much the main metric worsens when a column is shuffled, the most important first; empty where it was not measured.</summary>
    public IReadOnlyList<ColumnImportance> Importance { get; init; } = [];

    /// <summary>How many test rows were explained.</summary>
    public int RowCount { get; init; }

    /// <summary>The first outputs; empty where no exact contributions are known.</summary>
    public IReadOnlyList<OutputReasons> Outputs { get; init; } = [];

    /// <summary>Why there are no contributions a row; null where there are.</summary>
    public string? Without { get; init; }

    /// <summary>What the model says along the most important columns; where there are no contributions.</summary>
    public IReadOnlyList<ReportedEffect> Effects { get; init; } = [];

    /// <param name="model">The model.</param>
    /// <param name="rows">Test rows, as the model takes them.</param>
    /// <param name="importance">As it was measured.</param>
    /// <param name="context">Threads and cancellation.</param>
    public static ReportedReasons Of(IModel model, Frame rows, IReadOnlyList<ColumnImportance> importance, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(context);
        var reasons = new ReportedReasons { Importance = importance };
        int count = Math.Min(rows.RowCount, MostRows);
        Frame some = rows.Take([.. Enumerable.Range(0, count).Select(i => (int)((long)i * rows.RowCount / count))]);
        try
        {
            Contributions contributions = Explainer.Explain(model, some, new ExplanationOptions { Context = context with { Progress = null } });
            return reasons with
            {
                RowCount = count,
                Outputs = [.. contributions.Outputs.Take(MostOutputs).Select((output, i) => new OutputReasons(NameOf(output, model.Signature), ColumnReasons.Of(contributions, some, i)))],
            };
        }
        catch (DataException e)
        {
            return reasons with { Without = e.Message, Effects = EffectsOf(model, some, importance, context) };
        }
    }

    private static IReadOnlyList<ReportedEffect> EffectsOf(IModel model, Frame rows, IReadOnlyList<ColumnImportance> importance, FitContext context)
    {
        try
        {
            return model.Signature.Task.HasTarget() ? ReportedEffect.Of(model, rows, importance.Select(column => column.Column), MostEffects, context) : [];
        }
        catch (DataException)
        {
            // A model that cannot be asked for changed rows goes without.
            return [];
        }
    }

    /// <summary>Of two classes there is one raw score: it speaks of the second.</summary>
    internal static string NameOf(string output, ModelSignature signature) => signature.Task == LearningTask.BinaryClassification ? signature.Classes[1] : output;
}
