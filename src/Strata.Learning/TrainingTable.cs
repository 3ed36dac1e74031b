using Strata.Learning.Data;

namespace Strata.Learning;

/// <summary>Rows to learn from: features, target, and optionally a weight a row and the structure that every split obeys.</summary>
public sealed class TrainingTable
{
    /// <param name="features">The columns to learn from.</param>
    /// <param name="target">What to predict, one value a row.</param>
    /// <param name="weights">Non-negative weight a row, or null for one each. Weight two equals the row twice.</param>
    /// <param name="groups">A group code a row (rows of one star, patient, site): never split apart. Null for none.</param>
    /// <param name="times">A time a row, any unit: splits train on earlier rows and test on later ones. Null for none.</param>
    public TrainingTable(Frame features, Target target, double[]? weights = null, int[]? groups = null, double[]? times = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(target);
        var problems = new List<string>();
        void Check(int? count, string what)
        {
            if (count is int actual && actual != target.Count)
            {
                problems.Add($"{what} {actual} rows but target '{target.Name}' has {target.Count}.");
            }
        }

        Check(features.ColumnCount == 0 ? null : features.RowCount, "Features have");
        Check(weights?.Length, "Weights have");
        Check(groups?.Length, "Groups have");
        Check(times?.Length, "Times have");
        if (weights is not null && Array.FindIndex(weights, weight => !(weight >= 0) || double.IsInfinity(weight)) is >= 0 and int at)
        {
            problems.Add($"Weight of row {at + 1} is {weights[at]}; weights are finite and at least 0.");
        }

        DataException.ThrowIfAny(problems);
        (Features, Target, Weights, Groups, Times) = (features, target, weights, groups, times);
    }

    public Frame Features { get; }

    public Target Target { get; }

    public double[]? Weights { get; }

    public int[]? Groups { get; }

    public double[]? Times { get; }

    public int RowCount => Target.Count;

    /// <exception cref="DataException">There is nothing to learn from: no rows, no columns, or weights that do not sum to a positive number.</exception>
    public void RequireSomethingToLearn()
    {
        string? problem = RowCount == 0 ? $"There is no row to learn '{Target.Name}' from."
            : Features.ColumnCount == 0 ? $"There is no column to learn '{Target.Name}' from."
            : Weights?.Sum() is double weight && !(weight > 0 && double.IsFinite(weight)) ? $"The weights sum to {weight}; a positive, finite sum is needed."
            : null;
        if (problem is not null)
        {
            throw new DataException(problem);
        }
    }

    public TrainingTable Take(ReadOnlySpan<int> rows) =>
        new(Features.Take(rows), Target.Take(rows), Gather(Weights, rows), Gather(Groups, rows), Gather(Times, rows));

    public TrainingTable WithFeatures(Frame features) => new(features, Target, Weights, Groups, Times);

    private static T[]? Gather<T>(T[]? values, ReadOnlySpan<int> rows)
    {
        if (values is null)
        {
            return null;
        }

        var taken = new T[rows.Length];
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = values[rows[i]];
        }

        return taken;
    }
}
