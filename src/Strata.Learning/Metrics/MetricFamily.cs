using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Metrics;

/// <summary>Metrics that differ by one number, which stands behind the name: <c>f_beta:2</c>, <c>pinball:0.9</c>.</summary>
public sealed class MetricFamily
{
    private readonly Func<double, bool> isAllowed;
    private readonly Func<double, Metric> make;

    internal MetricFamily(string name, string parameter, string range, double example, Func<double, bool> isAllowed, Func<double, Metric> make)
    {
        (Name, Parameter, Range, this.isAllowed, this.make) = (name, parameter, range, isAllowed, make);
        Example = At(example);
    }

    /// <summary>The part before the colon.</summary>
    public string Name { get; }

    /// <summary>What the number is, such as <c>beta</c>.</summary>
    public string Parameter { get; }

    /// <summary>Which numbers it takes, in words.</summary>
    public string Range { get; }

    /// <summary>One of them.</summary>
    public Metric Example { get; }

    public IReadOnlyList<LearningTask> Tasks => Example.Tasks;

    /// <exception cref="DataException">The number is outside the range.</exception>
    public Metric At(double value) => double.IsFinite(value) && isAllowed(value)
        ? make(value)
        : throw new DataException($"Metric '{Name}' with a {Parameter} of {Text(value)}: it takes {Range}, such as {Example}.");

    public override string ToString() => $"{Name}:{Parameter.ToUpperInvariant()} ({Range})";

    /// <summary>The name of the member at a number.</summary>
    internal static string NameOf(string family, double value) => $"{family}:{Text(value)}";

    /// <exception cref="DataException">There is no number, or one outside the range.</exception>
    internal Metric Read(string? text) => text is null
        ? throw new DataException($"Metric '{Name}' takes a {Parameter} behind a colon: {Range}, such as {Example}.")
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? At(value)
            : throw new DataException($"Metric '{Name}' with a {Parameter} of '{text}': it takes {Range}, such as {Example}.");

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
