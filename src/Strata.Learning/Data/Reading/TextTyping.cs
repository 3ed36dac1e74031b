using System.Globalization;
using Strata.Learning.Data.Reading.Arrays;

namespace Strata.Learning.Data.Reading;

/// <summary>
/// Decides the type of a column from all its different texts, and makes the column. In this order: numbers (digits with leading zeros are none, unless the
/// column has fractions), booleans of one pair of spellings, dates, numbers with thousands separators; then texts, as categories when there are at most
/// max(20, min(1000, 5% of the rows)) different ones.
/// </summary>
/// <param name="name">Of the column.</param>
/// <param name="codes">Index into the levels a row, -1 for empty.</param>
/// <param name="levels">The different texts.</param>
/// <param name="dialect">How the file writes numbers.</param>
/// <param name="missingTexts">The texts that stand for missing values.</param>
/// <param name="placeOfRow">Names the line of a 0-based row.</param>
internal sealed class TextTyping(string name, int[] codes, FieldDictionary levels, Dialect dialect, MissingTexts missingTexts, Func<int, string> placeOfRow)
{
    private const int FewLevels = 20;
    private const int ManyLevels = 1000;
    private const double LevelsPerRow = 0.05;
    private const int MostExceptions = 5;
    private const string AskedFor = "asked for";

    private readonly int[] present = [.. Enumerable.Range(0, levels.Count).Where(code => !missingTexts.Contains(levels[code]))];

    private int unguardedCount;

    /// <summary>The column in the type that suits all its values.</summary>
    public TypedColumn Inferred()
    {
        if (present.Length == 0)
        {
            return new TypedColumn(ColumnConversion.AllMissing(name, codes.Length, ColumnType.Float64), "it has no values");
        }

        return Numbers() ?? Booleans() ?? Dates() ?? GroupedNumbers() ?? Arrays(asked: null) ?? Texts();
    }

    /// <summary>The column in the type that somebody asked for.</summary>
    /// <exception cref="DataException">A value does not fit.</exception>
    public TypedColumn As(ColumnType type)
    {
        switch (type)
        {
            case ColumnType.Float64:
                return Reals(AskedFor, strict: true);
            case ColumnType.Float32:
                TypedColumn reals = Reals(AskedFor, strict: true);
                return reals with { Column = new Float32Column(name, Array.ConvertAll(((Float64Column)reals.Column).Values, value => (float)value)) };
            case ColumnType.Int64:
                return Wholes(AskedFor);
            case ColumnType.Boolean:
                return new TypedColumn(BooleanValues(code => Spells(code, out bool value) ? value : throw Unfit(code, "true or false (or 1 or 0)")), AskedFor);
            case ColumnType.Date:
                return Dates() is TypedColumn dates ? dates with { Why = AskedFor } : AmbiguousDates() ?? throw Unfit(FirstUndated(), "a date such as 2024-03-09 or 2024-03-09T12:00:00Z");
            case ColumnType.Category:
                return new TypedColumn(Category(), AskedFor);
            case ColumnType.Series or ColumnType.Image or ColumnType.Points when Array.TrueForAll(present, code => CellFile.IsNamed(levels.Text(code), orTable: true)):
                return new TypedColumn(Text(), "its values name files");
            case ColumnType.Series or ColumnType.Image or ColumnType.Points:
                return Arrays(type) ?? throw Unfit(FirstUnarrayed(), "an array of numbers such as [1,2,3] or [[1,2],[3,4]]");
            default:
                return new TypedColumn(Text(), AskedFor);
        }
    }

    private NumberKind KindOf(int code, out double real, out long whole) => DecimalText.Parse(levels[code], dialect.DecimalPoint, out real, out whole);

    private TypedColumn? Numbers()
    {
        int padded = -1;
        bool fractions = false;
        foreach (int code in present)
        {
            switch (KindOf(code, out _, out _))
            {
                case NumberKind.NotANumber:
                    return null;
                case NumberKind.PaddedWhole:
                    padded = code;
                    break;
                case NumberKind.Real:
                    fractions = true;
                    break;
            }
        }

        if (padded >= 0 && !fractions)
        {
            TypedColumn texts = Texts();
            return texts with { Why = $"digits with leading zeros, such as '{levels.Text(padded)}', are identifiers; {texts.Why}", Note = null };
        }

        return fractions ? Reals("every value is a number", strict: false) : Wholes("every value is a whole number");
    }

    private TypedColumn Reals(string why, bool strict)
    {
        var values = new double[levels.Count];
        var infinite = new bool[levels.Count];
        Array.Fill(values, double.NaN);
        foreach (int code in present)
        {
            NumberKind kind = KindOf(code, out double real, out _);
            if (kind == NumberKind.NotANumber && strict)
            {
                throw Unfit(code, "a number");
            }

            infinite[code] = kind == NumberKind.Infinite;
            values[code] = kind is NumberKind.NotANumber or NumberKind.Infinite ? double.NaN : real;
        }

        return new TypedColumn(new Float64Column(name, Array.ConvertAll(codes, code => code < 0 ? double.NaN : values[code])), why, codes.LongCount(code => code >= 0 && infinite[code]));
    }

    private TypedColumn Wholes(string why)
    {
        var values = new long[levels.Count];
        var valid = new bool[levels.Count];
        var infinite = new bool[levels.Count];
        foreach (int code in present)
        {
            NumberKind kind = KindOf(code, out double real, out values[code]);
            if (kind == NumberKind.Real && real == Math.Floor(real) && Math.Abs(real) < 1L << 53)
            {
                (kind, values[code]) = (NumberKind.Whole, (long)real);
            }

            if (kind is NumberKind.NotANumber or NumberKind.Real)
            {
                throw Unfit(code, "a whole number");
            }

            infinite[code] = kind == NumberKind.Infinite;
            valid[code] = !infinite[code];
        }

        long[] numbers = Array.ConvertAll(codes, code => code < 0 ? 0 : values[code]);
        return new TypedColumn(new Int64Column(name, numbers, MaskOf(valid)), why, codes.LongCount(code => code >= 0 && infinite[code]));
    }

    /// <summary>Booleans, when all values belong to one pair of spellings; single letters only when both occur, since <c>F</c> alone may be anything.</summary>
    private TypedColumn? Booleans()
    {
        if (present.Length > 6)
        {
            return null;
        }

        string[] spelled = [.. present.Select(code => levels.Text(code).Trim().ToUpperInvariant()).Distinct()];
        foreach ((string yes, string no) in new[] { ("TRUE", "FALSE"), ("YES", "NO"), ("T", "F"), ("Y", "N"), ("ON", "OFF") })
        {
            bool onlyThese = spelled.All(text => text == yes || text == no);
            if (onlyThese && (spelled.Length == 2 || yes.Length > 2))
            {
                string values = string.Join(" or ", spelled.Select(text => $"'{text.ToLowerInvariant()}'"));
                return new TypedColumn(BooleanValues(code => string.Equals(levels.Text(code).Trim(), yes, StringComparison.OrdinalIgnoreCase)), $"every value is {values}");
            }
        }

        return null;
    }

    private bool Spells(int code, out bool value)
    {
        if (BooleanText.TryParse(levels.Text(code), out value))
        {
            return true;
        }

        value = KindOf(code, out double number, out _) != NumberKind.NotANumber && number == 1;
        return value || number == 0 && KindOf(code, out _, out _) != NumberKind.NotANumber;
    }

    private BooleanColumn BooleanValues(Func<int, bool> valueOf)
    {
        var values = new bool[levels.Count];
        var valid = new bool[levels.Count];
        foreach (int code in present)
        {
            values[code] = valueOf(code);
            valid[code] = true;
        }

        return new BooleanColumn(name, Array.ConvertAll(codes, code => code >= 0 && values[code]), MaskOf(valid));
    }

    private TypedColumn? Dates()
    {
        if (DatesBy(DateOrder.Iso) is DateColumn iso)
        {
            return new TypedColumn(iso, "every value is an ISO date");
        }

        DateColumn? dayFirst = DatesBy(DateOrder.DayFirst), monthFirst = dayFirst is null || !IsPointed() ? DatesBy(DateOrder.MonthFirst) : null;
        return (dayFirst, monthFirst) switch
        {
            (not null, null) => Ordered(dayFirst, "day"),
            (null, not null) => Ordered(monthFirst, "month"),
            _ => null,
        };
    }

    /// <summary>Dates that could be read either way, when somebody says that they are dates: day first.</summary>
    private TypedColumn? AmbiguousDates() => DatesBy(DateOrder.DayFirst) is DateColumn dates ? Ordered(dates, "day") with { Why = AskedFor } : null;

    private TypedColumn Ordered(DateColumn dates, string first) => new(
        dates,
        $"every value is a date with the {first} first",
        Note: $"Column '{name}' holds dates such as '{levels.Text(present[0])}', read with the {first} first.");

    /// <summary>Points between numbers are written where the day comes first.</summary>
    private bool IsPointed() => levels[present[0]].IndexOf((byte)'.') is 1 or 2;

    private DateColumn? DatesBy(DateOrder order)
    {
        var ticks = new long[levels.Count];
        var valid = new bool[levels.Count];
        foreach (int code in present)
        {
            if (!DateText.TryParse(levels[code], order, out ticks[code]))
            {
                return null;
            }

            valid[code] = true;
        }

        return new DateColumn(name, Array.ConvertAll(codes, code => code < 0 ? 0 : ticks[code]), MaskOf(valid));
    }

    private int FirstUndated() => present.First(code => !DateText.TryParse(levels[code], DateOrder.Iso, out _));

    /// <summary>Numbers such as 1,234,567.8 where all commas stand between groups of three digits and cannot be decimal commas.</summary>
    private TypedColumn? GroupedNumbers()
    {
        byte group = dialect.DecimalPoint == '.' ? (byte)',' : (byte)'.';
        var values = new double[levels.Count];
        var valid = new bool[levels.Count];
        bool certain = dialect.Delimiter == ',', grouped = false;
        foreach (int code in present)
        {
            ReadOnlySpan<byte> text = levels[code];
            bool hasGroups = text.Contains(group);
            if (!(hasGroups ? GroupedNumber.TryParse(text, group, dialect.DecimalPoint, out values[code]) : KindOf(code, out values[code], out _) is NumberKind.Whole or NumberKind.Real))
            {
                return null;
            }

            valid[code] = true;
            grouped |= hasGroups;
            certain |= hasGroups && (text.Count(group) > 1 || text.Contains(dialect.DecimalPoint));
        }

        if (!grouped || !certain)
        {
            return null;
        }

        double[] numbers = Array.ConvertAll(codes, code => code >= 0 && valid[code] ? values[code] : double.NaN);
        string example = levels.Text(present.First(code => levels[code].Contains(group)));
        string note = $"Column '{name}' has thousands separators, such as '{example}': read as numbers.";
        bool whole = Array.TrueForAll(numbers, value => double.IsNaN(value) || (value == Math.Floor(value) && Math.Abs(value) < 1L << 53));
        Column column = whole ? new Int64Column(name, Array.ConvertAll(numbers, value => double.IsNaN(value) ? 0 : (long)value), MaskOf(valid)) : new Float64Column(name, numbers);
        return new TypedColumn(column, "every value is a number, some with thousands separators", Note: note);
    }

    /// <summary>Arrays, when every value is a JSON list of numbers or of such lists. Rows with equal texts share one array.</summary>
    private TypedColumn? Arrays(ColumnType? asked)
    {
        var arrays = new NumberArray?[levels.Count];
        foreach (int code in present)
        {
            ReadOnlySpan<byte> text = levels[code];
            if (text[0] != '[' || (!ArrayCells.IsEmpty(text) && (arrays[code] = ArrayCells.Parsed(levels.Text(code))) is null))
            {
                return null;
            }
        }

        var cells = new ArrayCells(name, codes.Length) { PlaceOf = placeOfRow };
        for (int row = 0; row < codes.Length; row++)
        {
            cells[row] = codes[row] < 0 ? null : arrays[codes[row]];
        }

        if (asked is null && !cells.AreAlike)
        {
            return null;
        }

        return new TypedColumn(cells.ToColumn(asked), asked is null ? "every value is a list of numbers" : AskedFor);
    }

    private int FirstUnarrayed() => present.First(code => levels[code][0] != '[' || (!ArrayCells.IsEmpty(levels[code]) && ArrayCells.Parsed(levels.Text(code)) is null));

    private TypedColumn Texts()
    {
        int most = Math.Max(FewLevels, (int)Math.Min(ManyLevels, LevelsPerRow * codes.Length));
        string counted = present.Length == 1 ? "one text" : string.Create(CultureInfo.InvariantCulture, $"{present.Length} different texts");
        string why = $"{counted} in {codes.Length} rows";
        Column column = present.Length <= most ? Category() : Text();
        string? unguarded = unguardedCount == 0 ? null : $"Column '{name}' has {unguardedCount} text{(unguardedCount == 1 ? string.Empty : "s")} with a ' in front that keeps spreadsheets from running {(unguardedCount == 1 ? "it" : "them")}: it was taken away.";
        return new TypedColumn(column, why, Note: NearlyNumbers() ?? unguarded);
    }

    /// <summary>Says so when a few texts keep a column from being one of numbers.</summary>
    private string? NearlyNumbers()
    {
        int[] exceptions = [.. present.Where(code => KindOf(code, out _, out _) == NumberKind.NotANumber).Take(MostExceptions + 1)];
        if (exceptions.Length is 0 or > MostExceptions || present.Length - exceptions.Length < 2 * exceptions.Length)
        {
            return null;
        }

        int row = Array.IndexOf(codes, exceptions[0]);
        string texts = NearNames.List([.. exceptions.Select(levels.Text)], MostExceptions);
        return $"Column '{name}' holds numbers but for {texts} (first on {placeOfRow(row)}), so it was read as text. Name {(exceptions.Length == 1 ? "it" : "them")} as missing to read numbers.";
    }

    private CategoryColumn Category()
    {
        string?[] textOf = PresentTexts();
        int[] ordered = [.. present.OrderBy(code => textOf[code], StringComparer.Ordinal)];
        var newCode = new int[levels.Count];
        Array.Fill(newCode, -1);
        for (int i = 0; i < ordered.Length; i++)
        {
            newCode[ordered[i]] = i;
        }

        return new CategoryColumn(name, Array.ConvertAll(codes, code => code < 0 ? -1 : newCode[code]), [.. ordered.Select(code => textOf[code]!)]);
    }

    private TextColumn Text()
    {
        string?[] textOf = PresentTexts();
        return new TextColumn(name, Array.ConvertAll(codes, code => code < 0 ? null : textOf[code]));
    }

    /// <summary>The text of each level, null for those that stand for missing; guards against spreadsheet formulas are taken away.</summary>
    private string?[] PresentTexts()
    {
        var textOf = new string?[levels.Count];
        foreach (int code in present)
        {
            textOf[code] = levels.Text(code);
        }

        int[] guarded = [.. present.Where(code => SpreadsheetText.IsGuarded(textOf[code]!))];
        if (guarded.Length > 0)
        {
            var others = textOf.OfType<string>().ToHashSet(StringComparer.Ordinal);
            if (guarded.All(code => SpreadsheetText.IsGuarded(textOf[code]![1..]) || !others.Contains(textOf[code]![1..])))
            {
                foreach (int code in guarded)
                {
                    textOf[code] = SpreadsheetText.Unguard(textOf[code]!);
                }

                unguardedCount = guarded.Length;
            }
        }

        return textOf;
    }

    /// <summary>The rows whose text has no valid value; null when all have.</summary>
    private MissingMask? MaskOf(bool[] valid)
    {
        if (Array.TrueForAll(codes, code => code >= 0 && valid[code]))
        {
            return null;
        }

        var mask = new MissingMask(codes.Length);
        for (int row = 0; row < codes.Length; row++)
        {
            if (codes[row] < 0 || !valid[codes[row]])
            {
                mask[row] = true;
            }
        }

        return mask;
    }

    private DataException Unfit(int code, string expectation)
    {
        int row = Array.IndexOf(codes, code);
        return new DataException($"Column '{name}' has '{levels.Text(code)}' on {placeOfRow(row)}; expected {expectation}, as asked for.");
    }
}
