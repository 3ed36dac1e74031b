using System.CommandLine;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Explanation.Cohorts;
using Strata.Learning.Explanation.Counterfactuals;
using Strata.Learning.Explanation.Deep;
using Strata.Learning.Explanation.Effects;
using Strata.Learning.Explanation.Local;
using Strata.Learning.Explanation.Surrogates;
using Strata.Learning.Workflow;
using Strata.Solutions;

namespace Strata.Cli.Explanations;

/// <summary>One method of <c>strata explain</c> carried out.</summary>
/// <param name="File">The model with its card.</param>
/// <param name="Table">The rows as they were read, the target among them if it is known.</param>
/// <param name="Background">Rows to compare with, or to take values from; null for the table.</param>
/// <param name="Options">Of the methods.</param>
/// <param name="Parsed">What was given.</param>
/// <param name="Context">Threads, seed, cancellation, progress.</param>
internal sealed record MethodRun(ModelFile File, Frame Table, Frame? Background, MethodOptions Options, ParseResult Parsed, FitContext Context)
{
    private const int FewRows = 5;

    private IModel Model => File.Model;

    private ExplainedOutput Output => Given(Options.Output) ?? ExplainedOutput.Prediction;

    public ToldExplanation Tell(ExplainMethod method) => method switch
    {
        ExplainMethod.Lime => Told(Lime.Explain(Model, First(FewRows), LimeOptions), ExplanationText.Write),
        ExplainMethod.Pdp or ExplainMethod.Ice or ExplainMethod.Ale => OfEffects(method),
        ExplainMethod.Interactions => Told(FriedmanH.Of(Model, First(null), Columns, Effects), ExplanationText.Write),
        ExplainMethod.Counterfactual => Told(CounterfactualSearch.Of(Model, First(FewRows), CounterfactualOptions), ExplanationText.Write),
        ExplainMethod.Surrogate => Told(SurrogateTree.Of(Model, First(null), new SurrogateOptions { MaxDepth = Given(Options.Depth) ?? new SurrogateOptions().MaxDepth, Context = Context }), ExplanationText.Write),
        ExplainMethod.Gradients => Told(DeepAttributions.Of(Model, First(FewRows), new DeepOptions { Method = Given(Options.Gradient) ?? GradientMethod.IntegratedGradients, Steps = Given(Options.Steps) ?? new DeepOptions().Steps, Context = Context }), ExplanationText.Write),
        ExplainMethod.Occlusion => Told(Occlusion.Of(Model, First(FewRows), OcclusionOptions), ExplanationText.Write),
        ExplainMethod.Cohort => Told(OfCohorts(), ExplanationText.Write),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "It tells contributions."),
    };

    /// <summary>Contributions by sampling, or exact where that is asked for and possible.</summary>
    public Contributions Contributions(ExplainMethod method, int? mostBackgroundRows)
    {
        bool exact = method == ExplainMethod.Shap && Given(Options.Output) != ExplainedOutput.Prediction && Given(Options.Evaluations) is null && Explainer.CanExplain(Model);
        var usual = new ExplanationOptions();
        return Explainer.Explain(Model, First(null), usual with
        {
            Method = exact ? (Background is null && mostBackgroundRows is null ? ExplanationMethod.Path : ExplanationMethod.Interventional) : method == ExplainMethod.Kernel ? ExplanationMethod.Kernel : ExplanationMethod.Permutation,
            Output = Output,
            Background = Background ?? Table,
            MostBackgroundRows = mostBackgroundRows ?? usual.MostBackgroundRows,
            Evaluations = Given(Options.Evaluations) ?? usual.Evaluations,
            Context = Context,
        });
    }

    private LimeOptions LimeOptions
    {
        get
        {
            var usual = new LimeOptions();
            return usual with
            {
                Background = Background ?? Table,
                Perturbation = Given(Options.Perturbation) ?? usual.Perturbation,
                Samples = Given(Options.Samples) ?? usual.Samples,
                MostTerms = Given(Options.Terms) ?? usual.MostTerms,
                ArrayColumn = Parsed.GetValue(Options.Array),
                Parts = Given(Options.Parts) ?? usual.Parts,
                Output = Output,
                Context = Context,
            };
        }
    }

    private EffectOptions Effects => new() { Points = Given(Options.Points) ?? 20, Output = Output, Context = Context };

    private OcclusionOptions OcclusionOptions => new()
    {
        ArrayColumn = Parsed.GetValue(Options.Array),
        Window = Given(Options.Window),
        Stride = Given(Options.Stride),
        Background = Background ?? Table,
        Output = Output,
        Context = Context,
    };

    private CounterfactualOptions CounterfactualOptions
    {
        get
        {
            var usual = new CounterfactualOptions();
            string? wanted = Parsed.GetValue(Options.Wanted);
            bool isNumber = Model.Signature.Task == LearningTask.Regression;
            (double? Low, double? High)? range = wanted is null || !isNumber ? null : MethodOptions.RangeOf(wanted) ?? throw new DataException($"--wanted is '{wanted}', but '{Model.Signature.Target}' is a number; expected a range such as 5.., ..8 or 5..8.");
            return usual with
            {
                Background = Background ?? Table,
                WantedClass = isNumber ? null : wanted,
                WantedLow = range?.Low,
                WantedHigh = range?.High,
                Immutable = Parsed.GetValue(Options.Immutable) ?? [],
                Ranges = Options.Ranges(Parsed),
                Count = Given(Options.Count) ?? usual.Count,
                Evaluations = Given(Options.Evaluations) ?? usual.Evaluations,
                Context = Context,
            };
        }
    }

    private string[]? Columns => Parsed.GetValue(Options.Columns) is { Length: > 0 } columns ? columns : null;

    private ToldExplanation OfEffects(ExplainMethod method)
    {
        Frame rows = First(null);
        if (method == ExplainMethod.Pdp && Columns is [string first, string second])
        {
            return Told(PairDependence.Of(Model, rows, first, second, Effects), ExplanationText.Write);
        }

        string[] columns = Columns ?? [.. rows.Columns.Where(column => column.HasNumbers && column.MissingCount < column.Count).Select(column => column.Name)];
        return method == ExplainMethod.Ale
            ? Each([.. columns.Select(column => AccumulatedEffects.Of(Model, rows, column, Effects))], ExplanationText.Write)
            : Each([.. columns.Select(column => PartialDependence.Of(Model, rows, column, Effects, individual: method == ExplainMethod.Ice))], ExplanationText.Write);
    }

    private CohortComparison OfCohorts()
    {
        string given = Parsed.GetValue(Options.Cohort)!;
        int at = given.LastIndexOf('=');
        string[] values = at > 0 ? given[(at + 1)..].Split(',') : [];
        if (values.Length is not (1 or 2))
        {
            throw new DataException($"--cohort is '{given}'; expected a column and two of its values, such as site=A,B, or one.");
        }

        Column column = Table[given[..at]];
        int[] Rows(Func<string?, bool> belongs) => [.. Enumerable.Range(0, Table.RowCount).Where(row => belongs(column.TextAt(row)))];
        Cohort first = CohortOf(values[0], Rows(text => text == values[0])), second = values.Length == 2 ? CohortOf(values[1], Rows(text => text == values[1])) : CohortOf($"not {values[0]}", Rows(text => text != values[0]));
        return CohortComparison.Of(Model, first, second, new CohortOptions { PositiveClass = Parsed.GetValue(Options.Positive), Context = Context });
    }

    private Cohort CohortOf(string name, int[] rows)
    {
        Frame own = Table.Take(rows);
        if (!Model.Signature.Task.HasTarget() || !own.Contains(Model.Signature.Target))
        {
            return new Cohort(name, own);
        }

        PlannedTable planned = PlannedTable.Like(new TrainingPlan { Target = Model.Signature.Target }, PlannedTraining.PrepareLike(File.Card, own), Model.Signature);
        return new Cohort(name, planned.Table.Features, planned.Table.Target);
    }

    private Frame First(int? usual)
    {
        Frame rows = Model.Signature.Features.Conform(Table);
        int most = Given(Options.Rows) ?? usual ?? rows.RowCount;
        return most >= rows.RowCount ? rows : rows.Take([.. Enumerable.Range(0, most)]);
    }

    private T? Given<T>(Option<T?> option)
        where T : struct => Parsed.GetValue(option);

    private static ToldExplanation Told<T>(T result, Action<TextWriter, T> write)
        where T : class => new(result, writer => write(writer, result));

    private static ToldExplanation Each<T>(IReadOnlyList<T> results, Action<TextWriter, T> write) => new(results, writer =>
    {
        foreach (T result in results)
        {
            write(writer, result);
        }
    });
}
