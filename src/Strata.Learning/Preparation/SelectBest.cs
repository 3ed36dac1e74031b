using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Keeps the columns that have most to do with the target, each judged alone on the training rows. Columns that the score says nothing about are kept.</summary>
public sealed record SelectBest : IStep, IScoringStep
{
    public string Name => "select_best";

    [Hyperparameter("What says how much a column has to do with the target.")]
    public ScoreKind Score { get; init; } = ScoreKind.MutualInformation;

    [Hyperparameter("How many columns are kept; empty takes the share.", Min = 1, Max = 1_000_000)]
    public int? Keep { get; init; }

    [Hyperparameter("The share of columns that is kept where their number is not given.", Min = 0, Max = 1)]
    public double Share { get; init; } = 0.5;

    public IFittedStep Fit(TrainingTable table, FitContext context) => FitScored(table, context).Fitted;

    (IFittedStep Fitted, IReadOnlyDictionary<string, double?> Scores) IScoringStep.FitScored(TrainingTable table, FitContext context) => FitScored(table, context);

    private (IFittedStep Fitted, IReadOnlyDictionary<string, double?> Scores) FitScored(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        FiniteNumbers.Check(table.Features);
        if (Score == ScoreKind.ChiSquare && table.Target is not ClassTarget)
        {
            throw new DataException($"Chi-square compares classes, but target '{table.Target.Name}' is of numbers; take anova_f or mutual_information.");
        }

        var scores = new double?[table.Features.ColumnCount];
        Parallel.For(0, scores.Length, context.ParallelOptions, i => scores[i] = ColumnScores.Of(Score, table.Features.Columns[i], table, context.Seed, context.Cancellation));
        return (BestColumns.Step(Name, table.Features, scores, Keep, Share), table.Features.Names.Zip(scores).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
    }
}
