namespace Strata.Learning.Data.Reading;

/// <summary>
/// Reads delimited UTF-8 text into columns. A sample of rows suggests what each column holds; all rows are then parsed accordingly on all threads; columns
/// that turned out to hold text are parsed once more. Types are therefore decided by every row, not by the sample.
/// </summary>
internal sealed unsafe class DelimitedReader : IDisposable
{
    private const int SampleFields = 400_000;
    private const int SampleRowsPerChunk = 100;
    private const int MostSampledChunks = 16;
    private const long MostCellsPerByte = 16;
    private const long FreeCells = 1_000_000;

    private readonly DelimitedText text;
    private readonly TableReadOptions options;
    private readonly string[] names;
    private readonly List<string> notes;
    private readonly CancellationToken cancellation;
    private readonly MissingTexts missingTexts;
    private readonly Dictionary<string, ColumnType> types;
    private readonly TextLayout layout;
    private readonly ColumnBuffer[] buffers;
    private readonly List<ChunkParser> parsers = [];
    private ChunkParser[] firstPass = [];

    public DelimitedReader(DelimitedText text, string[] names, TableReadOptions options, List<string> notes, CancellationToken cancellation)
    {
        (this.text, this.names, this.options, this.notes, this.cancellation) = (text, names, options, notes, cancellation);
        missingTexts = new MissingTexts(options.MissingTexts);
        buffers = new ColumnBuffer[names.Length];
        types = TypesAsked(names, options);
        layout = TextLayout.Of(text, options, cancellation);
    }

    public (Frame Frame, InferredColumn[] Columns) Read()
    {
        RefuseSparse();
        FieldKind[] kinds = SuggestKinds();
        firstPass = Parse(kinds);
        RowSegments rows = new([.. layout.Chunks.Zip(firstPass, (chunk, parser) => (checked((int)chunk.FirstRow), parser.RowCount))]);
        if (rows.Total == 0)
        {
            throw TextHead.NoRows(names.Length);
        }

        bool[] isText = [.. Enumerable.Range(0, names.Length).Select(column => kinds[column] == FieldKind.Text || TurnedOutText(column))];
        FieldKind[] again = [.. Enumerable.Range(0, names.Length).Select(column => isText[column] && kinds[column] != FieldKind.Text ? FieldKind.Text : FieldKind.Skip)];
        ChunkParser[] secondPass = again.Contains(FieldKind.Text) ? Parse(again) : [];

        var columns = new TypedColumn[names.Length];
        ReadingThreads.For(columns.Length, options.Threads, i => columns[i] = isText[i]
            ? TextColumnOf(i, kinds[i] == FieldKind.Text ? firstPass : secondPass, rows)
            : NumberColumnOf(i, rows), cancellation);
        AddNotes(columns);
        return (new Frame(columns.Select(column => column.Column)), [.. columns.Select(column => new InferredColumn(column.Column.Name, column.Column.Type, column.Why))]);
    }

    public void Dispose()
    {
        foreach (ChunkParser parser in parsers)
        {
            parser.Dispose();
        }

        foreach (ColumnBuffer? buffer in buffers)
        {
            buffer?.Dispose();
        }
    }

    /// <summary>The types that are asked for, all of columns that are there.</summary>
    private static Dictionary<string, ColumnType> TypesAsked(string[] names, TableReadOptions options)
    {
        var known = names.ToHashSet(StringComparer.Ordinal);
        DataException.ThrowIfAny([.. options.Types.Keys.Where(name => !known.Contains(name)).Select(name => "A type is given for it, but: " + DataException.NoSuchColumn(name, names).Message)]);
        var types = new Dictionary<string, ColumnType>(options.TypesIfPresent.Where(type => known.Contains(type.Key)), StringComparer.Ordinal);
        foreach ((string name, ColumnType type) in options.Types)
        {
            types[name] = type;
        }

        return types;
    }

    /// <summary>A header with thousands of names above thousands of nearly empty lines would fill the memory with nothing.</summary>
    private void RefuseSparse()
    {
        long cells = layout.MostRows * names.Length;
        if (layout.MostRows > Array.MaxLength)
        {
            throw new DataException($"The table has {layout.MostRows} rows; at most {Array.MaxLength} are read.");
        }

        if (cells > (text.End - text.Body) * MostCellsPerByte + FreeCells)
        {
            throw new DataException($"The header has {names.Length} columns, but the {layout.MostRows} lines below it hold {text.End - text.Body} bytes: nearly all fields are missing. Is it the header of this table?");
        }
    }

    private FieldKind[] SuggestKinds()
    {
        var sample = new KindSample(names.Length, text.Dialect.DecimalPoint, missingTexts);
        int chunks = Math.Min(layout.Chunks.Length, MostSampledChunks);
        int rowsEach = Math.Clamp(SampleFields / (names.Length * Math.Max(1, chunks)), 1, SampleRowsPerChunk);
        var fields = new List<Field>();
        for (int i = 0; i < chunks; i++)
        {
            TextChunk chunk = layout.Chunks[(long)i * layout.Chunks.Length / chunks];
            var walker = new RecordWalker((byte*)chunk.Start, (byte*)chunk.End, text.Dialect);
            for (int row = 0; row < rowsEach && walker.MoveNext(fields); row++)
            {
                sample.Add(fields);
            }
        }

        FieldKind[] kinds = sample.Kinds();
        for (int i = 0; i < kinds.Length; i++)
        {
            if (types.TryGetValue(names[i], out ColumnType type))
            {
                kinds[i] = type switch
                {
                    ColumnType.Float32 or ColumnType.Float64 => FieldKind.Real,
                    ColumnType.Int64 => FieldKind.Whole,
                    _ => FieldKind.Text,
                };
            }
        }

        return kinds;
    }

    /// <summary>Parses every chunk into fresh buffers for the columns that are not skipped.</summary>
    private ChunkParser[] Parse(FieldKind[] kinds)
    {
        for (int i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] != FieldKind.Skip)
            {
                buffers[i]?.Dispose();
                buffers[i] = new ColumnBuffer(kinds[i], layout.MostRows);
            }
        }

        nint[] targets = [.. buffers.Select(buffer => buffer.Address)];
        ChunkParser[] pass = [.. layout.Chunks.Select(chunk => new ChunkParser(text, chunk, kinds, targets, missingTexts, options.MaxFieldBytes))];
        parsers.AddRange(pass);
        ReadingThreads.For(pass.Length, options.Threads, i => pass[i].Run(cancellation), cancellation);
        return pass;
    }

    private bool TurnedOutText(int column)
    {
        bool fractions = firstPass.Any(parser => parser.Kinds[column] == FieldKind.Real);
        bool asked = types.TryGetValue(names[column], out ColumnType type);
        return firstPass.Any(parser => parser.Kinds[column] == FieldKind.Skip)
            || (asked && type == ColumnType.Int64 && fractions)
            || (!asked && !fractions && firstPass.Any(parser => parser.Padded?[column] == true));
    }

    private TypedColumn NumberColumnOf(int column, RowSegments rows)
    {
        string name = names[column];
        bool asked = types.TryGetValue(name, out ColumnType type);
        long infinite = firstPass.Sum(parser => parser.Infinite?[column] ?? 0);
        if (buffers[column].Kind == FieldKind.Whole && firstPass.All(parser => parser.Kinds[column] == FieldKind.Whole))
        {
            long[] values = rows.Compact((long[])buffers[column].Values);
            return !asked && !values.AsSpan().ContainsAnyExcept(ChunkParser.MissingWhole)
                ? new TypedColumn(ColumnConversion.AllMissing(name, values.Length, ColumnType.Float64), "it has no values", infinite)
                : new TypedColumn(WholeColumn(name, values), asked ? "asked for" : "every value is a whole number", infinite);
        }

        var reals = new Float64Column(name, rows.Compact(buffers[column].Kind == FieldKind.Real ? (double[])buffers[column].Values : Widened(column)));
        Column typed = asked && type == ColumnType.Float32 ? new Float32Column(name, Array.ConvertAll(reals.Values, value => (float)value)) : reals;
        return new TypedColumn(typed, asked ? "asked for" : "every value is a number", infinite);
    }

    private static Int64Column WholeColumn(string name, long[] values)
    {
        if (!values.AsSpan().Contains(ChunkParser.MissingWhole))
        {
            return new Int64Column(name, values);
        }

        var missing = new MissingMask(values.Length);
        for (int row = 0; row < values.Length; row++)
        {
            if (values[row] == ChunkParser.MissingWhole)
            {
                missing[row] = true;
                values[row] = 0;
            }
        }

        return new Int64Column(name, values, missing);
    }

    /// <summary>The doubles of a column that some chunks hold as whole numbers and others, which met fractions, as doubles already.</summary>
    private double[] Widened(int column)
    {
        var values = (long[])buffers[column].Values;
        fixed (long* first = values)
        {
            for (int i = 0; i < firstPass.Length; i++)
            {
                if (firstPass[i].Kinds[column] == FieldKind.Whole)
                {
                    ChunkParser.WidenToReal(first + layout.Chunks[i].FirstRow, firstPass[i].RowCount);
                }
            }
        }

        return Array.ConvertAll(values, BitConverter.Int64BitsToDouble);
    }

    private TypedColumn TextColumnOf(int column, ChunkParser[] pass, RowSegments rows)
    {
        var codes = (int[])buffers[column].Values;
        var levels = new FieldDictionary();
        for (int i = 0; i < pass.Length; i++)
        {
            if (pass[i].Dictionary(column) is FieldDictionary local)
            {
                int[] map = levels.Absorb(local);
                foreach (ref int code in codes.AsSpan((int)layout.Chunks[i].FirstRow, pass[i].RowCount))
                {
                    code = code < 0 ? -1 : map[code];
                }
            }
        }

        var typing = new TextTyping(names[column], rows.Compact(codes), levels, text.Dialect, missingTexts, PlaceOfRow);
        return types.TryGetValue(names[column], out ColumnType type) ? typing.As(type) : typing.Inferred();
    }

    /// <summary>Names the line of a 0-based row.</summary>
    private string PlaceOfRow(int row)
    {
        int before = 0;
        for (int i = 0; i < firstPass.Length; i++)
        {
            if (row < before + firstPass[i].RowCount)
            {
                var walker = new RecordWalker((byte*)layout.Chunks[i].Start, (byte*)layout.Chunks[i].End, text.Dialect);
                return text.PlaceOf(walker.StartOf(row - before));
            }

            before += firstPass[i].RowCount;
        }

        throw new ArgumentOutOfRangeException(nameof(row), row, "There is no such row.");
    }

    private void AddNotes(TypedColumn[] columns)
    {
        var irregularities = new Irregularities();
        foreach (ChunkParser parser in firstPass)
        {
            irregularities.Add(parser.Irregularities);
        }

        notes.AddRange(irregularities.Notes(text, names.Length));
        TypedColumn[] infinite = [.. columns.Where(column => column.InfiniteCount > 0)];
        notes.AddRange(infinite.Select(column => $"Column '{column.Column.Name}' has {column.InfiniteCount} infinite value{(column.InfiniteCount == 1 ? string.Empty : "s")}: read as missing."));
        notes.AddRange(columns.Where(column => column.Note is not null).Select(column => column.Note!));
    }
}
