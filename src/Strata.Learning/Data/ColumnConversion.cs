namespace Strata.Learning.Data;

/// <summary>One column brought to another type: the new column, or why that cannot be.</summary>
/// <param name="Column">The converted column; the given one itself when it fits already or cannot be converted.</param>
/// <param name="Notes">What the conversion changed that a person would want to know.</param>
/// <param name="Problems">Why the conversion is impossible; empty when it went well.</param>
public sealed record ColumnConversion(Column Column, IReadOnlyList<string> Notes, IReadOnlyList<string> Problems)
{
    private const double LargestExactWhole = 1L << 53;

    /// <summary>Converts where no value changes its meaning: number to number, text to what it spells, anything to its text, anything to a known level.</summary>
    public static ColumnConversion Of(Column given, SchemaColumn expected)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(expected);
        if (expected.Type.IsArray())
        {
            return ArrayConversion.Of(given, expected);
        }

        if (given is ArrayColumn arrays)
        {
            return new ColumnConversion(given, [], [$"Column '{given.Name}' holds {ArrayConversion.Kind(arrays.Type)}; expected single values."]);
        }

        if (expected.Type == ColumnType.Category && expected.Levels is not null)
        {
            return ToLevels(given, LevelLookup.Of(expected));
        }

        if (given.Type == expected.Type)
        {
            return Kept(given);
        }

        if (given.MissingCount == given.Count)
        {
            return Kept(AllMissing(given.Name, given.Count, expected.Type));
        }

        return expected.Type switch
        {
            ColumnType.Float64 => ToNumbers(given, values => new Float64Column(given.Name, values)),
            ColumnType.Float32 => ToNumbers(given, values => new Float32Column(given.Name, Array.ConvertAll(values, value => (float)value))),
            ColumnType.Int64 => ToWhole(given),
            ColumnType.Boolean => ToBooleans(given),
            ColumnType.Date => ToDates(given),
            ColumnType.Category => Kept(CategoryColumn.Of(given.Name, Texts(given))),
            ColumnType.Text => Kept(new TextColumn(given.Name, Texts(given))),
            _ => throw new ArgumentOutOfRangeException(nameof(expected), expected.Type, "Unknown column type."),
        };
    }

    /// <summary>A column of that type without a single value.</summary>
    public static Column AllMissing(string name, int count, ColumnType type) => type switch
    {
        ColumnType.Float32 => new Float32Column(name, Filled(count, float.NaN)),
        ColumnType.Float64 => new Float64Column(name, Filled(count, double.NaN)),
        ColumnType.Int64 => new Int64Column(name, new long[count], AllMissingMask(count)),
        ColumnType.Boolean => new BooleanColumn(name, new bool[count], AllMissingMask(count)),
        ColumnType.Date => new DateColumn(name, new long[count], AllMissingMask(count)),
        ColumnType.Category => new CategoryColumn(name, Filled(count, -1), []),
        ColumnType.Text => new TextColumn(name, new string?[count]),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown column type."),
    };

    private static ColumnConversion Kept(Column column, params string[] notes) => new(column, notes, []);

    private static ColumnConversion Refused(Column given, int row, string expectation) =>
        new(given, [], [$"Column '{given.Name}' has '{given.TextAt(row)}' in row {row + 1}; expected {expectation}."]);

    private static ColumnConversion ToNumbers(Column given, Func<double[], Column> make)
    {
        return TryNumbers(given, out double[] values, out int badRow) ? Kept(make(values)) : Refused(given, badRow, "a number");
    }

    private static bool TryNumbers(Column given, out double[] values, out int badRow)
    {
        values = new double[given.Count];
        badRow = -1;
        if (given.IsNumeric && given.Type != ColumnType.Date)
        {
            given.CopyNumbers(values);
            return true;
        }

        for (int row = 0; row < values.Length; row++)
        {
            if (given.IsMissing(row))
            {
                values[row] = double.NaN;
            }
            else if (given.Type == ColumnType.Date || !NumberText.TryParse(given.TextAt(row), out values[row]))
            {
                badRow = row;
                return false;
            }
        }

        return true;
    }

    private static ColumnConversion ToWhole(Column given)
    {
        if (!TryNumbers(given, out double[] values, out int badRow))
        {
            return Refused(given, badRow, "a whole number");
        }

        int fraction = Array.FindIndex(values, value => !double.IsNaN(value) && (value != Math.Floor(value) || Math.Abs(value) > LargestExactWhole));
        if (fraction >= 0)
        {
            string note = $"Column '{given.Name}' held whole numbers before and has '{given.TextAt(fraction)}' in row {fraction + 1}: read as numbers with fractions.";
            return Kept(given is Float64Column ? given : new Float64Column(given.Name, values), note);
        }

        MissingMask? missing = MaskOf(given);
        return Kept(new Int64Column(given.Name, Array.ConvertAll(values, value => double.IsNaN(value) ? 0 : (long)value), missing));
    }

    private static ColumnConversion ToBooleans(Column given)
    {
        var values = new bool[given.Count];
        for (int row = 0; row < values.Length; row++)
        {
            string? text = given.TextAt(row);
            if (text is not null && !BooleanText.TryParse(text, out values[row]))
            {
                if (!NumberText.TryParse(text, out double number) || number is not (0 or 1))
                {
                    return Refused(given, row, "true or false");
                }

                values[row] = number == 1;
            }
        }

        return Kept(new BooleanColumn(given.Name, values, MaskOf(given)));
    }

    private static ColumnConversion ToDates(Column given)
    {
        var ticks = new long[given.Count];
        for (int row = 0; row < ticks.Length; row++)
        {
            string? text = given.TextAt(row);
            if (text is not null && (given.IsNumeric || !DateText.TryParseIso(text, out ticks[row])))
            {
                return Refused(given, row, "a date such as 2024-03-09 or 2024-03-09T12:00:00Z");
            }
        }

        return Kept(new DateColumn(given.Name, ticks, MaskOf(given)));
    }

    private static ColumnConversion ToLevels(Column given, LevelLookup known)
    {
        if (given is CategoryColumn category)
        {
            return category.Levels.SequenceEqual(known.Levels, StringComparer.Ordinal) ? Kept(given) : Recoded(category, known);
        }

        var codes = new int[given.Count];
        var unseen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int row = 0; row < codes.Length; row++)
        {
            string? text = given.TextAt(row);
            codes[row] = text is null ? -1 : known.CodeOf(text);
            if (text is not null && codes[row] < 0)
            {
                unseen[text] = unseen.GetValueOrDefault(text) + 1;
                codes[row] = known.UnseenCode;
            }
        }

        return Kept(new CategoryColumn(given.Name, codes, known.Levels), UnseenNotes(given.Name, unseen, known));
    }

    private static ColumnConversion Recoded(CategoryColumn given, LevelLookup known)
    {
        int[] newCodeOf = [.. given.Levels.Select(known.CodeOf)];
        var codes = new int[given.Count];
        var unseen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int row = 0; row < codes.Length; row++)
        {
            int old = given.Codes[row];
            codes[row] = old < 0 ? -1 : newCodeOf[old];
            if (old >= 0 && codes[row] < 0)
            {
                unseen[given.Levels[old]] = unseen.GetValueOrDefault(given.Levels[old]) + 1;
                codes[row] = known.UnseenCode;
            }
        }

        return Kept(new CategoryColumn(given.Name, codes, known.Levels), UnseenNotes(given.Name, unseen, known));
    }

    private static string[] UnseenNotes(string name, SortedDictionary<string, int> unseen, LevelLookup known)
    {
        if (unseen.Count == 0)
        {
            return [];
        }

        int rows = unseen.Values.Sum();
        string levels = NearNames.List([.. unseen.Keys], 5);
        return [$"Column '{name}' has {unseen.Count} level{(unseen.Count == 1 ? string.Empty : "s")} not known before ({levels}) in {rows} row{(rows == 1 ? string.Empty : "s")}: read as {(known.UnseenCode < 0 ? "missing" : $"'{known.Levels[known.UnseenCode]}'")}."];
    }

    private static string?[] Texts(Column given)
    {
        var texts = new string?[given.Count];
        for (int row = 0; row < texts.Length; row++)
        {
            texts[row] = given.TextAt(row);
        }

        return texts;
    }

    private static MissingMask? MaskOf(Column given)
    {
        if (given.MissingCount == 0)
        {
            return null;
        }

        var mask = new MissingMask(given.Count);
        for (int row = 0; row < given.Count; row++)
        {
            if (given.IsMissing(row))
            {
                mask[row] = true;
            }
        }

        return mask;
    }

    private static MissingMask AllMissingMask(int count)
    {
        var mask = new MissingMask(count);
        for (int row = 0; row < count; row++)
        {
            mask[row] = true;
        }

        return mask;
    }

    private static T[] Filled<T>(int count, T value)
    {
        var values = new T[count];
        Array.Fill(values, value);
        return values;
    }
}
