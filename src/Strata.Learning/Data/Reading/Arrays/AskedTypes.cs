namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>Brings the columns of files that say of what type they are to the types that somebody asks for.</summary>
internal static class AskedTypes
{
    /// <exception cref="DataException">There is no such column, or a value does not fit.</exception>
    public static TableReading Apply(TableReading reading, TableReadOptions options)
    {
        var problems = new List<string>(options.Types.Keys.Where(name => !reading.Frame.Contains(name)).Select(name => "A type is given for it, but: " + DataException.NoSuchColumn(name, reading.Frame.Names).Message));
        Frame frame = reading.Frame;
        foreach (Column column in reading.Frame.Columns)
        {
            if ((options.Types.TryGetValue(column.Name, out ColumnType type) || options.TypesIfPresent.TryGetValue(column.Name, out type)) && type != column.Type)
            {
                ColumnConversion conversion = ColumnConversion.Of(column, new SchemaColumn(column.Name, type, (column as ArrayColumn)?.Channels));
                problems.AddRange(conversion.Problems);
                frame = frame.With(conversion.Column);
            }
        }

        DataException.ThrowIfAny(problems);
        return reading with { Frame = frame, Columns = [.. frame.Columns.Zip(reading.Columns, (column, old) => column.Type == old.Type ? old : new InferredColumn(column.Name, column.Type, "asked for"))] };
    }
}
