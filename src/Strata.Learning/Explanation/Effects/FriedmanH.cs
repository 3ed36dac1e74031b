using Strata.Learning.Data;

namespace Strata.Learning.Explanation.Effects;

/// <summary>How far two columns act together in a model: Friedman and Popescu's H statistic (2008) of their partial dependence.</summary>
/// <param name="First">The one column.</param>
/// <param name="Second">The other.</param>
/// <param name="Output">The target's name for one output, or the class.</param>
/// <param name="H">From 0, where the two only add up, to 1, where neither does anything by itself. Large values say little where both columns do little: see the strength.</param>
/// <param name="Strength">How far what they do together goes beyond the sum, as a standard deviation over the rows in units of what is explained.</param>
public sealed record FriedmanH(string First, string Second, string Output, double H, double Strength)
{
    /// <summary>Measures pairs of columns, the largest strength first.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="rows">Columns are found by name and brought to the model's types first.</param>
    /// <param name="columns">All pairs of these; null for the columns whose own effect varies most.</param>
    /// <param name="options">Null for the defaults; of the rows no more than <paramref name="mostRows"/> are taken.</param>
    /// <param name="mostRows">Its square is how many predictions a column and a pair take.</param>
    /// <param name="mostColumns">So many columns where none are named.</param>
    /// <exception cref="DataException">A column is missing or of another kind.</exception>
    public static IReadOnlyList<FriedmanH> Of(IModel model, Frame rows, IReadOnlyList<string>? columns = null, EffectOptions? options = null, int mostRows = 50, int mostColumns = 8)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostRows, 2);
        options ??= new EffectOptions();
        var changed = new ChangedRows(model, rows, options.Output, Math.Min(mostRows, options.MostRows), options.Context);
        int count = changed.Rows.RowCount, outputs = changed.Outputs.Count;
        string[] asked = [.. columns?.Distinct() ?? changed.Rows.Names];
        double[][] alone = [.. asked.Select(name => Centred(changed, [changed.Rows[name]]))];
        int[] chosen = [.. Enumerable.Range(0, asked.Length)];
        if (columns is null && asked.Length > mostColumns)
        {
            chosen = [.. chosen.OrderByDescending(i => alone[i].Sum(value => value * value)).Take(mostColumns).Order()];
        }

        var pairs = new List<FriedmanH>();
        foreach (int a in chosen)
        {
            foreach (int b in chosen.Where(b => b > a))
            {
                double[] both = Centred(changed, [changed.Rows[asked[a]], changed.Rows[asked[b]]]);
                for (int output = 0; output < outputs; output++)
                {
                    double together = 0, whole = 0;
                    for (int row = 0; row < count; row++)
                    {
                        int at = row * outputs + output;
                        together += Math.Pow(both[at] - alone[a][at] - alone[b][at], 2);
                        whole += both[at] * both[at];
                    }

                    pairs.Add(new FriedmanH(asked[a], asked[b], changed.Outputs.Names[output], whole > 1e-18 ? Math.Sqrt(Math.Min(1, together / whole)) : 0, Math.Sqrt(together / count)));
                }
            }
        }

        return [.. pairs.OrderByDescending(pair => pair.Strength)];
    }

    /// <summary>Partial dependence of columns at each row's own values, less its mean [rows, outputs].</summary>
    private static double[] Centred(ChangedRows changed, Column[] columns)
    {
        int count = changed.Rows.RowCount, outputs = changed.Outputs.Count;
        double[] said = changed.Said(count * count, at => at % count, [.. columns.Select(column => (column, (Func<int, int>)(at => at / count)))]);
        var means = new double[count * outputs];
        for (int at = 0; at < said.Length; at++)
        {
            means[at / outputs / count * outputs + at % outputs] += said[at] / count;
        }

        for (int output = 0; output < outputs; output++)
        {
            double mean = Enumerable.Range(0, count).Average(row => means[row * outputs + output]);
            for (int row = 0; row < count; row++)
            {
                means[row * outputs + output] -= mean;
            }
        }

        return means;
    }
}
