using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Learning.Data;

namespace Strata.Cli;

/// <summary><c>strata feature</c>: the feature store of a running server.</summary>
internal static class FeatureCommands
{
    public static Command Feature(Terminal terminal) => new("feature", "Defines features over datasets, works out their values, joins them to tables as of each row's time, and looks the latest up.")
    {
        Define(terminal),
        List(terminal),
        Materialise(terminal),
        Join(terminal),
        Latest(terminal),
        Delete(terminal),
    };

    private static Command Define(Terminal terminal)
    {
        Argument<string> name = new("name") { Description = "The group's name; under one that is taken the definition is its next version." };
        var dataset = new Option<string>("--dataset") { Description = "The id of the dataset whose rows the features are made of.", Required = true };
        var entities = new Option<string[]>("--entity") { Description = "A column that says whom a row is about; may be given several times.", Required = true };
        var time = new Option<string>("--time") { Description = "The column with the time of each row's event.", Required = true };
        var available = new Option<string?>("--available") { Description = "The column that says when a row became known, where that is later." };
        var features = new Option<string[]>("--feature") { Description = "A column, name=column, or an aggregate such as spent=sum(amount,7d) of last, mean, sum, min, max, count and std; may be given several times.", Required = true };
        var ttl = new Option<string?>("--ttl") { Description = "How long after its latest event a value still counts, such as 30d, 12h or 90s." };
        var description = new Option<string?>("--description") { Description = "For people." };
        var tags = new Option<string[]>("--tag") { Description = "key=value; may be given several times." };
        return On(terminal, new Command("define", "Defines features over the rows of a dataset.") { name, dataset, entities, time, available, features, ttl, description, tags }, async (client, parsed, cancellation) => await client.DefineFeaturesAsync(
            new FeatureGroupRequest(
                parsed.GetValue(name)!,
                parsed.GetValue(dataset)!,
                parsed.GetValue(entities)!,
                parsed.GetValue(time)!,
                [.. parsed.GetValue(features)!.Select(FeatureText.Parse)],
                parsed.GetValue(available),
                TimeText.Seconds(parsed.GetValue(ttl)),
                parsed.GetValue(description),
                FeatureText.Tags(parsed.GetValue(tags) ?? [])),
            cancellation),
            Write);
    }

    private static Command List(Terminal terminal) => On(
        terminal,
        new Command("list", "Lists the feature groups, the newest first."),
        (client, _, cancellation) => client.FeatureGroupsAsync(null, 0, 1000, cancellation),
        (writer, page) => TextTable.Write(writer, ["GROUP", "VERSION", "ENTITIES", "FEATURES", "VALUES", "MADE"], page.Items.Select(group => new[]
        {
            group.Name,
            Text(group.Version),
            string.Join(", ", group.Entities),
            string.Join(", ", group.Features.Select(feature => feature.Name)),
            group.Values is FeatureValues values ? Text(values.Rows) : "-",
            group.Values is FeatureValues made ? Time(made.At) : "-",
        })));

    private static Command Materialise(Terminal terminal)
    {
        Argument<string> group = Group();
        var dataset = new Option<string?>("--dataset") { Description = "The id of a newer version of the source." };
        return On(terminal, new Command("materialise", "Works out a group's values, and waits for them.") { group, dataset }, async (client, parsed, cancellation) =>
        {
            FeatureGroupView named = await Named(client, parsed.GetValue(group)!, cancellation);
            await Ended(client, await client.MaterialiseFeaturesAsync(named.Id, new MaterialisationRequest(parsed.GetValue(dataset)), cancellation), cancellation);
            return await client.FeatureGroupAsync(named.Id, cancellation);
        },
        Write);
    }

    private static Command Join(Terminal terminal)
    {
        Argument<string> dataset = new("dataset") { Description = "The id of the dataset to complete." };
        var time = new Option<string>("--time") { Description = "The column that says as of when each row may know things.", Required = true };
        var features = new Option<string[]>("--feature") { Description = "group:feature, or group@2:feature for a version; may be given several times.", Required = true };
        var name = new Option<string?>("--name") { Description = "The joined dataset's name." };
        var entities = new Option<string[]>("--entity") { Description = "entity=column where the table calls an entity column otherwise; may be given several times." };
        var full = new Option<bool>("--full-names") { Description = "Call the new columns group__feature." };
        var before = new Option<bool>("--strictly-before") { Description = "Leave out what became known at a row's very moment." };
        return On(terminal, new Command("join", "Makes a dataset out of a table and features as they were known at each row's time.") { dataset, time, features, name, entities, full, before }, async (client, parsed, cancellation) =>
        {
            var request = new FeatureJoinRequest(
                parsed.GetValue(dataset)!, parsed.GetValue(time)!, parsed.GetValue(features)!, parsed.GetValue(name), FeatureText.Tags(parsed.GetValue(entities) ?? []), parsed.GetValue(full), parsed.GetValue(before));
            JobView job = await Ended(client, await client.JoinFeaturesAsync(request, cancellation), cancellation);
            return await client.DatasetAsync(job.Result!.Value.GetProperty("dataset_id").GetString()!, cancellation);
        },
        (writer, joined) =>
        {
            writer.WriteLine($"{joined.Name}, version {joined.Version}: {Text(joined.RowCount)} rows, {joined.ColumnCount} columns ({joined.Id})");
            foreach (string note in joined.Notes)
            {
                writer.WriteLine($"  {note}");
            }
        });
    }

    private static Command Latest(Terminal terminal)
    {
        Argument<string> group = Group();
        var entity = new Option<string[]>("--entity") { Description = "The entity: a value for each entity column, in their order.", Required = true };
        var at = new Option<DateTimeOffset?>("--at") { Description = "A moment of the past; now when not given." };
        return On(terminal, new Command("latest", "Shows what is known of an entity.") { group, entity, at }, async (client, parsed, cancellation) =>
            await client.LatestFeaturesAsync((await Named(client, parsed.GetValue(group)!, cancellation)).Id, parsed.GetValue(entity)!, parsed.GetValue(at), cancellation),
        (writer, known) =>
        {
            writer.WriteLine(known.EventTime is DateTimeOffset time ? $"Latest event {Time(time)}" : "Nothing is known.");
            TextTable.Write(writer, ["FEATURE", "VALUE"], known.Values.Select(value => new[] { value.Key, value.Value?.ToString() ?? "-" }));
        });
    }

    private static Command Delete(Terminal terminal)
    {
        Argument<string> group = Group();
        return On(terminal, new Command("delete", "Deletes a version of a feature group with its values.") { group }, async (client, parsed, cancellation) =>
        {
            FeatureGroupView gone = await Named(client, parsed.GetValue(group)!, cancellation);
            await client.DeleteFeatureGroupAsync(gone.Id, cancellation);
            return gone;
        },
        (writer, gone) => writer.WriteLine($"Deleted {gone.Name}, version {gone.Version}."));
    }

    /// <summary>A command that asks a running server and prints what it gets, as JSON or in words.</summary>
    private static Command On<T>(Terminal terminal, Command command, Func<StrataClient, ParseResult, CancellationToken, Task<T>> work, Action<TextWriter, T> inWords)
    {
        Option<Uri> server = ServerAddress.Option();
        Option<bool> json = CommonOptions.Json();
        command.Add(server);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using HttpClient http = ServerAddress.Connect(parsed.GetValue(server)!);
            T result = await work(new StrataClient(http), parsed, cancellation);
            terminal.Result(parsed.GetValue(json), (JsonObject)JsonSerializer.SerializeToNode(result, WireJson.Options)!, writer => inWords(writer, result));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<JobView> Ended(StrataClient client, JobView job, CancellationToken cancellation)
    {
        JobView ended = await client.WaitAsync(job.Id, cancellation: cancellation);
        return ended.Status == JobStatus.Completed ? ended : throw new DataException(ended.Error ?? "The job was cancelled.");
    }

    /// <summary>A group by <c>name</c>, <c>name@version</c> or id.</summary>
    private static async Task<FeatureGroupView> Named(StrataClient client, string text, CancellationToken cancellation)
    {
        string[] parts = text.Split('@');
        Page<FeatureGroupView> versions = await client.FeatureGroupsAsync(parts[0], 0, 1000, cancellation);
        FeatureGroupView? found = versions.Items.FirstOrDefault(group => parts.Length == 1 || Text(group.Version) == parts[1]);
        return found ?? await client.FeatureGroupAsync(text, cancellation);
    }

    private static Argument<string> Group() => new("group") { Description = "The feature group: its name, name@version, or its id." };

    private static void Write(TextWriter writer, FeatureGroupView group)
    {
        writer.WriteLine($"{group.Name}, version {group.Version} ({group.Id})");
        writer.WriteLine(group.Values is FeatureValues values ? $"  {Text(values.Rows)} values of {Text(values.Entities)} entities, made {Time(values.At)}" : "  No values yet: 'strata feature materialise' works them out.");
        foreach (FeatureDefinition feature in group.Features)
        {
            writer.WriteLine($"  {FeatureText.Of(feature)}");
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
