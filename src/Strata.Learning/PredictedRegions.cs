namespace Strata.Learning;

/// <summary>Where the truth of each row lies with a stated certainty.</summary>
/// <param name="Level">The share of rows whose truth lies within, such as 0.9.</param>
/// <param name="Lower">Lower end of each row's interval [rows]; empty for classes.</param>
/// <param name="Upper">Upper end of each row's interval [rows]; empty for classes.</param>
/// <param name="Sets">Whether a class is in the row's set, row-major [rows, classes]; empty for numbers.</param>
public sealed record PredictedRegions(double Level, double[] Lower, double[] Upper, bool[] Sets)
{
    /// <summary>The names of the classes in a row's set.</summary>
    public IEnumerable<string> SetOf(int row, IReadOnlyList<string> classes) => classes.Where((_, code) => Sets[row * classes.Count + code]);
}
