namespace Strata.Learning.Explanation;

/// <summary>Contributions of a model that takes some of the columns, told for all of them: what it does not take did nothing.</summary>
internal static class AlignedColumns
{
    public static Contributions Of(Contributions told, IReadOnlyList<string> columns)
    {
        if (told.Columns.SequenceEqual(columns, StringComparer.Ordinal))
        {
            return told;
        }

        int[] places = Places(told.Columns, columns);
        var values = new double[told.Bias.Length * columns.Count];
        for (int score = 0; score < told.Bias.Length; score++)
        {
            for (int column = 0; column < places.Length; column++)
            {
                values[score * columns.Count + places[column]] = told.Values[score * places.Length + column];
            }
        }

        return told with { Columns = columns, Values = values };
    }

    public static Interactions Of(Interactions told, IReadOnlyList<string> columns)
    {
        if (told.Columns.SequenceEqual(columns, StringComparer.Ordinal))
        {
            return told;
        }

        int[] places = Places(told.Columns, columns);
        int from = places.Length, to = columns.Count;
        var values = new double[told.Bias.Length * to * to];
        for (int score = 0; score < told.Bias.Length; score++)
        {
            for (int cell = 0; cell < from * from; cell++)
            {
                values[(score * to + places[cell / from]) * to + places[cell % from]] = told.Values[score * from * from + cell];
            }
        }

        return told with { Columns = columns, Values = values };
    }

    private static int[] Places(IReadOnlyList<string> some, IReadOnlyList<string> all)
    {
        var placeOf = all.Index().ToDictionary(column => column.Item, column => column.Index, StringComparer.Ordinal);
        return [.. some.Select(name => placeOf[name])];
    }
}
