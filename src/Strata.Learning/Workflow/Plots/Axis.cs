using System.Globalization;

namespace Strata.Learning.Workflow.Plots;

/// <summary>Where numbers lie along one side of a plot, with round numbers marked.</summary>
internal sealed class Axis
{
    private readonly double from, to;
    private string[]? names;

    private Axis(double low, double high, double from, double to, double step)
    {
        (Low, High, this.from, this.to) = (low, high, from, to);
        int count = (int)Math.Floor((high - low) / step + 1e-6);
        Ticks = [.. Enumerable.Range(0, count + 1).Select(i => low + i * step)];
        int digits = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 15);
        Format = Math.Abs(high) >= 1e6 || Math.Abs(low) >= 1e6 || step < 1e-5 ? "0.##e+0" : digits == 0 ? "0" : "0." + new string('0', digits);
    }

    public double Low { get; }

    public double High { get; }

    public IReadOnlyList<double> Ticks { get; private init; }

    private string Format { get; }

    /// <summary>An axis that holds all the numbers between round ends.</summary>
    /// <param name="values">Those to show; what is not finite is not counted.</param>
    /// <param name="from">The pixel of the low end.</param>
    /// <param name="to">The pixel of the high end.</param>
    public static Axis Around(IEnumerable<double> values, double from, double to)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        double low = finite.Length == 0 ? 0 : finite.Min(), high = finite.Length == 0 ? 1 : finite.Max();
        if (high - low <= 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)))
        {
            double room = Math.Max(Math.Abs(low) * 0.1, 1e-6);
            (low, high) = low == 0 && high == 0 ? (0, 1) : (low - room, high + room);
        }

        double step = RoundStep((high - low) / 5);
        return new Axis(Math.Floor(low / step + 1e-9) * step, Math.Ceiling(high / step - 1e-9) * step, from, to, step);
    }

    /// <summary>An axis of levels by their codes, each with its name.</summary>
    public static Axis OfLevels(IReadOnlyList<string> levels, double from, double to) => new(-0.5, levels.Count - 0.5, from, to, 1)
    {
        Ticks = [.. Enumerable.Range(0, levels.Count).Select(code => (double)code)],
        names = [.. levels.Select(level => SvgPicture.Short(level, Math.Max(3, 60 / levels.Count)))],
    };

    /// <summary>An axis of shares, from 0 to 1.</summary>
    public static Axis OfShares(double from, double to) => new(0, 1, from, to, 0.2);

    public double At(double value) => from + (Math.Clamp(value, Low, High) - Low) / (High - Low) * (to - from);

    public string Label(double tick) => names is not null ? names[(int)tick] : (Math.Abs(tick) < (High - Low) * 1e-9 ? 0 : tick).ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>1, 2 or 5 times a power of ten, at least the given step.</summary>
    private static double RoundStep(double atLeast)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        return new[] { 1.0, 2, 5, 10 }.Select(factor => factor * power).First(step => step >= atLeast * (1 - 1e-9));
    }
}
