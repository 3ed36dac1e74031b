using System.Globalization;

namespace Strata.Learning.Data;

/// <summary>Single-precision numbers; NaN is missing.</summary>
public sealed class Float32Column(string name, float[] values) : Column(name)
{
    public float[] Values { get; } = values;

    public override ColumnType Type => ColumnType.Float32;

    public override int Count => Values.Length;

    public override bool IsMissing(int row) => float.IsNaN(Values[row]);

    public override double NumberAt(int row) => Values[row];

    public override string? TextAt(int row) => IsMissing(row) ? null : Values[row].ToString("R", CultureInfo.InvariantCulture);

    public override void CopyNumbers(int start, Span<double> destination)
    {
        ReadOnlySpan<float> values = Values.AsSpan(start, destination.Length);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = values[i];
        }
    }

    public override Column Take(ReadOnlySpan<int> rows) => new Float32Column(Name, Gather(Values, rows));

    public override Column Named(string name) => new Float32Column(name, Values);
}

/// <summary>Double-precision numbers; NaN is missing.</summary>
public sealed class Float64Column(string name, double[] values) : Column(name)
{
    public double[] Values { get; } = values;

    public override ColumnType Type => ColumnType.Float64;

    public override int Count => Values.Length;

    public override bool IsMissing(int row) => double.IsNaN(Values[row]);

    public override double NumberAt(int row) => Values[row];

    public override string? TextAt(int row) => IsMissing(row) ? null : Values[row].ToString("R", CultureInfo.InvariantCulture);

    public override void CopyNumbers(int start, Span<double> destination) => Values.AsSpan(start, destination.Length).CopyTo(destination);

    public override Column Take(ReadOnlySpan<int> rows) => new Float64Column(Name, Gather(Values, rows));

    public override Column Named(string name) => new Float64Column(name, Values);

    protected override int CountMissing()
    {
        int missing = 0;
        foreach (double value in Values)
        {
            missing += double.IsNaN(value) ? 1 : 0;
        }

        return missing;
    }
}

/// <summary>64-bit whole numbers.</summary>
public sealed class Int64Column(string name, long[] values, MissingMask? missing = null) : Column(name)
{
    public long[] Values { get; } = values;

    public MissingMask? Missing { get; } = missing;

    public override ColumnType Type => ColumnType.Int64;

    public override int Count => Values.Length;

    public override bool IsMissing(int row) => Missing is not null && Missing[row];

    public override double NumberAt(int row) => IsMissing(row) ? double.NaN : Values[row];

    public override string? TextAt(int row) => IsMissing(row) ? null : Values[row].ToString(CultureInfo.InvariantCulture);

    public override Column Take(ReadOnlySpan<int> rows) => new Int64Column(Name, Gather(Values, rows), MissingMask.Take(Missing, rows));

    public override Column Named(string name) => new Int64Column(name, Values, Missing);

    protected override int CountMissing() => Missing?.CountMissing() ?? 0;
}

/// <summary>True or false.</summary>
public sealed class BooleanColumn(string name, bool[] values, MissingMask? missing = null) : Column(name)
{
    public bool[] Values { get; } = values;

    public MissingMask? Missing { get; } = missing;

    public override ColumnType Type => ColumnType.Boolean;

    public override int Count => Values.Length;

    public override bool IsMissing(int row) => Missing is not null && Missing[row];

    public override double NumberAt(int row) => IsMissing(row) ? double.NaN : Values[row] ? 1 : 0;

    public override string? TextAt(int row) => IsMissing(row) ? null : Values[row] ? "true" : "false";

    public override void CopyNumbers(int start, Span<double> destination)
    {
        if (Missing is not null)
        {
            base.CopyNumbers(start, destination);
            return;
        }

        ReadOnlySpan<bool> values = Values.AsSpan(start, destination.Length);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = values[i] ? 1 : 0;
        }
    }

    public override Column Take(ReadOnlySpan<int> rows) => new BooleanColumn(Name, Gather(Values, rows), MissingMask.Take(Missing, rows));

    public override Column Named(string name) => new BooleanColumn(name, Values, Missing);

    protected override int CountMissing() => Missing?.CountMissing() ?? 0;
}

/// <summary>One of a list of levels a row: <see cref="Codes"/> index <see cref="Levels"/>, -1 is missing.</summary>
public sealed class CategoryColumn(string name, int[] codes, IReadOnlyList<string> levels) : Column(name)
{
    public int[] Codes { get; } = codes;

    public IReadOnlyList<string> Levels { get; } = levels;

    public override ColumnType Type => ColumnType.Category;

    public override int Count => Codes.Length;

    /// <summary>A column of the given texts, its levels in ordinal order; null is missing.</summary>
    public static CategoryColumn Of(string name, IReadOnlyList<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] levels = [.. values.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        var codeOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int code = 0; code < levels.Length; code++)
        {
            codeOf[levels[code]] = code;
        }

        var codes = new int[values.Count];
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = values[row] is string text ? codeOf[text] : -1;
        }

        return new CategoryColumn(name, codes, levels);
    }

    public override bool IsMissing(int row) => Codes[row] < 0;

    public override double NumberAt(int row) => Codes[row] < 0 ? double.NaN : Codes[row];

    public override string? TextAt(int row) => Codes[row] < 0 ? null : Levels[Codes[row]];

    public override Column Take(ReadOnlySpan<int> rows) => new CategoryColumn(Name, Gather(Codes, rows), Levels);

    public override Column Named(string name) => new CategoryColumn(name, Codes, Levels);
}

/// <summary>Dates with or without time of day, as .NET ticks in UTC.</summary>
public sealed class DateColumn(string name, long[] ticks, MissingMask? missing = null) : Column(name)
{
    public long[] Ticks { get; } = ticks;

    public MissingMask? Missing { get; } = missing;

    public override ColumnType Type => ColumnType.Date;

    public override int Count => Ticks.Length;

    public override bool IsMissing(int row) => Missing is not null && Missing[row];

    public override double NumberAt(int row) => IsMissing(row) ? double.NaN : (Ticks[row] - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond;

    public override string? TextAt(int row)
    {
        if (IsMissing(row))
        {
            return null;
        }

        var date = new DateTime(Ticks[row], DateTimeKind.Utc);
        string format = date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";
        return date.ToString(format, CultureInfo.InvariantCulture);
    }

    public override Column Take(ReadOnlySpan<int> rows) => new DateColumn(Name, Gather(Ticks, rows), MissingMask.Take(Missing, rows));

    public override Column Named(string name) => new DateColumn(name, Ticks, Missing);

    protected override int CountMissing() => Missing?.CountMissing() ?? 0;
}

/// <summary>Free text; null is missing.</summary>
public sealed class TextColumn(string name, string?[] values) : Column(name)
{
    public string?[] Values { get; } = values;

    public override ColumnType Type => ColumnType.Text;

    public override int Count => Values.Length;

    public override bool HasNumbers => false;

    public override bool IsMissing(int row) => Values[row] is null;

    public override double NumberAt(int row) => throw new InvalidOperationException($"Column '{Name}' is text and has no numbers.");

    public override string? TextAt(int row) => Values[row];

    public override Column Take(ReadOnlySpan<int> rows) => new TextColumn(Name, Gather(Values, rows));

    public override Column Named(string name) => new TextColumn(name, Values);
}
