using System.CommandLine;
using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Solutions.Omics;
using static Strata.Cli.CSharpText;

namespace Strata.Cli;

/// <summary><c>strata join</c>: files of blocks of columns as one table.</summary>
internal static class JoinCommand
{
    public static Command Join(Terminal terminal)
    {
        var block = new Option<string[]>("--block") { Description = "A block of columns: its name and its table, and where that has no header perhaps a file with a name a line. Given several times, in the order of the columns.", Required = true, HelpName = "NAME=FILE[,NAMES]" };
        var labels = new Option<string?>("--labels") { Description = "A table of what is to be predicted, with or without a header.", HelpName = "FILE" };
        var identifier = new Option<string?>("--id") { Description = "The column that tells samples apart. When not given, a first column of texts that are all different; without one the files have the same rows in the same order.", HelpName = "COLUMN" };
        var outPath = new Option<string>("--out") { Description = "Where the table goes.", Required = true, HelpName = "TABLE.csv" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("join", "Joins files of blocks of columns (such as one kind of molecule each) to one table whose columns are named block:column, for a model of blocks.") { block, labels, identifier, outPath, json };
        Option<bool> explain = CommandExplanation.AddTo(command);
        command.SetWork((parsed, cancellation) =>
        {
            BlockFile[] blocks = [.. parsed.GetValue(block)!.Select(BlockFile.Parse)];
            string path = parsed.GetValue(outPath)!;
            if (parsed.GetValue(explain))
            {
                return Explanation(blocks, parsed.GetValue(labels), parsed.GetValue(identifier), path).Write(terminal);
            }

            JoinedBlocks joined = JoinedBlocks.Read(blocks, parsed.GetValue(labels), parsed.GetValue(identifier), cancellation);
            WrittenFile.Write(path, stream => FrameCsv.Write(stream, joined.Table), cancellation);
            terminal.Notes(joined.Notes);
            terminal.Result(
                parsed.GetValue(json),
                new JsonObject { ["rows"] = joined.Table.RowCount, ["columns"] = joined.Table.ColumnCount, ["out"] = path },
                writer => writer.WriteLine($"{joined.Table.RowCount} rows and {joined.Table.ColumnCount} columns written to {path}"));
            return ExitCode.Done;
        });
        return command;
    }

    private static CommandExplanation Explanation(BlockFile[] blocks, string? labels, string? identifier, string path)
    {
        string files = string.Join(", ", blocks.Select(one => $"new BlockFile({Text(one.Name)}, {Text(one.Path)}{(one.NamesPath is null ? string.Empty : $", {Text(one.NamesPath)}")})"));
        string further = identifier is not null ? $", {(labels is null ? "null" : Text(labels))}, {Text(identifier)}" : labels is not null ? $", {Text(labels)}" : string.Empty;
        return CommandExplanation.Of(
            [
                $"JoinedBlocks joined = JoinedBlocks.Read([{files}]{further});",
                $"WholeFile.Write({Text(path)}, stream => FrameCsv.Write(stream, joined.Table));",
            ],
            "There is no call that joins files: upload the joined table.");
    }
}
