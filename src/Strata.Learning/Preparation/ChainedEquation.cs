namespace Strata.Learning.Preparation;

/// <summary>One column as a weighted sum of all others.</summary>
/// <param name="Column">Its place.</param>
/// <param name="Coefficients">One a column; its own is 0.</param>
/// <param name="Intercept">What is added.</param>
internal sealed record ChainedEquation(int Column, double[] Coefficients, double Intercept)
{
    /// <summary>Puts each column's mean into its gaps.</summary>
    public static void Start(double[][] numbers, bool[][] missing, double[] means)
    {
        for (int j = 0; j < numbers.Length; j++)
        {
            for (int row = 0; row < numbers[j].Length; row++)
            {
                numbers[j][row] = missing[j][row] ? means[j] : numbers[j][row];
            }
        }
    }

    /// <summary>Learns from the rows in which the column was not missing.</summary>
    public static ChainedEquation Fit(int column, double[][] numbers, bool[] missing, double[]? weights, ParallelOptions threads)
    {
        int[] rows = [.. Enumerable.Range(0, missing.Length).Where(row => !missing[row])];
        bool all = rows.Length == missing.Length;
        // The column itself stands last, so that the sums of the others are a leading part.
        int[] order = [.. Enumerable.Range(0, numbers.Length).Where(j => j != column), column];
        double[][] known = [.. order.Select(j => all ? numbers[j] : Array.ConvertAll(rows, row => numbers[j][row]))];
        var sums = Covariance.Of(known, weights is null || all ? weights : Array.ConvertAll(rows, row => weights[row]), centered: true, threads);
        double[] learned = BayesianRidge.Coefficients(sums, threads.CancellationToken);
        var coefficients = new double[numbers.Length];
        double intercept = sums.Means[^1];
        for (int k = 0; k < learned.Length; k++)
        {
            coefficients[order[k]] = learned[k];
            intercept -= learned[k] * sums.Means[k];
        }

        return new ChainedEquation(column, coefficients, intercept);
    }

    /// <summary>Predicts the column where it was missing.</summary>
    public void Fill(double[][] numbers, bool[] missing)
    {
        for (int row = 0; row < missing.Length; row++)
        {
            if (missing[row])
            {
                double value = Intercept;
                for (int j = 0; j < numbers.Length; j++)
                {
                    value += j == Column ? 0 : Coefficients[j] * numbers[j][row];
                }

                numbers[Column][row] = value;
            }
        }
    }
}
