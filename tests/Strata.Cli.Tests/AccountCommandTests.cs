using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Strata.Cli.Tests;

public sealed class AccountCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    private string[] Data => ["--data", line.PathOf("data")];

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task An_administrator_gives_out_roles_and_tokens_and_sees_who_did_what()
    {
        await Done("admin", "create", "root");
        await Done("user", "create", "ann");
        await Done("user", "create", "robot", "--service");
        await Done("project", "create", "stars", "--description", "transits");
        await Done("project", "grant", "stars", "ann", "trainer");
        await Done("team", "create", "astronomers");
        await Done("team", "add", "astronomers", "ann");
        await Done("project", "grant", "stars", "astronomers", "viewer", "--team");
        (await Done("project", "members", "stars")).ShouldSatisfyAllConditions(text => text.ShouldContain("astronomers"), text => text.ShouldContain("trainer"));
        (await Done("token", "create", "nightly", "--user", "robot", "--project", "stars", "--days", "3")).Trim().ShouldStartWith("strata_");
        (await Done("token", "list", "--user", "robot")).ShouldContain("nightly");
        await Done("user", "disable", "ann");
        (await Done("user", "list")).ShouldSatisfyAllConditions(text => text.ShouldContain("administrator"), text => text.ShouldContain("kept out"), text => text.ShouldContain("service"));
        (await Done("audit", "list")).ShouldContain("disable_user");
        (await Done("audit", "verify")).ShouldContain("all as they were written");

        string file = line.PathOf("audit.jsonl");
        await Done("audit", "export", file);
        File.ReadLines(file).Select(text => JsonNode.Parse(text)!["action"]!.GetValue<string>()).ShouldContain("create_token");

        CommandLine.Outcome refused = await Run("user", "disable", "root");
        refused.ExitCode.ShouldBe(ExitCode.Failed);
        refused.Error.ShouldContain("There must be an administrator");
    }

    [Fact]
    public async Task A_password_that_is_tried_first_is_refused_in_words()
    {
        CommandLine.Outcome refused = await Run("password1", ["admin", "create", "root"]);
        refused.ExitCode.ShouldBe(ExitCode.Failed);
        refused.Error.ShouldContain("tried first");
    }

    [Fact]
    public async Task A_server_for_others_does_not_start_while_nobody_administers()
    {
        CommandLine.Outcome refused = await line.Run(["serve", "--listen", "0.0.0.0", "--port", "0", .. Data]);
        refused.ExitCode.ShouldBe(ExitCode.Failed);
        refused.Error.ShouldContain("strata admin create");
    }

    private async Task<string> Done(params string[] arguments)
    {
        CommandLine.Outcome outcome = await Run(arguments);
        outcome.ExitCode.ShouldBe(ExitCode.Done, outcome.Error);
        return outcome.Output;
    }

    private Task<CommandLine.Outcome> Run(params string[] arguments) => Run("correct horse battery staple", arguments);

    /// <summary>A script gives the password as a line on standard input.</summary>
    private async Task<CommandLine.Outcome> Run(string password, string[] arguments)
    {
        return await line.Run([.. arguments, .. Data], password + "\n");
    }
}
