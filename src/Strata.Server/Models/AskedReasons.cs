using Strata.Client.Contracts;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Platform;

namespace Strata.Server.Models;

/// <summary>The reasons that somebody asked for.</summary>
internal sealed record AskedReasons(Contributions Contributions, Interactions? Interactions)
{
    private const int MostBackgroundRows = 1000;

    /// <summary>Cells of all matrices together that are answered at a time.</summary>
    private const long MostPairs = 1_000_000;

    /// <exception cref="DataException">What is asked does not go together, is too much, or the background is not a table for the model.</exception>
    public static AskedReasons Of(ReasonRequest asked, IModel model, Frame rows, StrataPlatform platform, CancellationToken cancellation, ulong seed = 0)
    {
        Check(asked, model, rows);
        var options = new ExplanationOptions
        {
            Method = asked.Method.To<Learning.Explanation.ExplanationMethod>(),
            Background = asked.BackgroundDatasetId is string id ? platform.Datasets.OpenTable(id) : null,
            MostBackgroundRows = asked.BackgroundRows,
            Context = new FitContext { Threads = platform.Options.ThreadsPerJob, Seed = seed, Cancellation = cancellation },
        };
        return new AskedReasons(Explainer.Explain(model, rows, options), asked.Interactions ? Explainer.Interactions(model, rows, options.Context) : null);
    }

    private static void Check(ReasonRequest asked, IModel model, Frame rows)
    {
        var problems = new List<string>();
        bool interventional = asked.Method == Client.Contracts.ExplanationMethod.Interventional;
        if (asked.BackgroundDatasetId is not null && !interventional)
        {
            problems.Add("A background dataset goes with the method interventional.");
        }

        if (asked.Interactions && interventional)
        {
            problems.Add("Interactions are told by the method path.");
        }

        if (asked.BackgroundRows is < 1 or > MostBackgroundRows)
        {
            problems.Add($"background_rows is {asked.BackgroundRows}; expected 1 to {MostBackgroundRows}.");
        }

        long pairs = rows.RowCount * (long)model.Signature.OutputCount * model.Signature.Features.Columns.Count * model.Signature.Features.Columns.Count;
        if (asked.Interactions && pairs > MostPairs)
        {
            problems.Add($"The pairs of {model.Signature.Features.Columns.Count} columns in {rows.RowCount} rows are {pairs} numbers; at most {MostPairs} are answered at a time. Send fewer rows.");
        }

        DataException.ThrowIfAny(problems);
    }
}
