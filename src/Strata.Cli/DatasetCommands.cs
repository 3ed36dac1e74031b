using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Client;
using Strata.Client.Contracts.TrainingPlatform;

namespace Strata.Cli;

/// <summary><c>strata dataset</c>: the tables of a running server, and those that are made of them.</summary>
internal static class DatasetCommands
{
    public static Command Dataset(Terminal terminal) => new("dataset", "Sends tables to a running server, and cleans, selects and splits them there. What is made is recorded: trainings fit it again on their training rows only.")
    {
        List(terminal),
        Upload(terminal),
        Clean(terminal),
        Select(terminal),
        Split(terminal),
    };

    private static Command List(Terminal terminal)
    {
        var count = new Option<int>("--count") { Description = "How many, the newest first; up to 1000.", DefaultValueFactory = _ => 20 };
        return Command(terminal, "list", "Lists the datasets, the newest first.", [count], (client, parsed, cancellation) => client.PlatformDatasetsAsync(0, parsed.GetValue(count), cancellation), (writer, page) =>
            TextTable.Write(writer, ["ID", "NAME", "ROWS", "COLUMNS", "MADE FROM"], page.Items.Select(one => new[] { one.DatasetId, one.Name, Text(one.Rows), Text(one.Columns), one.DerivedFrom?.ParentName ?? "a file" })));
    }

    private static Command Upload(Terminal terminal)
    {
        var file = new Argument<string>("table") { Description = "A table file: CSV, Excel or any other that is read." };
        Option<string?> target = Target("The column to predict; suggested when not given."), name = Name("The dataset's name; the file's when not given.");
        return Command(terminal, "upload", "Sends a table and waits until it is read.", [file, target, name], async (client, parsed, cancellation) =>
        {
            using FileStream content = File.OpenRead(parsed.GetValue(file)!);
            return await client.UploadPlatformDatasetAsync(content, Path.GetFileName(parsed.GetValue(file)!), parsed.GetValue(name), parsed.GetValue(target), cancellation: cancellation);
        }, (writer, made) => writer.WriteLine($"{made.DatasetId}  {made.Name}: {made.Rows} rows, {made.Columns} columns{(made.TargetColumn is string column ? $", target {column}" : string.Empty)}"));
    }

    private static Command Clean(Terminal terminal)
    {
        Argument<string> id = Id();
        var missing = ChoiceOption.Of("--missing", "What becomes of missing values.", MissingStrategy.Mean);
        var outliers = ChoiceOption.Of("--outliers", "What lies too far out and takes its row with it.", OutlierMethod.None);
        var threshold = new Option<double?>("--threshold") { Description = "How many interquartile ranges or standard deviations; 1.5 or 3 when not given." };
        Option<string?> target = Target("The column to predict, which stays as it is; the suggested one when not given."), name = Name("The new dataset's name.");
        return Command(terminal, "clean", "Makes a dataset without gaps, or without rows that lie too far out.", [id, missing, outliers, threshold, target, name], (client, parsed, cancellation) => client.CleanDataAsync(
            new CleanDataRequest(parsed.GetValue(id)!, parsed.GetValue(missing), parsed.GetValue(outliers), parsed.GetValue(threshold), parsed.GetValue(target), parsed.GetValue(name)), cancellation), (writer, made) =>
        {
            writer.WriteLine($"{made.DatasetId}  {made.Name}: {made.CleanedRows} of {made.OriginalRows} rows");
            TextTable.Write(writer, ["COLUMN", "FILLED", "TOO FAR OUT"], made.MissingFilled.Keys.Union(made.OutliersRemoved.Keys).Select(column =>
                new[] { column, Text(made.MissingFilled.GetValueOrDefault(column)), Text(made.OutliersRemoved.GetValueOrDefault(column)) }));
        });
    }

    private static Command Select(Terminal terminal)
    {
        Argument<string> id = Id();
        var method = ChoiceOption.Of("--method", "How columns are judged.", SelectionMethod.MutualInfo);
        var keep = new Option<int?>("--keep") { Description = "How many are kept; half of them when not given." };
        Option<string?> target = Target("The column to predict; the suggested one when not given."), name = Name("The new dataset's name.");
        Option<ulong> seed = Seed();
        return Command(terminal, "select", "Makes a dataset of the columns that have most to do with the target.", [id, method, keep, target, seed, name], (client, parsed, cancellation) => client.SelectFeaturesAsync(
            new SelectFeaturesRequest(parsed.GetValue(id)!, parsed.GetValue(target), parsed.GetValue(method), parsed.GetValue(keep), parsed.GetValue(seed), parsed.GetValue(name)), cancellation), (writer, made) =>
        {
            writer.WriteLine($"{made.DatasetId}  {made.Name}: for {made.TargetColumn}");
            TextTable.Write(writer, ["COLUMN", "SCORE", "KEPT"], made.SelectedFeatures.Select(column => (column, "yes")).Concat(made.RemovedFeatures.Select(column => (column, "no"))).Select(one =>
                new[] { one.column, made.Scores.GetValueOrDefault(one.column)?.ToString("0.####", CultureInfo.InvariantCulture) ?? "-", one.Item2 }));
        });
    }

    private static Command Split(Terminal terminal)
    {
        Argument<string> id = Id();
        var test = new Option<double>("--test-size") { Description = "The part to test on.", DefaultValueFactory = _ => 0.2 };
        var validation = new Option<double>("--validation-size") { Description = "The part that algorithms stop early by; 0 for none.", DefaultValueFactory = _ => 0 };
        var group = new Option<string?>("--group") { Description = "The column whose equal values stay together.", HelpName = "COLUMN" };
        var time = new Option<string?>("--time") { Description = "The column that orders rows: later ones are tested on.", HelpName = "COLUMN" };
        Option<string?> target = Target("The column whose classes have the same shares in each part; the suggested one when not given."), name = Name("What the parts' names begin with.");
        Option<ulong> seed = Seed();
        return Command(terminal, "split", "Makes a dataset of each part; a training on the first is tested on exactly the last.", [id, test, validation, group, time, target, seed, name], (client, parsed, cancellation) => client.SplitDataAsync(
            new SplitDataRequest(
                parsed.GetValue(id)!, parsed.GetValue(test), parsed.GetValue(validation), null, parsed.GetValue(group), parsed.GetValue(time), parsed.GetValue(seed), parsed.GetValue(target), parsed.GetValue(name)), cancellation), (writer, made) =>
        {
            writer.WriteLine(made.Description);
            (string, string?, long)[] parts = [("train", made.TrainDatasetId, made.TrainRows), ("validation", made.ValidationDatasetId, made.ValidationRows), ("test", made.TestDatasetId, made.TestRows)];
            TextTable.Write(writer, ["PART", "ID", "ROWS"], parts.Where(part => part.Item2 is not null).Select(part => new[] { part.Item1, part.Item2!, Text(part.Item3) }));
        });
    }

    /// <summary>A command that asks a server and prints what it answers, as JSON or in words.</summary>
    private static Command Command<T>(
        Terminal terminal, string name, string description, IReadOnlyList<Symbol> takes, Func<StrataClient, ParseResult, CancellationToken, Task<T>> ask, Action<TextWriter, T> inWords)
    {
        Option<Uri> server = ServerAddress.Option();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(name, description);
        foreach (Symbol symbol in takes)
        {
            if (symbol is Argument argument)
            {
                command.Add(argument);
            }
            else
            {
                command.Add((Option)symbol);
            }
        }

        command.Add(server);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using HttpClient http = ServerAddress.Connect(parsed.GetValue(server)!);
            T answer = await ask(new StrataClient(http), parsed, cancellation);
            terminal.Result(parsed.GetValue(json), JsonSerializer.SerializeToNode(answer, WireJson.Options) ?? new JsonObject(), writer => inWords(writer, answer));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static Argument<string> Id() => new("dataset") { Description = "The dataset's id; it stays as it is." };

    private static Option<string?> Target(string description) => new("--target") { Description = description, HelpName = "COLUMN" };

    private static Option<string?> Name(string description) => new("--name") { Description = description };

    private static Option<ulong> Seed() => new("--seed") { Description = "Where chance starts.", DefaultValueFactory = _ => 0 };
}
