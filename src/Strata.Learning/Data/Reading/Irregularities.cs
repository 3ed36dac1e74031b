namespace Strata.Learning.Data.Reading;

/// <summary>What was amiss with the records of a text: how many, and where the first one is.</summary>
internal sealed class Irregularities
{
    public Irregularity ShortRows { get; } = new();

    public Irregularity LongRows { get; } = new();

    public Irregularity TextAfterQuotes { get; } = new();

    public long BlankLines { get; set; }

    public long TrailingDelimiters { get; set; }

    /// <summary>Adds those of the text that follows.</summary>
    public void Add(Irregularities later)
    {
        ShortRows.Add(later.ShortRows);
        LongRows.Add(later.LongRows);
        TextAfterQuotes.Add(later.TextAfterQuotes);
        BlankLines += later.BlankLines;
        TrailingDelimiters += later.TrailingDelimiters;
    }

    public IEnumerable<string> Notes(DelimitedText text, int columnCount)
    {
        if (ShortRows.Count > 0)
        {
            yield return $"{ShortRows.Subject} {ShortRows.FieldsInsteadOf(columnCount, "fewer")}: the missing ones were read as missing (first at {text.PlaceOf(ShortRows.First)}).";
        }

        if (LongRows.Count > 0)
        {
            yield return $"{LongRows.Subject} {LongRows.FieldsInsteadOf(columnCount, "more")}: the last ones were left out (first at {text.PlaceOf(LongRows.First)}).";
        }

        if (TextAfterQuotes.Count > 0)
        {
            yield return $"{TextAfterQuotes.Count} field{(TextAfterQuotes.Count == 1 ? " has" : "s have")} text behind the closing quote, which was kept (first at {text.PlaceOf(TextAfterQuotes.First)}).";
        }

        if (BlankLines > 0)
        {
            yield return $"{BlankLines} blank line{(BlankLines == 1 ? " was" : "s were")} skipped.";
        }

        if (TrailingDelimiters > 0)
        {
            yield return $"{TrailingDelimiters} row{(TrailingDelimiters == 1 ? " ends" : "s end")} with a delimiter behind which nothing follows: no column was made of it.";
        }
    }
}

/// <summary>One kind of irregular record.</summary>
internal sealed class Irregularity
{
    private int fields;
    private bool sameFields = true;

    public long Count { get; private set; }

    /// <summary>Address of the first one.</summary>
    public nint First { get; private set; }

    public string Subject => Count == 1 ? "1 row had" : $"{Count} rows had";

    public void Add(nint address, int fieldCount)
    {
        if (Count++ == 0)
        {
            (First, fields) = (address, fieldCount);
        }

        sameFields &= fieldCount == fields;
    }

    public void Add(Irregularity later)
    {
        if (Count == 0)
        {
            (First, fields, sameFields) = (later.First, later.fields, later.sameFields);
        }
        else if (later.Count > 0)
        {
            sameFields &= later.sameFields && later.fields == fields;
        }

        Count += later.Count;
    }

    public string FieldsInsteadOf(int expected, string direction) =>
        sameFields ? $"{fields} instead of {expected} fields" : $"{direction} than {expected} fields";
}
