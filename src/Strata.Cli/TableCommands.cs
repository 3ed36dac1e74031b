using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.Data.Profiling;
using Strata.Learning.Data.Reading;
using Strata.Learning.ModelFiles;
using Strata.Learning.Validation.Leaks;
using Strata.Learning.Workflow;
using Strata.Solutions;

namespace Strata.Cli;

/// <summary><c>strata profile</c> and <c>strata audit-leaks</c>: what a table holds, column by column, and what in it would mislead a model.</summary>
internal static class TableCommands
{
    public static Command Profile(Terminal terminal)
    {
        var table = new TableArgument();
        var target = new Option<string?>("--target") { Description = "Also look for columns that give this one away." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("profile", "Describes every column of a table: type, missing values, distribution, warnings.") { table.Path, target, json };
        table.AddTo(command);
        Option<bool> explain = CommandExplanation.AddTo(command);
        command.SetWork((parsed, cancellation) =>
        {
            if (parsed.GetValue(explain))
            {
                return TableExplanations.OfProfile(table.Of(parsed), parsed.GetValue(target)).Write(terminal);
            }

            TableReading reading = TableFile.Read(table.Of(parsed).Path, table.Of(parsed).Reading, cancellation);
            terminal.Notes(reading.Notes);
            TableProfile profile = TableProfile.Of(reading.Frame, parsed.GetValue(target), cancellation);
            JsonNode result = JsonSerializer.SerializeToNode(profile, ModelFileJson.Options)!;
            terminal.Result(parsed.GetValue(json), result, writer => Write(writer, profile));
            return ExitCode.Done;
        });
        return command;
    }

    public static Command AuditLeaks(Terminal terminal)
    {
        var table = new TableArgument();
        var options = new PlanOptions();
        Option<bool> json = CommonOptions.Json();
        var test = new Option<string?>("--test") { Description = "A table of its own to test on: also look for rows, groups and entities that stand in both, and for time that runs backwards.", HelpName = "TABLE" };
        var command = new Command("audit-leaks", "Looks for what would make a model look better than it is: copies of the target, columns known too late, repeated rows and entities, time.") { table.Path, test, json };
        options.AddTo(command);
        table.AddTo(command);
        Option<bool> explain = CommandExplanation.AddTo(command);
        command.SetWork((parsed, cancellation) =>
        {
            TableReading reading = TableFile.Read(table.Of(parsed).Path, table.Of(parsed).Reading, cancellation);
            terminal.Notes(reading.Notes);
            PlannedTraining planned = options.Read(parsed, reading.Frame, terminal);
            if (parsed.GetValue(explain))
            {
                return TableExplanations.OfAudit(planned, table.Of(parsed), parsed.GetValue(test)).Write(terminal);
            }

            LeakAudit audit = parsed.GetValue(test) is string testPath
                ? Training.Audit(planned.Plan, planned.Table, planned.PrepareLike(table.Of(parsed).At(testPath).Read(terminal, cancellation)), cancellation)
                : Training.Audit(planned.Plan, planned.Table, cancellation);
            JsonNode result = new JsonObject { ["rows"] = reading.Frame.RowCount, ["leak_audit"] = JsonSerializer.SerializeToNode(audit.Findings, ModelFileJson.Options) };
            terminal.Result(parsed.GetValue(json), result, writer => Write(writer, audit));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(TextWriter writer, LeakAudit audit)
    {
        if (audit.Findings.Count == 0)
        {
            writer.WriteLine("Nothing suspicious was found.");
        }

        foreach (LeakFinding finding in audit.Findings)
        {
            writer.WriteLine($"{finding.Severity.ToString().ToUpperInvariant()}  {finding.Message}");
            writer.WriteLine($"    {finding.Advice}");
        }
    }

    private static void Write(TextWriter writer, TableProfile profile)
    {
        writer.WriteLine($"{profile.RowCount} rows, {profile.Columns.Count} columns");
        writer.WriteLine();
        TextTable.Write(writer, ["COLUMN", "TYPE", "MISSING", "DISTINCT", "MIN", "MEDIAN", "MAX", "TOP LEVELS OR ARRAYS"], profile.Columns.Select(Row));
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
        column.Arrays is null ? column.Distinct.ToString(CultureInfo.InvariantCulture) : string.Empty,
        column.Earliest ?? Number(column.Min),
        column.Earliest is null ? Number(column.Median) : string.Empty,
        column.Latest ?? Number(column.Max),
        column.Arrays is ArraySummary arrays ? Described(arrays) : string.Join(", ", (column.TopLevels ?? []).Take(3).Select(level => $"{level.Level} ({level.Count})")),
    ];

    /// <summary>Sizes, gaps, and the range of each channel.</summary>
    private static string Described(ArraySummary arrays)
    {
        string sizes = arrays.Lengths is LengthRange lengths ? $"length {Range(lengths)}" : arrays is { Heights: LengthRange heights, Widths: LengthRange widths } ? $"{Range(heights)} x {Range(widths)}" : string.Empty;
        string gaps = arrays.RowsWithGaps == 0 ? string.Empty : $"; {arrays.RowsWithGaps} with gaps";
        return $"{sizes}{gaps}; {string.Join(", ", arrays.Channels.Take(3).Select(channel => $"{channel.Name} {Number(channel.Min)} to {Number(channel.Max)}"))}{(arrays.Channels.Count > 3 ? ", ..." : string.Empty)}";
    }

    private static string Range(LengthRange range) => range.Least == range.Most ? range.Most.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{range.Least}..{range.Most}");

    private static string Number(double? value) => value is double number ? number.ToString("G6", CultureInfo.InvariantCulture) : string.Empty;
}
