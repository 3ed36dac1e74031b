namespace Strata.Learning.Validation;

/// <summary>Passes a fit's progress on as a part of a longer progress, without its metrics: those of the whole are another series.</summary>
internal sealed class PartOfProgress(IProgress<FitProgress> whole, int start, int length, int total) : IProgress<FitProgress>
{
    private static readonly Dictionary<string, double> NoMetrics = [];

    public void Report(FitProgress value)
    {
        int done = (int)((value.Step + 1L) * length / Math.Max(1, value.StepCount));
        whole.Report(new FitProgress(start + Math.Clamp(done, 1, length) - 1, total, NoMetrics));
    }
}
