namespace Strata.Learning.Data;

/// <summary>A frame brought to a schema, and what was changed or left aside on the way, one sentence each.</summary>
public sealed record ConformedFrame(Frame Frame, IReadOnlyList<string> Notes);

/// <summary>Brings rows from anywhere to the columns, types and levels that a model was fitted on.</summary>
public static class SchemaConformance
{
    /// <summary>
    /// The schema's columns of <paramref name="rows"/>, found by name, in the schema's order, types and levels. Levels that the schema does not know become
    /// missing; columns that it does not know are left aside. A block of columns may be missing as a whole where others are there: its values are unknown then. When whole numbers are expected and there are fractions the column stays Float64: read numbers
    /// through <see cref="Column.CopyNumbers(Span{double})"/>. The same frame comes back when nothing changes.
    /// </summary>
    /// <exception cref="DataException">Columns are missing or hold values of another kind; every one of them is named.</exception>
    public static Frame Conform(this Schema schema, Frame rows) => schema.ConformWithNotes(rows).Frame;

    /// <summary>As <see cref="Conform"/>, and says what it did.</summary>
    public static ConformedFrame ConformWithNotes(this Schema schema, Frame rows)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(rows);
        var problems = new List<string>();
        var notes = new List<string>();
        var columns = new List<Column>(schema.Columns.Count);
        bool changed = schema.Columns.Count != rows.ColumnCount;
        HashSet<string> absent = AbsentBlocks(schema, rows, notes);
        for (int i = 0; i < schema.Columns.Count; i++)
        {
            SchemaColumn expected = schema.Columns[i];
            if (rows.TryGet(expected.Name) is not Column given)
            {
                if (expected.Block is string block && absent.Contains(block))
                {
                    columns.Add(ColumnConversion.Of(ColumnConversion.AllMissing(expected.Name, rows.RowCount, expected.Type), expected).Column);
                    continue;
                }

                problems.Add(Missing(expected.Name, rows));
                continue;
            }

            ColumnConversion conversion = ColumnConversion.Of(given, expected);
            problems.AddRange(conversion.Problems);
            notes.AddRange(conversion.Notes);
            changed |= !ReferenceEquals(conversion.Column, given) || i >= rows.ColumnCount || !ReferenceEquals(given, rows.Columns[i]);
            columns.Add(conversion.Column);
        }

        DataException.ThrowIfAny(problems);
        NoteUnused(schema, rows, notes);
        return new ConformedFrame(changed ? new Frame(columns) : rows, notes);
    }

    /// <summary>The blocks of which no column is there, where another column of the schema is.</summary>
    private static HashSet<string> AbsentBlocks(Schema schema, Frame rows, List<string> notes)
    {
        ILookup<string, SchemaColumn> blocks = schema.Columns.Where(column => column.Block is not null).ToLookup(column => column.Block!, StringComparer.Ordinal);
        if (blocks.Count == 0 || !schema.Names.Any(rows.Contains))
        {
            return [];
        }

        IGrouping<string, SchemaColumn>[] absent = [.. blocks.Where(block => !block.Any(column => rows.Contains(column.Name)))];
        notes.AddRange(absent.Select(block => $"Block '{block.Key}' is missing ({block.Count()} columns): its values count as unknown."));
        return absent.Select(block => block.Key).ToHashSet(StringComparer.Ordinal);
    }

    private static string Missing(string name, Frame rows)
    {
        string? near = NearNames.Nearest(name, rows.Names);
        return near is null ? $"Column '{name}' is missing." : $"Column '{name}' is missing; there is '{near}'.";
    }

    private static void NoteUnused(Schema schema, Frame rows, List<string> notes)
    {
        var known = schema.Names.ToHashSet(StringComparer.Ordinal);
        string[] unused = [.. rows.Names.Where(name => !known.Contains(name))];
        if (unused.Length > 0)
        {
            notes.Add($"{unused.Length} column{(unused.Length == 1 ? " is" : "s are")} not used: {NearNames.List(unused, 12)}.");
        }
    }
}
