using Strata.Client.Contracts;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Explanation.Counterfactuals;
using Strata.Learning.Explanation.Effects;
using Strata.Learning.Explanation.Local;
using Strata.Learning.Explanation.Surrogates;
using Strata.Learning.Workflow;
using Strata.Platform;
using Strata.Platform.Storage;
using Strata.Server.Models;
using ExplanationMethod = Strata.Learning.Explanation.ExplanationMethod;

namespace Strata.Server.Surfaces.Omics;

/// <summary>The methods that ask a model of any kind about many changed rows. They are bounded in rows and time; what takes longer is refused with what to reduce.</summary>
internal static class OmicsReasons
{
    private const int MostEffectColumns = 20, MostChangedRows = 20, MostLimeRows = 100, MostSampledRows = 1000, MostRows = 20_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, Func<Asked, OmicsExplanationView>> Methods = new(StringComparer.Ordinal)
    {
        ["kernel_shap"] = asked => Sampled(asked, ExplanationMethod.Kernel),
        ["permutation_shap"] = asked => Sampled(asked, ExplanationMethod.Permutation),
        ["lime"] = Lime,
        ["pdp"] = asked => Effects(asked, column => View(PartialDependence.Of(asked.Model, asked.Rows(MostRows), column, asked.EffectOptions))),
        ["ice"] = asked => Effects(asked, column => View(PartialDependence.Of(asked.Model, asked.Rows(MostRows), column, asked.EffectOptions, individual: true))),
        ["ale"] = asked => Effects(asked, column => View(AccumulatedEffects.Of(asked.Model, asked.Rows(MostRows), column, asked.EffectOptions))),
        ["counterfactual"] = Counterfactuals,
        ["surrogate"] = asked => asked.Empty with { Surrogate = StoredResults.Read<SurrogateView>(JsonText.NodeOf(SurrogateTree.Of(asked.Model, asked.Rows(MostRows), new SurrogateOptions { Context = asked.Context }))!) },
    };

    /// <summary>The names of the methods, which serve every model.</summary>
    public static IEnumerable<string> Names => Methods.Keys;

    /// <summary>The answer; null for a method that is none of these.</summary>
    /// <exception cref="DataException">What is asked does not go together or takes too long.</exception>
    public static OmicsExplanationView? Answer(string id, OmicsExplanationRequest request, IModel model, ExplainedModel explained, StrataPlatform platform, CancellationToken cancellation)
    {
        string method = request.Method.Trim().ToLowerInvariant().Replace('-', '_');
        if (!Methods.TryGetValue(method, out Func<Asked, OmicsExplanationView>? way))
        {
            return null;
        }

        var context = new FitContext { Threads = platform.Options.ThreadsPerJob, Seed = request.Seed ?? 0, Cancellation = cancellation };
        using var time = new TimeLimit(Longest, context.Clock, cancellation);
        try
        {
            return way(new Asked(id, request, model, explained, platform, context with { Cancellation = time.Token }));
        }
        catch (OperationCanceledException e) when (time.IsUp && !cancellation.IsCancellationRequested)
        {
            throw new DataException($"Explaining by {method} takes more than {Longest.TotalSeconds} s here. Ask for fewer rows ('count'), columns ('columns') or 'evaluations', or explain on the command line: strata explain.", e);
        }
    }

    private static OmicsExplanationView Sampled(Asked asked, ExplanationMethod method)
    {
        Frame rows = asked.Rows(MostSampledRows);
        Contributions told = Explainer.Explain(asked.Model, rows, new ExplanationOptions
        {
            Method = method,
            Background = asked.Background,
            MostBackgroundRows = asked.Request.BackgroundRows ?? 100,
            Evaluations = asked.Request.Evaluations ?? 1000,
            Context = asked.Context,
        });
        bool isOfOneClass = told.Outputs.Count == 1 && asked.Model.Signature.Task.IsClassification();
        return asked.Empty with
        {
            Explanation = new ExplanationView(
                told.Columns,
                isOfOneClass ? [asked.Model.Signature.Classes[1]] : told.Outputs,
                [.. Enumerable.Range(0, told.RowCount).Select(row => new RowExplanation(asked.NumberOf(row), [.. Enumerable.Range(0, told.Outputs.Count).Select(output => new ScoreExplanation(told.BiasOf(row, output), told.Of(row, output).ToArray(), null, told.StandardErrors is null ? null : told.ErrorsOf(row, output).ToArray()))]))],
                null,
                asked.Notes),
        };
    }

    private static OmicsExplanationView Lime(Asked asked)
    {
        IReadOnlyList<LimeExplanation> told = Learning.Explanation.Local.Lime.Explain(asked.Model, asked.Rows(MostLimeRows), new LimeOptions { Background = asked.Background, Samples = asked.Request.Evaluations ?? 2000, Context = asked.Context });
        return asked.Empty with
        {
            Lime = [.. told.Select(one => new LimeView(asked.NumberOf(one.Row), one.Output, one.Prediction, one.LocalPrediction, one.Intercept, one.Fidelity, [.. one.Terms.Select(term => new LimeTermView(term.Column, term.Condition, term.Weight))]))],
        };
    }

    private static OmicsExplanationView Effects(Asked asked, Func<string, EffectView> of)
    {
        IReadOnlyList<string> columns = asked.Request.Columns ?? [];
        return columns.Count is >= 1 and <= MostEffectColumns
            ? asked.Empty with { Effects = [.. columns.Select(of)] }
            : throw new DataException($"'columns' names {columns.Count}; expected 1 to {MostEffectColumns} columns along which the effect is told.");
    }

    private static OmicsExplanationView Counterfactuals(Asked asked)
    {
        OmicsExplanationRequest request = asked.Request;
        IReadOnlyList<CounterfactualAnswer> told = CounterfactualSearch.Of(asked.Model, asked.Rows(MostChangedRows), new CounterfactualOptions
        {
            Background = asked.Background,
            WantedClass = request.WantedClass,
            WantedLow = request.WantedLow,
            WantedHigh = request.WantedHigh,
            Immutable = request.Immutable ?? [],
            Evaluations = request.Evaluations ?? 10_000,
            Context = asked.Context,
        });
        return asked.Empty with
        {
            Counterfactuals = [.. told.Select(one => new CounterfactualAnswerView(
                asked.NumberOf(one.Row),
                one.Label,
                one.Score,
                [.. one.Found.Select(found => new CounterfactualView([.. found.Changes.Select(change => new ColumnChangeView(change.Column, change.From, change.To))], found.Label, found.Score, found.Distance, found.DistanceToData))],
                one.Reason))],
        };
    }

    private static EffectView View(PartialDependence told) => new(told.Grid.Column, told.Grid.Labels, told.Grid.Numbers, told.Outputs, told.Means, told.Individual);

    private static EffectView View(AccumulatedEffects told) => new(told.Grid.Column, told.Grid.Labels, told.Grid.Numbers, told.Outputs, told.Effects);

    /// <summary>What is asked, and of which model.</summary>
    private sealed class Asked(string id, OmicsExplanationRequest request, IModel model, ExplainedModel explained, StrataPlatform platform, FitContext context)
    {
        private const int MostBackground = 5000;

        public OmicsExplanationRequest Request => request;

        public IModel Model => model;

        public FitContext Context => context;

        public IReadOnlyList<string> Notes { get; private set; } = [];

        public EffectOptions EffectOptions => new() { Context = context };

        public OmicsExplanationView Empty => new(id, request.Method, new ExplanationView([], [], [], null, Notes));

        /// <summary>Other rows that the explained ones are compared with.</summary>
        /// <exception cref="DataException">Rows are given by themselves.</exception>
        public Frame Background
        {
            get
            {
                string dataset = request.BackgroundDatasetId ?? request.DatasetId ?? throw new DataException($"'background_dataset_id' is missing: {request.Method} compares the given rows with others.");
                Frame table = platform.Datasets.OpenTable(dataset);
                return model.Signature.Features.Conform(table.RowCount <= MostBackground ? table : table.Take([.. Enumerable.Range(0, MostBackground).Select(i => (int)((long)i * table.RowCount / MostBackground))]));
            }
        }

        public int NumberOf(int row) => row + (request.Offset ?? 0);

        public Frame Rows(int most)
        {
            ConformedFrame rows = explained.RowsFor(new ExplanationRequest(request.Rows, request.DatasetId, request.Offset, request.Count), most);
            Notes = rows.Notes;
            return rows.Frame;
        }
    }
}
