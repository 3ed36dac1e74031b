using Strata.Learning.Explanation;

namespace Strata.Learning.Workflow;

/// <summary>Permutation importance of a model that predicts slowly, within a given time: on as many rows as that allows, and of columns that do not get their turn nothing is said.</summary>
internal static class TimedImportance
{
    private const int FewestRows = 100, MostRows = 1000, Repeats = 3;

    /// <param name="model">The model.</param>
    /// <param name="test">Rows with truth that it has not learned from.</param>
    /// <param name="most">The time; null for no limit, on few rows.</param>
    /// <param name="context">Seed, threads, clock and cancellation.</param>
    public static IReadOnlyList<ColumnImportance> Of(IModel model, TrainingTable test, TimeSpan? most, FitContext context)
    {
        context = context with { Progress = null };
        int[] rows = [.. Enumerable.Range(0, test.RowCount)];
        Tensors.RandomSource.For(context.Seed, "importance rows").Shuffle(rows.AsSpan());
        TrainingTable Some(int count) => test.Take(rows.AsSpan(0, Math.Min(count, rows.Length)));
        string[] columns = [.. model.Signature.Features.Names];
        if (most is not TimeSpan limit)
        {
            return PermutationImportance.Of(model, Some(2 * FewestRows), repeats: 1, seed: context.Seed, context: context);
        }

        long began = context.Clock.GetTimestamp();
        TrainingTable few = Some(FewestRows);
        model.Predict(few.Features);
        double oneShuffle = context.Clock.GetElapsedTime(began).TotalSeconds;
        double rounds = limit.TotalSeconds * Math.Max(1, context.Threads) / (Math.Max(1e-6, oneShuffle) * columns.Length);
        int repeats = rounds >= Repeats ? Repeats : 1;
        TrainingTable measured = Some((int)Math.Clamp(FewestRows * rounds / repeats, FewestRows, MostRows));
        var importances = new List<ColumnImportance>();
        foreach (string[] turn in columns.Chunk(Math.Max(1, context.Threads) * TurnsAtOnce(rounds)))
        {
            if (importances.Count > 0 && context.Clock.GetElapsedTime(began) > limit)
            {
                break;
            }

            importances.AddRange(PermutationImportance.Of(model, measured, repeats: repeats, seed: context.Seed, groups: [.. turn.Select(name => new ColumnGroup(name, [name]))], context: context));
        }

        return [.. importances.OrderByDescending(importance => importance.Mean)];
    }

    /// <summary>Where there is plenty of time the columns are looked at in few turns, each of which predicts the unshuffled rows once more.</summary>
    private static int TurnsAtOnce(double rounds) => rounds >= 2 * Repeats ? 8 : 1;
}
