using Strata.Learning.Data;

namespace Strata.Learning.Explanation.Effects;

/// <summary>
/// A column's effect as the sum of what a model's answers change by within small steps of it, each step measured on the rows that are there (ALE; Apley and Zhu 2020): true where columns
/// go together. On average over the rows it is zero.
/// </summary>
/// <param name="Grid">Numbers: the ends of the steps. Levels: in an order in which neighbours are alike in the other columns.</param>
/// <param name="Outputs">The target's name for one output, or the classes.</param>
/// <param name="Effects">By output and value.</param>
/// <param name="Counts">Rows in each step, one fewer than values; of each level.</param>
public sealed record AccumulatedEffects(EffectGrid Grid, IReadOnlyList<string> Outputs, IReadOnlyList<IReadOnlyList<double>> Effects, IReadOnlyList<int> Counts)
{
    /// <summary>Measures one column's effect.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="rows">Columns are found by name and brought to the model's types first.</param>
    /// <param name="column">Numbers, dates, levels, or true and false; rows in which it is missing are left out.</param>
    /// <param name="options">Null for the defaults; points are the steps and one more.</param>
    /// <exception cref="DataException">A column is missing or of another kind, or has no values to tell an effect along.</exception>
    public static AccumulatedEffects Of(IModel model, Frame rows, string column, EffectOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new EffectOptions();
        options.Check();
        var changed = new ChangedRows(model, rows, options.Output, options.MostRows, options.Context);
        Column own = changed.Rows[column];
        var grid = GridValues.Of(own, options.Points);
        int[] there = [.. Enumerable.Range(0, own.Count).Where(row => double.IsFinite(own.NumberAt(row)))];
        return grid.IsOfNumbers ? OfNumbers(changed, own, grid, there) : OfLevels(changed, own, there);
    }

    private static AccumulatedEffects OfNumbers(ChangedRows changed, Column own, GridValues grid, int[] there)
    {
        double[] ends = [.. Enumerable.Range(0, grid.Count).Select(grid.Values.NumberAt)];
        int[] step = [.. there.Select(row => Math.Max(1, Place(ends, own.NumberAt(row))))];
        if (ends.Length == 1)
        {
            return new AccumulatedEffects(grid.Grid, changed.Outputs.Names, [.. changed.Outputs.Names.Select(_ => (IReadOnlyList<double>)[0])], []);
        }

        double[] said = changed.Said(2 * there.Length, at => there[at / 2], (grid.Values, at => step[at / 2] - 1 + at % 2));
        int[] counts = new int[ends.Length - 1];
        foreach (int upper in step)
        {
            counts[upper - 1]++;
        }

        return new AccumulatedEffects(grid.Grid, changed.Outputs.Names, [.. Enumerable.Range(0, changed.Outputs.Count).Select(output =>
        {
            var effects = new double[ends.Length];
            for (int i = 0; i < there.Length; i++)
            {
                effects[step[i]] += Change(said, i, output, changed.Outputs.Count) / counts[step[i] - 1];
            }

            Accumulate(effects);
            double mean = counts.Select((count, k) => count * (effects[k] + effects[k + 1]) / 2).Sum() / there.Length;
            return (IReadOnlyList<double>)[.. effects.Select(effect => effect - mean)];
        })], counts);
    }

    private static AccumulatedEffects OfLevels(ChangedRows changed, Column own, int[] there)
    {
        int[] levels = LevelOrder.Of(changed.Rows, own, there);
        Column values = NumberColumns.Of(own, [.. levels.Select(level => (double)level)]);
        int[] place = [.. there.Select(row => Array.IndexOf(levels, (int)own.NumberAt(row)))];
        int[] counts = [.. Enumerable.Range(0, levels.Length).Select(level => place.Count(own => own == level))];

        // Each row tells of the step to its level and of the one from it.
        (int Row, int Upper)[] told = [.. Enumerable.Range(0, there.Length).SelectMany(i => new[] { (there[i], place[i]), (there[i], place[i] + 1) }).Where(pair => pair.Item2 >= 1 && pair.Item2 < levels.Length)];
        double[] said = changed.Said(2 * told.Length, at => told[at / 2].Row, (values, at => told[at / 2].Upper - 1 + at % 2));
        var grid = new EffectGrid(own.Name, [.. Enumerable.Range(0, levels.Length).Select(level => values.TextAt(level) ?? string.Empty)], null);
        return new AccumulatedEffects(grid, changed.Outputs.Names, [.. Enumerable.Range(0, changed.Outputs.Count).Select(output =>
        {
            var effects = new double[levels.Length];
            for (int i = 0; i < told.Length; i++)
            {
                effects[told[i].Upper] += Change(said, i, output, changed.Outputs.Count) / (counts[told[i].Upper - 1] + counts[told[i].Upper]);
            }

            Accumulate(effects);
            double mean = counts.Select((count, level) => count * effects[level]).Sum() / there.Length;
            return (IReadOnlyList<double>)[.. effects.Select(effect => effect - mean)];
        })], counts);
    }

    private static double Change(double[] said, int i, int output, int outputs) => said[(2 * i + 1) * outputs + output] - said[2 * i * outputs + output];

    private static void Accumulate(double[] effects)
    {
        for (int i = 1; i < effects.Length; i++)
        {
            effects[i] += effects[i - 1];
        }
    }

    /// <summary>The first end that is not below the number.</summary>
    private static int Place(double[] ends, double number)
    {
        int at = Array.BinarySearch(ends, number);
        return at >= 0 ? at : ~at;
    }
}
