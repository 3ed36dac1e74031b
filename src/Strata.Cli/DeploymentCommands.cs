using System.CommandLine;
using System.Globalization;
using Strata.Client;
using Strata.Client.Contracts;

namespace Strata.Cli;

/// <summary><c>strata deploy</c> and <c>strata deployment</c>: which models answer under which name.</summary>
internal static class DeploymentCommands
{
    public static Command Deploy(Terminal terminal)
    {
        Argument<string> name = Name();
        Argument<string> model = Model("The stored model's id.");
        Option<string?> note = Note();
        return new AccountCommand(terminal, "deploy", "Lets a stored model answer under a name; under a name that is taken it gets all traffic.", name, model, note).Does(
            async (client, parsed, cancellation) => await Exists(client, parsed.GetValue(name)!, cancellation)
                ? await client.PromoteAsync(parsed.GetValue(name)!, new PromotionRequest(parsed.GetValue(model)!, parsed.GetValue(note)), cancellation)
                : await client.CreateDeploymentAsync(new DeploymentRequest(parsed.GetValue(name)!, [new DeployedModelRequest(parsed.GetValue(model)!)], Note: parsed.GetValue(note)), cancellation),
            Write);
    }

    public static Command Deployment(Terminal terminal)
    {
        Argument<string> name = Name();
        Argument<string> model = Model("The stored model's id.");
        Option<string?> note = Note();
        var revision = new Option<int?>("--to-revision") { Description = "The revision to go back to; the last other one when not given." };
        var share = new Option<double>("--share") { Description = "The new model's part of the traffic, above 0 and below 1.", DefaultValueFactory = _ => 0.05 };
        var minutes = new Option<double>("--minutes") { Description = "How long the trial takes; then the model gets all traffic, unless it was seen to be worse.", DefaultValueFactory = _ => 60 };
        var hours = new Option<double>("--hours") { Description = "How far back.", DefaultValueFactory = _ => 24 };
        return new Command("deployment", "Shows and changes what answers predictions.")
        {
            new AccountCommand(terminal, "list", "Lists the deployments.").Does(
                (client, _, cancellation) => client.DeploymentsAsync(0, 1000, cancellation),
                (writer, page) => TextTable.Write(writer, ["DEPLOYMENT", "REVISION", "MODELS"], page.Items.Select(item => new[] { item.Name, Text(item.Current.Revision), Models(item.Current) }))),
            new AccountCommand(terminal, "show", "Shows what a deployment serves.", name).Does((client, parsed, cancellation) => client.DeploymentAsync(parsed.GetValue(name)!, cancellation), Write),
            new AccountCommand(terminal, "promote", "Gives all traffic to one model.", name, model, note).Does(
                (client, parsed, cancellation) => client.PromoteAsync(parsed.GetValue(name)!, new PromotionRequest(parsed.GetValue(model)!, parsed.GetValue(note)), cancellation), Write),
            new AccountCommand(terminal, "canary", "Tries a new model with a part of the traffic; it is taken back as soon as it is seen to be worse.", name, model, share, minutes, note).Does(
                (client, parsed, cancellation) => client.StartCanaryAsync(
                    parsed.GetValue(name)!, new CanaryRequest(parsed.GetValue(model)!, parsed.GetValue(share), parsed.GetValue(minutes), Note: parsed.GetValue(note)), cancellation),
                Write),
            new AccountCommand(terminal, "rollback", "Serves again what was served before.", name, revision).Does(
                (client, parsed, cancellation) => client.RollBackAsync(parsed.GetValue(name)!, parsed.GetValue(revision), cancellation), Write),
            new AccountCommand(terminal, "history", "Tells what a deployment has served, newest first.", name).Does(
                (client, parsed, cancellation) => client.DeploymentHistoryAsync(parsed.GetValue(name)!, 0, 1000, cancellation),
                (writer, page) => TextTable.Write(writer, ["REVISION", "FROM", "CHANGE", "BY", "MODELS"], page.Items.Select(item =>
                    new[] { Text(item.Revision), item.At.ToString("u", CultureInfo.InvariantCulture), item.Change.ToString(), item.By ?? "the server", Models(item) }))),
            new AccountCommand(terminal, "drift", "Tells which columns and answers are no longer as in training.", name, hours).Does(
                (client, parsed, cancellation) => client.DriftAsync(parsed.GetValue(name)!, parsed.GetValue(hours), cancellation),
                (writer, drift) =>
                {
                    writer.WriteLine(drift.Verdict);
                    TextTable.Write(writer, ["COLUMN", "STABILITY", "P", "DRIFTED"], drift.Columns.Select(column =>
                        new[] { column.Column, Text(column.Stability), column.AdjustedPValue is double p ? Text(p) : "-", column.HasDrifted ? "yes" : "no" }));
                }),
            new AccountCommand(terminal, "delete", "Ends a deployment with its history, log and outcomes.", name).Does(
                (client, parsed, cancellation) => client.DeleteDeploymentAsync(parsed.GetValue(name)!, cancellation), parsed => $"Ended {parsed.GetValue(name)}."),
        };
    }

    public static Command AbTest(Terminal terminal)
    {
        Argument<string> name = Name();
        Argument<string> modelA = new("model-a") { Description = "The id of the model that is there." }, modelB = new("model-b") { Description = "The id of the one that may be better." };
        var split = new Option<double>("--split") { Description = "The share of the traffic that B gets.", DefaultValueFactory = _ => 0.5 };
        var winner = new Option<string?>("--winner") { Description = "a or b to give it all traffic; without it the traffic stays as it is." };
        return new Command("ab-test", "Splits traffic between two models to learn which is better.")
        {
            new AccountCommand(terminal, "start", "Starts a test; the deployment of its name answers.", name, modelA, modelB, split).Does(
                (client, parsed, cancellation) => client.StartAbTestAsync(new AbTestRequest(parsed.GetValue(name)!, parsed.GetValue(modelA)!, parsed.GetValue(modelB)!, parsed.GetValue(split)), cancellation), Write),
            new AccountCommand(terminal, "list", "Lists the tests.").Does(
                (client, _, cancellation) => client.AbTestsAsync(0, 1000, cancellation),
                (writer, page) => TextTable.Write(writer, ["TEST", "STATUS", "VERDICT"], page.Items.Select(item => new[] { item.Name, item.Status.ToString(), item.Verdict }))),
            new AccountCommand(terminal, "show", "Shows what is known of a test so far.", name).Does((client, parsed, cancellation) => client.AbTestAsync(parsed.GetValue(name)!, cancellation), Write),
            new AccountCommand(terminal, "stop", "Ends a test as it stands.", name, winner).Does(
                (client, parsed, cancellation) => client.StopAbTestAsync(parsed.GetValue(name)!, parsed.GetValue(winner), cancellation), Write),
        };
    }

    private static void Write(TextWriter writer, DeploymentView deployment)
    {
        writer.WriteLine($"{deployment.Name}, revision {deployment.Current.Revision}");
        foreach (DeployedModelView model in deployment.Current.Models)
        {
            writer.WriteLine($"  {model.ModelId}  {Told(model)}");
        }
    }

    private static void Write(TextWriter writer, AbTestView test)
    {
        writer.WriteLine($"{test.Name}: {test.Verdict}");
        TextTable.Write(writer, ["ARM", "MODEL", "ANSWERED", "FAILED", "OUTCOMES", "MEAN"], new[] { ("A", test.A), ("B", test.B) }.Select(arm =>
            new[] { arm.Item1, arm.Item2.ModelId, Text(arm.Item2.Answered), Text(arm.Item2.Failed), Text(arm.Item2.Outcomes), arm.Item2.Mean is double mean ? Text(mean) : "-" }));
    }

    private static string Models(DeploymentRevisionView revision) => string.Join(", ", revision.Models.Select(Told));

    private static string Told(DeployedModelView model) =>
        $"{model.Name ?? "a deleted model"}{(model.Version is int version ? $" {version}" : string.Empty)} {(model.Shadow ? "beside" : model.Share.ToString("0.#%", CultureInfo.InvariantCulture))}";

    private static async Task<bool> Exists(StrataClient client, string name, CancellationToken cancellation)
    {
        try
        {
            await client.DeploymentAsync(name, cancellation);
            return true;
        }
        catch (RefusedException e) when (e.Problem.Status == 404)
        {
            return false;
        }
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static Argument<string> Name() => new("name") { Description = "The name that answers." };

    private static Argument<string> Model(string description) => new("model") { Description = description };

    private static Option<string?> Note() => new("--note") { Description = "Why, for the history." };
}
