using Strata.Client.Contracts;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Explanation.Cohorts;
using Strata.Learning.Explanation.Counterfactuals;
using Strata.Learning.Explanation.Deep;
using Strata.Learning.Explanation.Effects;
using Strata.Learning.Explanation.Local;
using Strata.Learning.Explanation.Surrogates;
using Strata.Learning.Workflow.Plots;
using Strata.Platform;
using Strata.Platform.Storage;
using Strata.Server.Models;
using ColumnType = Strata.Learning.Data.ColumnType;
using LearningTask = Strata.Learning.LearningTask;

namespace Strata.Server.Surfaces.Omics;

/// <summary>The methods that ask a model of any kind about many changed rows. They are bounded in rows and time; what takes longer is refused with what to reduce.</summary>
internal static class OmicsReasons
{
    private const int MostEffectColumns = 20, MostChangedRows = 20, MostLimeRows = 100, MostMappedRows = 20, MostRows = 20_000;
    private const long MostMappedNumbers = 2_000_000;

    private static readonly Dictionary<string, Func<Asked, OmicsExplanationView>> Methods = new(StringComparer.Ordinal)
    {
        ["lime"] = Lime,
        ["pdp"] = asked => Effects(asked, column => View(PartialDependence.Of(asked.Model, asked.Rows(MostRows), column, asked.EffectOptions))),
        ["ice"] = asked => Effects(asked, column => View(PartialDependence.Of(asked.Model, asked.Rows(MostRows), column, asked.EffectOptions, individual: true))),
        ["ale"] = asked => Effects(asked, column => View(AccumulatedEffects.Of(asked.Model, asked.Rows(MostRows), column, asked.EffectOptions))),
        ["friedman_h"] = asked => asked.Empty with { Pairs = Told<IReadOnlyList<FriedmanHView>>(FriedmanH.Of(asked.Model, asked.Rows(MostRows), asked.Columns(most: MostEffectColumns), asked.EffectOptions)) },
        ["counterfactual"] = Counterfactuals,
        ["surrogate"] = asked => asked.Empty with { Surrogate = Told<SurrogateView>(SurrogateTree.Of(asked.Model, asked.Rows(MostRows), new SurrogateOptions { Context = asked.Context })) },
        ["integrated_gradients"] = asked => Gradients(asked, GradientMethod.IntegratedGradients),
        ["gradient_x_input"] = asked => Gradients(asked, GradientMethod.GradientTimesInput),
        ["occlusion"] = Occlusions,
        ["cohort"] = Cohorts,
    };

    public static bool Knows(string method) => Methods.ContainsKey(method);

    /// <summary>The names of the methods that serve a model.</summary>
    public static IEnumerable<string> NamesFor(IModel model) => Methods.Keys.Where(name => name switch
    {
        "integrated_gradients" or "gradient_x_input" => DeepAttributions.CanExplain(model),
        "occlusion" => model.Signature.Features.Columns.Any(column => column.Type is ColumnType.Series or ColumnType.Image),
        _ => true,
    });

    /// <summary>The answer; null for a method that is none of these.</summary>
    /// <exception cref="DataException">What is asked does not go together or takes too long.</exception>
    public static OmicsExplanationView? Answer(string id, OmicsExplanationRequest request, IModel model, ExplainedModel explained, StrataPlatform platform, CancellationToken cancellation)
    {
        string method = OmicsExplanations.NameOf(request);
        if (!Methods.TryGetValue(method, out Func<Asked, OmicsExplanationView>? way))
        {
            return null;
        }

        if (!NamesFor(model).Contains(method))
        {
            throw OmicsExplanations.Unfit(request, model);
        }

        var whole = new FitContext { Threads = platform.Options.ThreadsPerJob, Seed = request.Seed ?? 0, Cancellation = cancellation };
        return ExplainingTime.Within(method, whole, context => way(new Asked(id, request, model, explained, context)));
    }

    private static OmicsExplanationView Lime(Asked asked)
    {
        IReadOnlyList<LimeExplanation> told = Learning.Explanation.Local.Lime.Explain(asked.Model, asked.Rows(MostLimeRows), new LimeOptions { Background = asked.Background, Samples = asked.Request.Evaluations ?? 2000, Context = asked.Context });
        return asked.Empty with
        {
            Lime = [.. told.Select(one => new LimeView(asked.NumberOf(one.Row), one.Output, one.Prediction, one.LocalPrediction, one.Intercept, one.Fidelity, [.. one.Terms.Select(term => new LimeTermView(term.Column, term.Condition, term.Weight))]))],
        };
    }

    private static OmicsExplanationView Effects(Asked asked, Func<string, EffectView> of) => asked.Columns(MostEffectColumns) is { Count: > 0 } columns
        ? asked.Empty with { Effects = [.. columns.Select(of)] }
        : throw new DataException($"'columns' names 0; expected 1 to {MostEffectColumns} columns along which the effect is told.");

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

    private static OmicsExplanationView Gradients(Asked asked, GradientMethod method)
    {
        IReadOnlyList<DeepAttribution> told = DeepAttributions.Of(asked.Model, asked.Rows(MostMappedRows), new DeepOptions { Method = method, Context = asked.Context });
        CheckMaps(told.SelectMany(one => one.Maps));
        return asked.WithMaps(told.SelectMany(one => one.Maps.Select(map => (one.Row, one.Output, map)))) with { Attributions = Told<IReadOnlyList<AttributionView>>(told.Select(one => one with { Row = asked.NumberOf(one.Row) })) };
    }

    private static OmicsExplanationView Occlusions(Asked asked)
    {
        IReadOnlyList<Occlusion> told = Occlusion.Of(asked.Model, asked.Rows(MostMappedRows), new OcclusionOptions { ArrayColumn = asked.Columns(most: 1)?[0], Background = asked.Background, Context = asked.Context });
        CheckMaps(told.Select(one => one.Map));
        return asked.WithMaps(told.Select(one => (one.Row, one.Output, one.Map))) with { Occlusions = Told<IReadOnlyList<OcclusionView>>(told.Select(one => one with { Row = asked.NumberOf(one.Row) })) };
    }

    private static void CheckMaps(IEnumerable<AttributionMap> maps)
    {
        long numbers = maps.Sum(map => (long)map.Values.Count);
        if (numbers > MostMappedNumbers)
        {
            throw new DataException($"The maps of these rows are {numbers} numbers; at most {MostMappedNumbers} are answered at a time. Ask for fewer rows ('count').");
        }
    }

    private static OmicsExplanationView Cohorts(Asked asked)
    {
        CohortRequest request = asked.Request.Cohort ?? throw new DataException("'cohort' is missing; expected the column, and its value or bounds, that the rows of a group have in common.");
        Frame table = asked.Table(MostRows);
        var first = new CohortCondition(request.First.Column, request.First.Value, request.First.Low, request.First.High);
        int[] rows = first.RowsOf(table), others = [.. Enumerable.Range(0, table.RowCount).Except(rows)];
        string name = $"not {first.Name}";
        if (request.Second is CohortConditionView given)
        {
            var second = new CohortCondition(given.Column, given.Value, given.Low, given.High);
            (others, name) = (second.RowsOf(table), second.Name);
        }

        return asked.Empty with
        {
            Cohorts = Told<CohortComparisonView>(CohortComparison.Of(
                asked.Model, asked.CohortOf(first.Name, table.Take(rows)), asked.CohortOf(name, table.Take(others)), new CohortOptions { PositiveClass = request.PositiveClass, Context = asked.Context })),
        };
    }

    /// <summary>A result of the house as the wire record of the same names.</summary>
    private static T Told<T>(object result) => StoredResults.Read<T>(JsonText.NodeOf(result)!);

    private static EffectView View(PartialDependence told) => new(told.Grid.Column, told.Grid.Labels, told.Grid.Numbers, told.Outputs, told.Means, told.Individual);

    private static EffectView View(AccumulatedEffects told) => new(told.Grid.Column, told.Grid.Labels, told.Grid.Numbers, told.Outputs, told.Effects);

    /// <summary>What is asked, and of which model.</summary>
    private sealed class Asked(string id, OmicsExplanationRequest request, IModel model, ExplainedModel explained, FitContext context)
    {
        public OmicsExplanationRequest Request => request;

        public IModel Model => model;

        public FitContext Context => context;

        public IReadOnlyList<string> Notes { get; private set; } = [];

        public EffectOptions EffectOptions => new() { Context = context };

        public OmicsExplanationView Empty => new(id, request.Method, new ExplanationView([], [], [], null, Notes));

        /// <summary>Heat maps over time, where they are asked for.</summary>
        public OmicsExplanationView WithMaps(IEnumerable<(int Row, string Output, AttributionMap Map)> maps)
        {
            if (!request.Plots)
            {
                return Empty;
            }

            ModelSignature signature = model.Signature;
            string drawn = signature.OutputNames[signature.OutputCount == 1 ? 0 : ExplainedModel.OutputNamed(request.Output, signature.OutputNames)];
            var pictures = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach ((int row, string output, AttributionMap map) in maps.Where(one => one.Map.Height == 1 && one.Output == drawn))
            {
                IReadOnlyList<double>[] lines = [.. map.Channels.Select((_, channel) => (IReadOnlyList<double>)[.. map.Values.Where((_, at) => at % map.Channels.Count == channel)])];
                string spoken = signature.Task == LearningTask.BinaryClassification ? signature.Classes[1] : output;
                pictures.TryAdd($"heat_map {map.Column} {NumberOf(row)}", HeatMapPlot.Draw(map.Channels, lines, spoken, $"heat-map-{pictures.Count}"));
            }

            return Empty with { Explanation = Empty.Explanation with { Plots = pictures } };
        }

        /// <summary>Other rows that the explained ones are compared with.</summary>
        /// <exception cref="DataException">Rows are given by themselves.</exception>
        public Frame Background =>
            explained.Others(request.BackgroundDatasetId ?? request.DatasetId ?? throw new DataException($"'background_dataset_id' is missing: {request.Method} compares the given rows with others."));

        public int NumberOf(int row) => row + (request.Offset ?? 0);

        /// <summary>The columns that are asked for; null for none.</summary>
        /// <exception cref="DataException">They are too many.</exception>
        public IReadOnlyList<string>? Columns(int most) => request.Columns is not { Count: > 0 } columns ? null
            : columns.Count <= most ? columns
            : throw new DataException($"'columns' names {columns.Count}; expected at most {most}.");

        public Frame Rows(int most)
        {
            ConformedFrame rows = explained.RowsFor(OfRows, most);
            Notes = rows.Notes;
            return rows.Frame;
        }

        /// <summary>The rows with all their columns, also those that the model does not know.</summary>
        public Frame Table(int most) => explained.TableFor(OfRows, most);

        public Cohort CohortOf(string name, Frame rows) => explained.CohortOf(name, rows);

        private ExplanationRequest OfRows => new(request.Rows, request.DatasetId, request.Offset, request.Count);
    }
}
