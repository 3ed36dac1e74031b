using System.CommandLine;
using System.Globalization;
using Strata.Client.Contracts;

namespace Strata.Cli;

/// <summary><c>strata registry</c> and <c>strata model register</c>: models under a name, version by version, and what is in production of them.</summary>
internal static class RegistryCommands
{
    public static Command Model(Terminal terminal) => new("model", "Keeps trained models under a name.") { Register(terminal) };

    public static Command Registry(Terminal terminal)
    {
        Argument<string> name = Name();
        Option<string?> project = Project();
        return new Command("registry", "Shows registered models, and moves their versions into production and out of it.")
        {
            new AccountCommand(terminal, "list", "Lists the registered models.", project).Does(
                (client, parsed, cancellation) => client.RegisteredModelsAsync(0, 1000, parsed.GetValue(project), cancellation),
                (writer, page) => TextTable.Write(writer, ["MODEL", "PRODUCTION", "NEWEST", "DEPLOYMENT"], page.Items.Select(model => new[]
                {
                    model.Name,
                    string.Join(", ", model.LatestVersions.Where(one => one.Status == ModelVersionStatus.Production).Select(one => one.Version)),
                    model.LatestVersions.Count == 0 ? "-" : Text(model.LatestVersions.Max(one => one.Version)),
                    model.Rules.Deployment ?? "-",
                }))),
            new AccountCommand(terminal, "show", "Shows a registered model and its versions.", name, project).Does(
                async (client, parsed, cancellation) => new Shown(
                    await client.RegisteredModelAsync(parsed.GetValue(name)!, parsed.GetValue(project), cancellation),
                    (await client.ModelVersionsAsync(parsed.GetValue(name)!, 0, 1000, parsed.GetValue(project), cancellation)).Items),
                Write),
            Register(terminal),
            Promote(terminal),
            Demote(terminal),
            Rollback(terminal),
            Approve(terminal),
            Gates(terminal),
            Rules(terminal),
            new AccountCommand(terminal, "history", "Tells what has happened to a registered model, newest first.", name, project).Does(
                (client, parsed, cancellation) => client.RegistryHistoryAsync(parsed.GetValue(name)!, null, 0, 1000, parsed.GetValue(project), cancellation),
                (writer, page) => TextTable.Write(writer, ["AT", "VERSION", "WHAT", "NOW", "BY", "WHY"], page.Items.Select(change => new[]
                {
                    change.At.ToString("u", CultureInfo.InvariantCulture), change.Version is int number ? Text(number) : "-", change.What, change.After ?? "-", change.By ?? "-", change.Note ?? change.Promotion?.Forced ?? "-",
                }))),
            Production(terminal),
            BenchmarkCommands.Benchmark(terminal),
        };
    }

    private static AccountCommand Register(Terminal terminal)
    {
        Argument<string> name = Name();
        Option<string?> project = Project();
        var model = new Option<string?>("--model") { Description = "The stored model's id." };
        var run = new Option<string?>("--run") { Description = "Or the id of the run that trained it." };
        var job = new Option<string?>("--job") { Description = "Or the id of the job that did." };
        var description = new Option<string?>("--description") { Description = "What people should know of this version." };
        var alias = new Option<string?>("--alias") { Description = "A further name of the version, such as champion." };
        return new AccountCommand(terminal, "register", "Registers a finished model as a version of a name; the same model once more is the version that is there.", name, model, run, job, description, alias, project).Does(
            (client, parsed, cancellation) => client.RegisterModelAsync(
                parsed.GetValue(name)!,
                new ModelVersionRequest(parsed.GetValue(model), parsed.GetValue(run), parsed.GetValue(job), parsed.GetValue(description), Alias: parsed.GetValue(alias)),
                parsed.GetValue(project),
                cancellation),
            Write);
    }

    private static AccountCommand Promote(Terminal terminal)
    {
        Argument<string> name = Name();
        Argument<int> version = Version();
        Option<string?> project = Project(), reason = Reason();
        var staged = new Option<bool>("--staged") { Description = "Only stage it." };
        var keep = new Option<bool>("--stage-previous") { Description = "Stage what was in production, instead of archiving it." };
        var force = new Option<bool>("--force") { Description = "Pass over gates that refuse; for administrators of the project, with a reason." };
        return new AccountCommand(terminal, "promote", "Brings a version into production past its gates; the bound deployment serves it.", name, version, staged, keep, force, reason, project).Does(
            (client, parsed, cancellation) => client.PromoteModelVersionAsync(
                parsed.GetValue(name)!,
                parsed.GetValue(version),
                new VersionPromotionRequest(
                    parsed.GetValue(staged) ? ModelVersionStatus.Staged : ModelVersionStatus.Production,
                    parsed.GetValue(keep) ? ModelVersionStatus.Staged : ModelVersionStatus.Archived,
                    parsed.GetValue(force),
                    parsed.GetValue(reason)),
                parsed.GetValue(project),
                cancellation),
            Write);
    }

    private static AccountCommand Demote(Terminal terminal)
    {
        Argument<string> name = Name();
        Argument<int> version = Version();
        Option<string?> project = Project(), reason = Reason();
        var to = new Option<ModelVersionStatus>("--to") { Description = "Archived, staged or training.", DefaultValueFactory = _ => ModelVersionStatus.Archived };
        return new AccountCommand(terminal, "demote", "Moves a version down.", name, version, to, reason, project).Does(
            (client, parsed, cancellation) => client.DemoteModelVersionAsync(
                parsed.GetValue(name)!, parsed.GetValue(version), new VersionDemotionRequest(parsed.GetValue(to), parsed.GetValue(reason)), parsed.GetValue(project), cancellation),
            Write);
    }

    private static AccountCommand Rollback(Terminal terminal)
    {
        Argument<string> name = Name();
        Option<string?> project = Project(), reason = Reason();
        var to = new Option<int?>("--to-version") { Description = "The version to bring back; what was in production before when not given." };
        return new AccountCommand(terminal, "rollback", "Brings back what was in production before.", name, to, reason, project).Does(
            (client, parsed, cancellation) => client.RollBackRegisteredModelAsync(parsed.GetValue(name)!, parsed.GetValue(to), parsed.GetValue(reason), parsed.GetValue(project), cancellation), Write);
    }

    private static AccountCommand Approve(Terminal terminal)
    {
        Argument<string> name = Name();
        Argument<int> version = Version();
        Option<string?> project = Project();
        var comment = new Option<string?>("--comment") { Description = "Why." };
        var reject = new Option<bool>("--reject") { Description = "Say that it may not." };
        return new AccountCommand(terminal, "approve", "Says that a version may go into production.", name, version, comment, reject, project).Does(
            (client, parsed, cancellation) => client.ApproveModelVersionAsync(
                parsed.GetValue(name)!, parsed.GetValue(version), new ApprovalRequest(!parsed.GetValue(reject), parsed.GetValue(comment)), parsed.GetValue(project), cancellation),
            Write);
    }

    private static AccountCommand Gates(Terminal terminal)
    {
        Argument<string> name = Name();
        Argument<int> version = Version();
        Option<string?> project = Project();
        return new AccountCommand(terminal, "gates", "Measures what a promotion of a version would meet; nothing changes.", name, version, project).Does(
            (client, parsed, cancellation) => client.CheckGatesAsync(parsed.GetValue(name)!, parsed.GetValue(version), parsed.GetValue(project), cancellation),
            (writer, check) =>
            {
                TextTable.Write(writer, ["GATE", "BOUND", "VALUE", "VERDICT", "WHY"], check.Gates.Select(gate =>
                    new[] { $"{gate.Kind}{(gate.Metric is null ? string.Empty : $" {gate.Metric}")}", Text(gate.Bound), Text(gate.Value), gate.Verdict.ToString(), gate.Why }));
                writer.WriteLine(check.Ready ? "Nothing stands against a promotion." : string.Join(Environment.NewLine, check.Problems));
            });
    }

    private static AccountCommand Rules(Terminal terminal)
    {
        Argument<string> name = Name();
        Option<string?> project = Project();
        var deployment = new Option<string?>("--deployment") { Description = "The deployment that serves what is in production." };
        var approvals = new Option<int>("--approvals") { Description = "How many others must approve." };
        var gates = new Option<string[]>("--gate") { Description = "kind[:metric][=bound], such as metric_floor:accuracy=0.9, latency=5, leak_audit; may be given several times.", AllowMultipleArgumentsPerToken = true };
        return new AccountCommand(terminal, "rules", "Sets what versions have to meet before production; what is not given is no longer asked for.", name, deployment, approvals, gates, project).Does(
            (client, parsed, cancellation) => client.SetPromotionRulesAsync(
                parsed.GetValue(name)!,
                new PromotionRulesRequest(parsed.GetValue(deployment), parsed.GetValue(approvals), [.. (parsed.GetValue(gates) ?? []).Select(GateText.Read)]),
                parsed.GetValue(project),
                cancellation),
            (writer, model) => writer.WriteLine($"{model.Name}: {model.Rules.Gates.Count} gates, {model.Rules.Approvals} approvals, deployment {model.Rules.Deployment ?? "none"}."));
    }

    private static AccountCommand Production(Terminal terminal)
    {
        Argument<string> name = Name();
        Option<string?> project = Project();
        var at = new Option<DateTimeOffset?>("--at") { Description = "A moment, such as 2026-05-01T12:00:00Z; now when not given." };
        return new AccountCommand(terminal, "production", "Tells what is in production, or was at a moment.", name, at, project).Does(
            (client, parsed, cancellation) => client.ProductionAsync(parsed.GetValue(name)!, parsed.GetValue(at), parsed.GetValue(project), cancellation),
            (writer, view) => writer.WriteLine(view.Versions.Count == 0 ? "Nothing." : string.Join(Environment.NewLine, view.Versions.Select(one => $"version {one.Version} since {one.Since:u}, by {one.By ?? "nobody who was named"}"))));
    }

    private static void Write(TextWriter writer, ModelVersionView version) =>
        writer.WriteLine($"{version.Model} version {version.Version}: {version.Status}{(version.ModelId is null ? string.Empty : $", model {version.ModelId}")}");

    private static void Write(TextWriter writer, Shown shown)
    {
        writer.WriteLine($"{shown.Model.Name}{(shown.Model.Description.Length > 0 ? $": {shown.Model.Description}" : string.Empty)}");
        writer.WriteLine(shown.Model.Serving is { } serving
            ? $"Deployment {serving.Deployment}, revision {serving.Revision}, {(serving.Agrees ? "serves what is in production" : "does not serve what is in production: promote it once more")}."
            : $"Deployment {shown.Model.Rules.Deployment ?? "none"}.");
        TextTable.Write(writer, ["VERSION", "STATUS", "ALGORITHM", "ALIASES", "MODEL"], shown.Versions.Select(version =>
            new[] { Text(version.Version), version.Status.ToString(), version.Algorithm ?? "-", string.Join(", ", version.Aliases), version.ModelId ?? version.Source }));
    }

    private static string Text(double? value) => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "-";

    private static Argument<string> Name() => new("name") { Description = "The registered model." };

    private static Argument<int> Version() => new("version") { Description = "The version's number." };

    private static Option<string?> Project() => new("--project") { Description = "The project, by id or name, where it is not the only one." };

    private static Option<string?> Reason() => new("--reason") { Description = "Why, for the history." };

    private sealed record Shown(RegisteredModelView Model, IReadOnlyList<ModelVersionView> Versions);
}
