namespace Strata.Learning;

/// <summary>
/// How unsure predictions are, parted by cause: what more rows would teach (epistemic), and noise that none would take away (aleatoric). Both are in the same unit and together
/// make the whole: for classes nats of entropy (mutual information, and expected entropy), for numbers variances in the target's unit squared (Depeweg et al. 2018).
/// </summary>
public sealed class PredictedUncertainty
{
    private PredictedUncertainty(double[] epistemic, double[]? aleatoric) => (Epistemic, Aleatoric) = (epistemic, aleatoric);

    /// <summary>By how much several models, or samples of one, disagree [rows].</summary>
    public double[] Epistemic { get; }

    /// <summary>How unsure each of them is on its own [rows]; null for numbers of which none says a variance.</summary>
    public double[]? Aleatoric { get; }

    /// <summary>Of classes, from what several models say.</summary>
    /// <param name="probabilities">By model: [rows, classes].</param>
    /// <param name="classes">How many there are.</param>
    public static PredictedUncertainty OfClasses(IReadOnlyList<double[]> probabilities, int classes)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        int rows = probabilities[0].Length / classes;
        var (mean, epistemic, aleatoric) = (new double[classes], new double[rows], new double[rows]);
        for (int row = 0; row < rows; row++)
        {
            Array.Clear(mean);
            foreach (double[] own in probabilities)
            {
                ReadOnlySpan<double> shares = own.AsSpan(row * classes, classes);
                aleatoric[row] += Entropy(shares) / probabilities.Count;
                for (int k = 0; k < classes; k++)
                {
                    mean[k] += shares[k] / probabilities.Count;
                }
            }

            epistemic[row] = Math.Max(0, Entropy(mean) - aleatoric[row]);
        }

        return new PredictedUncertainty(epistemic, aleatoric);
    }

    /// <summary>Of numbers, from what several models say.</summary>
    /// <param name="means">By model: [rows].</param>
    /// <param name="variances">By model: [rows]; null where they say none.</param>
    public static PredictedUncertainty OfNumbers(IReadOnlyList<double[]> means, IReadOnlyList<double[]>? variances)
    {
        ArgumentNullException.ThrowIfNull(means);
        var epistemic = new double[means[0].Length];
        double[]? aleatoric = variances is null ? null : new double[epistemic.Length];
        for (int row = 0; row < epistemic.Length; row++)
        {
            double mean = 0;
            foreach (double[] own in means)
            {
                mean += own[row] / means.Count;
            }

            foreach (double[] own in means)
            {
                epistemic[row] += (own[row] - mean) * (own[row] - mean) / means.Count;
            }

            foreach (double[] own in variances ?? [])
            {
                aleatoric![row] += own[row] / means.Count;
            }
        }

        return new PredictedUncertainty(epistemic, aleatoric);
    }

    /// <summary>That of rows that follow one another, as that of all; null where a part has none.</summary>
    internal static PredictedUncertainty? Joined(IReadOnlyList<PredictedUncertainty?> parts) => parts.Contains(null) ? null : new PredictedUncertainty(
        [.. parts.SelectMany(part => part!.Epistemic)],
        parts.All(part => part!.Aleatoric is not null) ? [.. parts.SelectMany(part => part!.Aleatoric!)] : null);

    private static double Entropy(ReadOnlySpan<double> shares)
    {
        double sum = 0;
        foreach (double share in shares)
        {
            sum -= share > 0 ? share * Math.Log(share) : 0;
        }

        return sum;
    }
}
