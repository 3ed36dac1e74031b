using Strata.Learning.Data;

namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>Lists detections as columns, in a given order, rounded as an archive rounds.</summary>
internal sealed class Sheet<T>(IReadOnlyList<T> rows)
{
    private readonly List<Column> columns = [];

    public Frame Frame => new(columns);

    /// <param name="name">The column.</param>
    /// <param name="digits">Significant digits that are kept.</param>
    /// <param name="value">NaN is missing.</param>
    public Sheet<T> Number(string name, int digits, Func<T, double> value)
    {
        var values = new double[rows.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Rounded(value(rows[i]), digits);
        }

        columns.Add(new Float64Column(name, values));
        return this;
    }

    public Sheet<T> Whole(string name, Func<T, long?> value)
    {
        var values = new long[rows.Count];
        var missing = new MissingMask(rows.Count);
        for (int i = 0; i < values.Length; i++)
        {
            long? number = value(rows[i]);
            (values[i], missing[i]) = (number ?? 0, number is null);
        }

        columns.Add(new Int64Column(name, values, missing.CountMissing() > 0 ? missing : null));
        return this;
    }

    /// <summary>Free text, mostly different in every row.</summary>
    public Sheet<T> Text(string name, Func<T, string?> value)
    {
        columns.Add(new TextColumn(name, [.. rows.Select(value)]));
        return this;
    }

    public Sheet<T> Level(string name, Func<T, string?> value)
    {
        columns.Add(CategoryColumn.Of(name, [.. rows.Select(value)]));
        return this;
    }

    /// <summary>A column that is there but holds nothing.</summary>
    public Sheet<T> Empty(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            columns.Add(new Float64Column(name, [.. Enumerable.Repeat(double.NaN, rows.Count)]));
        }

        return this;
    }

    private static double Rounded(double value, int digits)
    {
        if (!double.IsFinite(value))
        {
            return double.NaN;
        }

        if (value == 0)
        {
            return 0;
        }

        int places = digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return places is >= 0 and <= 15 ? Math.Round(value, places) : places > 15 ? value : Math.Round(value * Math.Pow(10, places)) * Math.Pow(10, -places);
    }
}
