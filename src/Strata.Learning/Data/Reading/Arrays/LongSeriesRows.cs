namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>Makes one row an entity of a table that has one row a step (or point).</summary>
internal sealed class LongSeriesRows
{
    private readonly Frame table;
    private readonly LongSeries asked;
    private readonly List<string> notes;
    private readonly List<int[]> entities;

    private LongSeriesRows(Frame table, LongSeries asked, List<string> notes)
    {
        (this.table, this.asked, this.notes) = (table, asked, notes);
        entities = Entities();
    }

    /// <exception cref="DataException">There are no such columns, time cannot be ordered, or nothing changes within an entity.</exception>
    public static TableReading Of(TableReading reading, LongSeries asked)
    {
        Frame table = reading.Frame;
        string[] named = [asked.Id, .. asked.Time is string time ? [time] : Array.Empty<string>(), .. asked.Channels ?? []];
        DataException.ThrowIfAny([.. named.Where(name => !table.Contains(name)).Select(name => DataException.NoSuchColumn(name, table.Names).Message)]);
        var notes = new List<string>(reading.Notes);
        Frame rows = new LongSeriesRows(table, asked, notes).ToFrame();
        var why = reading.Columns.ToDictionary(column => column.Name, column => column.Why, StringComparer.Ordinal);
        return reading with
        {
            Frame = rows,
            Columns = [.. rows.Columns.Select(column => new InferredColumn(column.Name, column.Type, why.GetValueOrDefault(column.Name, "made of the rows of each " + asked.Id)))],
            Notes = notes,
        };
    }

    private Frame ToFrame()
    {
        Column[] others = [.. table.Columns.Where(column => column.Name != asked.Id && column.Name != asked.Time)];
        HashSet<string> varying = [.. others.Where(Varies).Select(column => column.Name)];
        Column[] channels = asked.Channels is { Count: > 0 } ? [.. asked.Channels.Select(name => table[name])] : [.. others.Where(column => column.IsNumeric && varying.Contains(column.Name))];
        if (channels.Length == 0)
        {
            throw new DataException($"No column of numbers changes within one '{asked.Id}'; expected several rows for each, with numbers of its own in every row.");
        }

        DataException.ThrowIfAny([.. channels.Where(column => !column.IsNumeric).Select(column => $"Column '{column.Name}' holds {column.Type} values; the channels of a series are numbers.")]);
        string[] lost = [.. others.Where(column => varying.Contains(column.Name) && !channels.Contains(column)).Select(column => column.Name)];
        int[] firstRows = [.. entities.Select(rows => rows[0])];
        Column[] kept = [.. table.Columns.Where(column => column.Name != asked.Time && !channels.Contains(column) && !varying.Contains(column.Name)).Select(column => column.Take(firstRows))];
        ArrayColumn series = Series(channels, kept);
        notes.Add($"{table.RowCount} rows became {entities.Count}, one for each '{asked.Id}'; '{series.Name}' holds {NearNames.List([.. channels.Select(column => column.Name)], 12)}.");
        if (lost.Length > 0)
        {
            notes.Add($"{lost.Length} column{(lost.Length == 1 ? " changes" : "s change")} within one '{asked.Id}' and {(lost.Length == 1 ? "is" : "are")} no channel: left out ({NearNames.List(lost, 12)}).");
        }

        return new Frame([.. kept, series]);
    }

    private ArrayColumn Series(Column[] channels, Column[] kept)
    {
        string[] names = [.. channels.Select(column => column.Name)];
        bool isPoints = asked.Time is null && names is ["x", "y", ..];
        ColumnType type = asked.Type ?? (isPoints ? ColumnType.Points : ColumnType.Series);
        string name = type == ColumnType.Points ? "points" : "series";
        while (kept.Any(column => column.Name == name))
        {
            name += "_2";
        }

        var cells = new float[]?[entities.Count];
        for (int row = 0; row < cells.Length; row++)
        {
            int[] steps = entities[row];
            var cell = new float[steps.Length * channels.Length];
            for (int step = 0; step < steps.Length; step++)
            {
                for (int channel = 0; channel < channels.Length; channel++)
                {
                    cell[step * channels.Length + channel] = NumberArray.Of(channels[channel].NumberAt(steps[step]));
                }
            }

            cells[row] = cell;
        }

        return new ArrayColumn(name, type, names.Length == 1 ? ArrayColumn.OneChannel : names, cells);
    }

    /// <summary>The rows of each entity in the order of time; entities in the order of their first rows.</summary>
    private List<int[]> Entities()
    {
        Column ids = table[asked.Id];
        var rowsOf = new OrderedDictionary<string, List<int>>(StringComparer.Ordinal);
        for (int row = 0; row < table.RowCount; row++)
        {
            if (ids.TextAt(row) is string id)
            {
                if (!rowsOf.TryGetValue(id, out List<int>? rows))
                {
                    rowsOf[id] = rows = [];
                }

                rows.Add(row);
            }
        }

        if (ids.MissingCount > 0)
        {
            notes.Add($"{ids.MissingCount} row{(ids.MissingCount == 1 ? " has" : "s have")} no '{asked.Id}' and {(ids.MissingCount == 1 ? "is" : "are")} left out.");
        }

        return asked.Time is null ? [.. rowsOf.Values.Select(rows => rows.ToArray())] : InTime([.. rowsOf.Values], table[asked.Time]);
    }

    private List<int[]> InTime(List<List<int>> entities, Column time)
    {
        if (!time.IsNumeric)
        {
            throw new DataException($"Column '{time.Name}' holds {time.Type} values; expected numbers or dates to order the steps by.");
        }

        var times = new double[time.Count];
        time.CopyNumbers(times);
        int missing = entities.Sum(rows => rows.RemoveAll(row => double.IsNaN(times[row])));
        int repeated = 0, gaps = 0;
        var ordered = new List<int[]>(entities.Count);
        foreach (List<int> rows in entities.Where(rows => rows.Count > 0))
        {
            int[] sorted = [.. rows.OrderBy(row => times[row])];
            repeated += Enumerable.Range(1, sorted.Length - 1).Any(i => times[sorted[i]] == times[sorted[i - 1]]) ? 1 : 0;
            gaps += IsUneven(sorted, times) ? 1 : 0;
            ordered.Add(sorted);
        }

        NoteIf(missing, "row has no time and is left out", "rows have no time and are left out");
        NoteIf(repeated, "series has two steps at one time: they stay in the order of the file", "series have two steps at one time: they stay in the order of the file");
        NoteIf(gaps, "series has steps that are unevenly apart in time; the learners see them as even", "series have steps that are unevenly apart in time; the learners see them as even");
        return ordered;
    }

    /// <summary>Whether two neighbouring steps are more than half a usual step nearer or farther than usual.</summary>
    private static bool IsUneven(int[] sorted, double[] times)
    {
        double[] apart = [.. Enumerable.Range(1, sorted.Length - 1).Select(i => times[sorted[i]] - times[sorted[i - 1]])];
        if (apart.Length < 2)
        {
            return false;
        }

        double usual = apart.Order().ElementAt(apart.Length / 2);
        return Array.Exists(apart, step => Math.Abs(step - usual) > 0.5 * usual);
    }

    private void NoteIf(int count, string one, string many)
    {
        if (count > 0)
        {
            notes.Add($"{count} {(count == 1 ? one : many)}.");
        }
    }

    private bool Varies(Column column) => entities.Exists(rows => Array.Exists(rows, row => !column.IsSame(rows[0], row)));
}
