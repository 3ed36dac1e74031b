using Strata.Learning.Data;
using Strata.Learning.Losses;

namespace Strata.Learning.Trees.Boosting;

/// <summary>The loss that an objective stands for.</summary>
internal static class BoostingLoss
{
    /// <summary>The recipe's objective where it says one, else the starting model's, else the task's.</summary>
    /// <exception cref="DataException">The objective does not learn the task, or the starting model was fitted for one with another link.</exception>
    public static BoostingObjective ObjectiveOf(GradientBoosting recipe, GradientBoostingModel? start, ModelSignature signature)
    {
        BoostingObjective objective = recipe.Objective != BoostingObjective.Automatic ? recipe.Objective : start?.Objective ?? BoostingObjectives.For(signature.Task);
        if (!objective.Serves(signature.Task))
        {
            string what = signature.Task.IsClassification() ? $"a class of {signature.Classes.Count}" : "a number";
            string[] serving = [.. Enum.GetValues<BoostingObjective>().Where(other => other.Serves(signature.Task)).Select(Name)];
            throw new DataException($"Objective {Name(objective)} cannot learn '{signature.Target}', which is {what}; there are: {string.Join(", ", serving)}.");
        }

        return start is null || start.Link == objective.Link()
            ? objective
            : throw new DataException($"The model to go on from has raw scores of link {start.Link}, objective {Name(objective)} needs {objective.Link()}.");
    }

    public static ILoss For(GradientBoosting recipe, BoostingObjective objective, ModelSignature signature) => objective switch
    {
        BoostingObjective.LogLoss => new LogLoss(),
        BoostingObjective.Softmax => new SoftmaxLoss(signature.Classes.Count) { HessianFactor = recipe.SoftmaxHessian ?? SoftmaxLoss.UsualHessianFactor(signature.Classes.Count) },
        BoostingObjective.AbsoluteError => new AbsoluteError(),
        BoostingObjective.Huber => new HuberLoss(recipe.HuberDelta),
        BoostingObjective.Quantile => new QuantileLoss(recipe.Quantile),
        BoostingObjective.Poisson => new PoissonLoss(),
        BoostingObjective.Gamma => new GammaLoss(),
        BoostingObjective.Tweedie => new TweedieLoss(recipe.TweediePower),
        BoostingObjective.PairwiseRank => new PairwiseRankLoss(recipe.RankTruncation),
        BoostingObjective.LambdaRank => new LambdaRankLoss(recipe.RankTruncation),
        _ => new SquaredError(),
    };

    /// <exception cref="DataException">A target is not one that the loss can take, or rows of no query are to be ranked.</exception>
    public static void Check(GradientBoosting recipe, ILoss loss, BoostingObjective objective, TrainingTable table)
    {
        if (loss.RenewedQuantile is not null && recipe.Monotone.Length > 0)
        {
            throw new DataException($"Objective {Name(objective)} puts quantiles in the place of leaf values, which keep to no direction: leave 'monotone' empty, or choose huber or squared_error.");
        }

        if (loss.TakesQueries && table.Groups is null)
        {
            throw new DataException($"Objective {Name(objective)} orders the rows of each query, but the rows have no queries: give the column that names them as the group.");
        }

        if (table.Target is not NumberTarget numbers)
        {
            return;
        }

        const int mostShown = 5;
        var problems = new List<string>();
        int more = 0;
        for (int row = 0; row < numbers.Count; row++)
        {
            if (loss.Objection(numbers.Values[row]) is string expected && table.Weights?[row] != 0)
            {
                more += problems.Count == mostShown ? 1 : 0;
                if (problems.Count < mostShown)
                {
                    problems.Add(FormattableString.Invariant($"Row {row + 1} of target '{numbers.Name}' is {numbers.Values[row]}; objective {Name(objective)} takes {expected}."));
                }
            }
        }

        DataException.ThrowIfAny(more == 0 ? problems : [.. problems, $"{more} more rows are like that."]);
    }

    private static string Name(BoostingObjective objective) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(objective.ToString());
}
