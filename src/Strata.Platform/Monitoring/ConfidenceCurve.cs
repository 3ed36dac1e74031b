namespace Strata.Platform.Monitoring;

/// <summary>How often a model is right when it is so and so confident, learned from rows with known classes: accuracy is told from confidence by it where no class is known.</summary>
internal sealed class ConfidenceCurve
{
    private const int Bins = 10;

    private readonly double[] right = new double[Bins];
    private readonly double[] confidences = new double[Bins];
    private readonly int[] counts = new int[Bins];

    public ConfidenceCurve(IEnumerable<(double Confidence, bool IsRight)> known)
    {
        foreach ((double confidence, bool isRight) in known)
        {
            int bin = BinOf(confidence);
            counts[bin]++;
            right[bin] += isRight ? 1 : 0;
            confidences[bin] += confidence;
        }
    }

    /// <summary>The expected calibration error: the distance of confidence and accuracy, averaged over the bins by their size.</summary>
    public double CalibrationError => counts.Sum() is > 0 and var whole ? Enumerable.Range(0, Bins).Sum(bin => Math.Abs(right[bin] - confidences[bin])) / whole : 0;

    /// <summary>The share of right answers that these confidences let expect. A bin without known rows takes the confidence at its word.</summary>
    public double Expect(IReadOnlyCollection<double> given) => given.Average(confidence => counts[BinOf(confidence)] is > 0 and var count ? right[BinOf(confidence)] / count : confidence);

    private static int BinOf(double confidence) => Math.Clamp((int)(confidence * Bins), 0, Bins - 1);
}
