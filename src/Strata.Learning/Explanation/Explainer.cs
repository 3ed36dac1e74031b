using Strata.Learning.Data;
using Strata.Learning.Explanation.Shapley;
using Strata.Learning.Linear;
using Strata.Learning.Preparation;
using Strata.Learning.Trees;
using Strata.Learning.Validation;

namespace Strata.Learning.Explanation;

/// <summary>Says how much each original column moved each raw score or prediction of a model.</summary>
public static class Explainer
{
    /// <summary>Whether <see cref="Explain(IModel, Frame, int)"/> knows the kind of model; the methods that sample, and permutation importance, work for every kind.</summary>
    public static bool CanExplain(IModel model) => For(model) is not null;

    /// <summary>What <see cref="ExplanationMethod.Auto"/> is for a model: an exact method where it has one, else permutation, which comes nearer to the exact values than kernel with as many evaluations.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="options">Whether there is a background or groups of columns, for which not every method is.</param>
    public static ExplanationMethod MethodFor(IModel model, ExplanationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        bool isGrouped = options?.Groups is { Count: > 0 };
        return !isGrouped && CanExplain(model) ? (options?.Background is null ? ExplanationMethod.Path : ExplanationMethod.Interventional)
            : ExplanationMethod.Permutation;
    }

    /// <summary>For every row and output, bias plus contributions is the raw score, to rounding error.</summary>
    /// <param name="model">A model of trees, a linear one, or a pipeline that ends in one.</param>
    /// <param name="rows">Columns are found by name and brought to the model's types first.</param>
    /// <param name="threads">At most so many run at once.</param>
    /// <exception cref="DataException">A column is missing or of another kind, or no rule for this kind of model is known.</exception>
    public static Contributions Explain(IModel model, Frame rows, int threads = 1) =>
        Explain(model, rows, new ExplanationOptions { Context = new FitContext { Threads = threads } });

    /// <summary>For every row and output, bias plus contributions is what is explained, to rounding error.</summary>
    /// <param name="model">Any model by the methods that sample; by the exact ones a model of trees, a linear one, or a pipeline that ends in one.</param>
    /// <param name="rows">Columns are found by name and brought to the model's types first.</param>
    /// <param name="options">By which method, against what.</param>
    /// <exception cref="DataException">A column is missing or of another kind, or no rule for this kind of model is known.</exception>
    public static Contributions Explain(IModel model, Frame rows, ExplanationOptions options)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(model);
        options = options.Method == ExplanationMethod.Auto ? options with { Method = MethodFor(model, options) } : options;
        if (options.Samples)
        {
            return new SampledContributions(model).Contributions(rows, options);
        }

        if (options.Groups is { Count: > 0 })
        {
            throw new DataException("Columns are explained in groups by the methods kernel and permutation only: the exact methods explain each column.");
        }

        Contributions exact = Known(model).Contributions(rows, options);
        return exact.Checked(((model as FinishedModel)?.Pipeline ?? model).Predict(rows, options.Context).RawScores);
    }

    /// <summary>For every row and output, bias plus all cells of the matrix is the raw score, to rounding error. By the path method.</summary>
    /// <param name="model">A model of trees, a linear one (whose columns do nothing together), or a pipeline that ends in one.</param>
    /// <param name="rows">Columns are found by name and brought to the model's types first.</param>
    /// <param name="context">Threads, cancellation, progress; null for the defaults.</param>
    /// <exception cref="DataException">A column is missing or of another kind, no rule for this kind of model is known, or the answer would not fit memory.</exception>
    public static Interactions Interactions(IModel model, Frame rows, FitContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Known(model).Interactions(rows, context ?? new FitContext());
    }

    private static IExplanation Known(IModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (Importance.PipelineOf(model)?.MixesColumns is string reason)
        {
            throw new DataException($"{reason} The methods kernel and permutation explain it by sampling, and permutation importance says which of the original columns the model uses.");
        }

        string why = (Importance.PipelineOf(model)?.Learner ?? model) is IScoreSum ? ", because its raw scores are not the sum of its members'" : string.Empty;
        return For(model) ?? throw new DataException($"A '{model.Algorithm}' model has no exact contributions a row{why}; the methods kernel and permutation explain it by sampling, and permutation importance says which columns it uses.");
    }

    /// <summary>The one table of model kinds.</summary>
    private static IExplanation? For(IModel model) => model switch
    {
        FinishedModel finished => For(finished.Pipeline),
        PipelineModel { MixesColumns: null } pipeline => For(pipeline.Learner) is IExplanation learner ? new PipelineExplanation(pipeline, learner) : null,
        ITreeModel trees => new TreeContributions(trees),
        LinearModel linear => new LinearContributions(linear),
        IScoreSum { Summands: { } summands } sum => OfSum(sum, summands),
        _ => null,
    };

    private static ScoreSumExplanation? OfSum(IScoreSum model, IReadOnlyList<Summand> summands)
    {
        (IExplanation? Part, IReadOnlyList<double> Weights)[] parts = [.. summands.Select(summand => (For(summand.Model), summand.Weights))];
        return parts.All(part => part.Part is not null) ? new ScoreSumExplanation(model, parts!) : null;
    }
}
