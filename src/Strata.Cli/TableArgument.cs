using System.CommandLine;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;

namespace Strata.Cli;

/// <summary>The argument that names a table, and the options that say how rows and arrays stand in it.</summary>
internal sealed class TableArgument(string description = TableArgument.Usual)
{
    private const string Usual = "A table: CSV, TSV, JSON lines, Excel, series (.ts), NumPy arrays (.npy, .npz), IDX, also .gz; or a folder or zip archive of images, point clouds, or a table and the files it names.";

    private readonly Option<string?> seriesId = new("--series-id") { Description = "The table has one row a step: the column whose equal values are one series.", HelpName = "COLUMN" };
    private readonly Option<string?> seriesTime = new("--series-time") { Description = "With --series-id: the column that orders the steps; the order of the file when not given.", HelpName = "COLUMN" };
    private readonly Option<string[]> seriesChannel = new("--series-channel") { Description = "With --series-id: a column that becomes a channel; may be given several times. All numbers that change when not given.", HelpName = "COLUMN" };
    private readonly Option<ColumnType?> arrays = new("--arrays") { Description = "What stored arrays are, where their sizes leave that open: series, image or points.", CustomParser = result => Kind(result.Tokens[0].Value, result) };

    public Argument<string> Path { get; } = new("table") { Description = description };

    /// <summary>Adds the options; the argument stands in the command's own list.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { seriesId, seriesTime, seriesChannel, arrays })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(seriesId) is null && (result.GetValue(seriesTime) is not null || result.GetValue(seriesChannel) is { Length: > 0 }))
            {
                result.AddError("--series-time and --series-channel go with --series-id.");
            }
        });
    }

    public TableSource Of(ParseResult parsed) => Of(parsed, parsed.GetValue(Path)!);

    /// <summary>A table that is named by other means than the argument.</summary>
    public TableSource Of(ParseResult parsed, string path) => new(path, new TableReadOptions
    {
        Series = parsed.GetValue(seriesId) is string id ? new LongSeries(id, parsed.GetValue(seriesTime), parsed.GetValue(seriesChannel) is { Length: > 0 } channels ? channels : null) : null,
        ArrayType = parsed.GetValue(arrays),
    });

    private static ColumnType? Kind(string text, System.CommandLine.Parsing.ArgumentResult result)
    {
        if (Enum.TryParse(text, ignoreCase: true, out ColumnType type) && type.IsArray())
        {
            return type;
        }

        result.AddError($"--arrays is series, image or points, not '{text}'.");
        return null;
    }
}
