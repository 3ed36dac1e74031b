using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using static Strata.Cli.CSharpText;

namespace Strata.Cli;

/// <summary>A table's file or folder, and what somebody said about how it is to be read.</summary>
internal sealed record TableSource(string Path, TableReadOptions Reading)
{
    /// <summary>Another table that is read the same way.</summary>
    public TableSource At(string path) => this with { Path = path };

    /// <param name="terminal">Takes the notes.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="expected">The columns of the model that the rows are for.</param>
    public Frame Read(Terminal terminal, CancellationToken cancellation, Schema? expected = null)
    {
        TableReading reading = TableFile.Read(Path, expected is null ? Reading : Reading.Suiting(expected), cancellation);
        terminal.Notes(reading.Notes);
        return reading.Frame;
    }

    /// <summary>The expression that reads it.</summary>
    public string CSharp
    {
        get
        {
            string options = New(
                nameof(TableReadOptions),
                (nameof(Reading.Series), Reading.Series is LongSeries series ? $"new LongSeries({Text(series.Id)}{Further(series.Time is null && series.Channels is null ? null : series.Time is null ? "null" : Text(series.Time), series.Channels is null ? null : List([.. series.Channels]))})" : null),
                (nameof(Reading.ArrayType), Member(Reading.ArrayType)));
            return $"TableFile.Read({Text(Path)}{Further(Reading.Series is null && Reading.ArrayType is null ? null : options)}).Frame";
        }
    }

    /// <summary>The fields of a form that say the same, by name.</summary>
    public IEnumerable<(string Name, string Value)> Fields =>
    [
        .. Reading.Series is LongSeries series ? [("series_id", series.Id)] : Array.Empty<(string, string)>(),
        .. Reading.Series?.Time is string time ? [("series_time", time)] : Array.Empty<(string, string)>(),
        .. Reading.Series?.Channels is IReadOnlyList<string> channels ? [("series_channels", List([.. channels])!)] : Array.Empty<(string, string)>(),
        .. Reading.ArrayType is ColumnType type ? [("arrays", type.ToString().ToLowerInvariant())] : Array.Empty<(string, string)>(),
    ];
}
