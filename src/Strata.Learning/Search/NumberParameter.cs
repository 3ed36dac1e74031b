using System.Globalization;
using System.Text.Json.Nodes;

namespace Strata.Learning.Search;

/// <summary>A number between two bounds, both included.</summary>
public sealed record NumberParameter(string Name, double Min, double Max) : Parameter(Name)
{
    /// <summary>Whether only whole numbers count.</summary>
    public bool IsInteger { get; init; }

    /// <summary>Whether the search moves by factors instead of differences; needs a positive minimum.</summary>
    public bool LogScale { get; init; }

    /// <summary>The distance between neighbouring values, counted from the minimum; null for all (whole) numbers.</summary>
    public double? Step { get; init; }

    /// <inheritdoc/>
    public override long? Count => Grid is double grid ? (long)Math.Floor((Max - Min) / grid + 1e-9) + 1 : Min == Max ? 1 : null;

    /// <summary>The distance between values, where they are countable.</summary>
    internal double? Grid => Step ?? (IsInteger ? 1 : null);

    /// <summary>The share of the unit interval that one value takes, where all take the same: countable values on a linear scale.</summary>
    internal double? UnitCell => Count is long count && !LogScale ? 1.0 / count : null;

    /// <summary>The largest value of the grid.</summary>
    private double Last => Grid is double grid ? Min + ((Count ?? 1) - 1) * grid : Max;

    private double Margin => Grid is double grid ? grid / 2 : 0;

    public override double Decode(double unit)
    {
        (double low, double high) = Edges();
        double place = low + Math.Clamp(unit, 0, 1) * (high - low);
        return Nearest(LogScale ? Math.Exp(place) : place);
    }

    public override double Encode(double value)
    {
        (double low, double high) = Edges();
        return high > low ? Math.Clamp(((LogScale ? Math.Log(value) : value) - low) / (high - low), 0, 1) : 0.5;
    }

    /// <summary>The value of the parameter nearest to any number.</summary>
    public double Nearest(double value)
    {
        value = Math.Clamp(value, Min, Last);
        if (Grid is double grid)
        {
            value = Math.Clamp(Min + Math.Round((value - Min) / grid) * grid, Min, Last);
        }

        // The sum above may be a hair beside what a person would write, such as 0.30000000000000004.
        return IsInteger ? Math.Round(value) : Step is null ? value : Math.Clamp(double.Parse(value.ToString("G14", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), Min, Max);
    }

    public override bool Contains(double value) =>
        value >= Min && value <= Max && (Grid is not double grid || Math.Abs(Nearest(value) - value) <= 1e-9 * Math.Max(grid, Math.Abs(value)));

    public override string TextOf(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public override JsonNode JsonOf(double value) => IsInteger ? JsonValue.Create((long)value) : JsonValue.Create(value);

    public override double ValueOf(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && Contains(value) ? value : double.NaN;

    internal override IEnumerable<string> Problems()
    {
        if (!double.IsFinite(Min) || !double.IsFinite(Max) || Min > Max)
        {
            yield return $"'{Name}' ranges from {TextOf(Min)} to {TextOf(Max)}; it takes two finite numbers, the smaller first.";
            yield break;
        }

        if (IsInteger && (Min != Math.Round(Min) || Max != Math.Round(Max) || Math.Max(Math.Abs(Min), Math.Abs(Max)) > 1L << 53))
        {
            yield return $"'{Name}' ranges from {TextOf(Min)} to {TextOf(Max)}; its bounds are whole numbers of at most 2^53.";
        }

        if (LogScale && Min <= 0)
        {
            yield return $"'{Name}' starts at {TextOf(Min)}; a log scale needs a minimum above 0.";
        }

        if (LogScale && Step is not null)
        {
            yield return $"'{Name}' has both a log scale and a step; it takes one of them.";
        }

        if (Step is double step && !(double.IsFinite(step) && step > 0 && (Min == Max || step <= Max - Min) && (Max - Min) / step < 1e9 && (!IsInteger || step == Math.Round(step))))
        {
            yield return $"'{Name}' has the step {TextOf(step)}; it takes a positive {(IsInteger ? "whole " : string.Empty)}number of at most the range's width.";
        }
    }

    /// <summary>The range in the scale of the search, half a step wider on either side so that the outermost values are as likely as others.</summary>
    private (double Low, double High) Edges() => LogScale
        ? (Math.Log(IsInteger ? Math.Max(Min - Margin, Min / 2) : Min), Math.Log(Last + Margin))
        : (Min - Margin, Last + Margin);
}
