using Strata.Client.Contracts;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Platform;
using Strata.Platform.Deployments;
using Strata.Platform.Models;
using ExplanationMethod = Strata.Learning.Explanation.ExplanationMethod;

namespace Strata.Server.Models;

/// <summary>The reasons that somebody asked for.</summary>
internal sealed record AskedReasons(Contributions Contributions, Interactions? Interactions, ExplanationMethod Method)
{
    private const int MostBackgroundRows = 1000, MostSampledRows = 1000, MostEvaluations = 100_000;

    /// <summary>Cells of all matrices together that are answered at a time.</summary>
    private const long MostPairs = 1_000_000;

    /// <summary>By what, of what and how nearly.</summary>
    public ExplanationBasis Basis => new(Method.To<Client.Contracts.ExplanationMethod>(), Contributions.Explained.To<Client.Contracts.ExplainedOutput>(), Contributions.AdditivityError);

    /// <param name="asked">How they are wanted.</param>
    /// <param name="stored">The model's record.</param>
    /// <param name="model">The model.</param>
    /// <param name="rows">Conformed to its features.</param>
    /// <param name="platform">Where datasets and tested rows are.</param>
    /// <param name="cancellation">Of the request.</param>
    /// <param name="seed">Of what is left to chance.</param>
    /// <param name="others">Rows that methods which sample compare with where nothing is asked; null for the rows that the model was tested on.</param>
    /// <exception cref="DataException">What is asked does not go together, is too much, or the background is not a table for the model.</exception>
    public static AskedReasons Of(
        ReasonRequest asked, StoredModel stored, IModel model, Frame rows, StrataPlatform platform, CancellationToken cancellation, ulong seed = 0, Func<Frame>? others = null)
    {
        var usual = new ExplanationOptions();
        ExplanationMethod method = MethodOf(asked, model, rows);
        Check(asked, method, model, rows);
        ExplanationOptions options = usual with
        {
            Method = method,
            Background = asked.BackgroundDatasetId is string id ? platform.Datasets.OpenTable(id) : Samples(method) ? others?.Invoke() ?? UsualBackground(stored, rows, platform) : null,
            MostBackgroundRows = asked.BackgroundRows,
            Evaluations = asked.Evaluations ?? usual.Evaluations,
            Context = new FitContext { Threads = platform.Options.ThreadsPerJob, Seed = seed, Cancellation = cancellation },
        };
        return ExplainingTime.Within(method.ToString().ToLowerInvariant(), options.Context, context => new AskedReasons(
            Explainer.Explain(model, rows, options with { Context = context }), asked.Interactions ? Explainer.Interactions(model, rows, context) : null, method));
    }

    private static ExplanationMethod MethodOf(ReasonRequest asked, IModel model, Frame rows) => asked.Method != Client.Contracts.ExplanationMethod.Auto ? asked.Method.To<ExplanationMethod>()
        : asked.Interactions ? ExplanationMethod.Path
        : Explainer.MethodFor(model, new ExplanationOptions { Background = asked.BackgroundDatasetId is null ? null : rows });

    private static bool Samples(ExplanationMethod method) => method is ExplanationMethod.Kernel or ExplanationMethod.Permutation;

    /// <summary>The rows that the model was tested on, where they are known, else the asked ones.</summary>
    private static Frame UsualBackground(StoredModel stored, Frame rows, StrataPlatform platform)
    {
        Frame? tested = ReferenceRows.Of(platform.Runs, stored, MostBackgroundRows)?.Rows;
        return tested is { RowCount: > 0 } ? tested
            : rows.RowCount > 1 ? rows
            : throw new DataException("'background_dataset_id' is missing: a sampled explanation compares a row with others, and no rows are known that the model was tested on.");
    }

    private static void Check(ReasonRequest asked, ExplanationMethod method, IModel model, Frame rows)
    {
        var problems = new List<string>();
        if (asked.BackgroundDatasetId is not null && method == ExplanationMethod.Path)
        {
            problems.Add("A background dataset goes with the methods interventional, kernel and permutation.");
        }

        if (asked.Interactions && method != ExplanationMethod.Path)
        {
            problems.Add("Interactions are told by the method path.");
        }

        if (asked.BackgroundRows is < 1 or > MostBackgroundRows)
        {
            problems.Add($"background_rows is {asked.BackgroundRows}; expected 1 to {MostBackgroundRows}.");
        }

        if (asked.Evaluations is < 1 or > MostEvaluations)
        {
            problems.Add($"evaluations is {asked.Evaluations}; expected 1 to {MostEvaluations}.");
        }

        if (Samples(method) && rows.RowCount > MostSampledRows)
        {
            problems.Add($"There are {rows.RowCount} rows; at most {MostSampledRows} are explained by sampling at a time. Send fewer.");
        }

        long pairs = rows.RowCount * (long)model.Signature.OutputCount * model.Signature.Features.Columns.Count * model.Signature.Features.Columns.Count;
        if (asked.Interactions && pairs > MostPairs)
        {
            problems.Add($"The pairs of {model.Signature.Features.Columns.Count} columns in {rows.RowCount} rows are {pairs} numbers; at most {MostPairs} are answered at a time. Send fewer rows.");
        }

        DataException.ThrowIfAny(problems);
    }
}
