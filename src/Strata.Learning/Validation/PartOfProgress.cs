namespace Strata.Learning.Validation;

/// <summary>Passes a fit's progress on as a part of a longer progress.</summary>
/// <param name="whole">The longer progress.</param>
/// <param name="start">Its step where the part begins.</param>
/// <param name="length">How many of its steps the part has.</param>
/// <param name="total">How many it has in all.</param>
/// <param name="withMetrics">Whether the part's metrics are the whole's, as those of the fit that is kept are.</param>
internal sealed class PartOfProgress(IProgress<FitProgress> whole, int start, int length, int total, bool withMetrics = false) : IProgress<FitProgress>
{
    private static readonly Dictionary<string, double> NoMetrics = [];

    public void Report(FitProgress value)
    {
        int done = (int)((value.Step + 1L) * length / Math.Max(1, value.StepCount));
        whole.Report(new FitProgress(start + Math.Clamp(done, 1, length) - 1, total, withMetrics ? value.Metrics : NoMetrics) { Iteration = value.Iteration });
    }
}
