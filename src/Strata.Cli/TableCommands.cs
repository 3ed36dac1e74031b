using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.Data.Profiling;
using Strata.Learning.Data.Reading;
using Strata.Learning.ModelFiles;

namespace Strata.Cli;

/// <summary><c>strata profile</c>: what a table holds, column by column, with warnings.</summary>
internal static class TableCommands
{
    public static Command Profile(Terminal terminal)
    {
        Argument<string> table = CommonOptions.Table();
        var target = new Option<string?>("--target") { Description = "Also look for columns that give this one away." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("profile", "Describes every column of a table: type, missing values, distribution, warnings.") { table, target, json };
        command.SetAction((parsed, cancellation) =>
        {
            TableReading reading = TableFile.Read(parsed.GetValue(table)!, new TableReadOptions(), cancellation);
            terminal.Notes(reading.Notes);
            TableProfile profile = TableProfile.Of(reading.Frame, parsed.GetValue(target), cancellation);
            JsonNode result = JsonSerializer.SerializeToNode(profile, ModelFileJson.Options)!;
            terminal.Result(parsed.GetValue(json), result, writer => Write(writer, profile));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void Write(TextWriter writer, TableProfile profile)
    {
        writer.WriteLine($"{profile.RowCount} rows, {profile.Columns.Count} columns");
        writer.WriteLine();
        TextTable.Write(writer, ["COLUMN", "TYPE", "MISSING", "DISTINCT", "MIN", "MEDIAN", "MAX", "TOP LEVELS"], profile.Columns.Select(Row));
        string[] warnings = [.. profile.Warnings.Select(warning => $"! {warning.Message}")];
        if (warnings.Length > 0)
        {
            writer.WriteLine();
            writer.WriteLine(string.Join(Environment.NewLine, warnings));
        }
    }

    private static IReadOnlyList<string> Row(ColumnProfile column) =>
    [
        column.Name,
        JsonNamingPolicy.SnakeCaseLower.ConvertName(column.Type.ToString()),
        column.Missing == 0 ? "-" : column.Missing.ToString(CultureInfo.InvariantCulture),
        column.Distinct.ToString(CultureInfo.InvariantCulture),
        column.Earliest ?? Number(column.Min),
        column.Earliest is null ? Number(column.Median) : string.Empty,
        column.Latest ?? Number(column.Max),
        string.Join(", ", (column.TopLevels ?? []).Take(3).Select(level => $"{level.Level} ({level.Count})")),
    ];

    private static string Number(double? value) => value is double number ? number.ToString("G6", CultureInfo.InvariantCulture) : string.Empty;
}
