using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Client;

namespace Strata.Cli;

/// <summary>A command about accounts: where it finds them and how it answers is the same for all.</summary>
internal sealed class AccountCommand : Command
{
    private readonly Terminal terminal;
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Option<string> data = ServerCommands.Data();
    private readonly Option<string?> database = ServerCommands.Database();
    private readonly Option<string?> server = AccountDoor.Server();

    public AccountCommand(Terminal terminal, string name, string description, params Symbol[] further)
        : base(name, description)
    {
        this.terminal = terminal;
        foreach (Symbol symbol in further)
        {
            if (symbol is Argument argument)
            {
                Add(argument);
            }
            else
            {
                Add((Option)symbol);
            }
        }

        Add(data);
        Add(database);
        Add(server);
        Add(json);
    }

    /// <summary>Does the work and prints what it gives, as JSON or in words.</summary>
    public AccountCommand Does<T>(Func<StrataClient, ParseResult, CancellationToken, Task<T>> work, Action<TextWriter, T> inWords)
    {
        SetAction(async (parsed, cancellation) =>
        {
            await using AccountDoor door = await AccountDoor.OpenAsync(parsed.GetValue(server), parsed.GetValue(data)!, parsed.GetValue(database), cancellation);
            T result = await work(door.Client, parsed, cancellation);
            terminal.Result(parsed.GetValue(json), JsonSerializer.SerializeToNode(result, WireJson.Options) ?? new JsonObject(), writer => inWords(writer, result));
            return ExitCode.Done;
        });
        return this;
    }

    /// <summary>The same for work that gives nothing.</summary>
    public AccountCommand Does(Func<StrataClient, ParseResult, CancellationToken, Task> work, Func<ParseResult, string> said)
    {
        SetAction(async (parsed, cancellation) =>
        {
            await using AccountDoor door = await AccountDoor.OpenAsync(parsed.GetValue(server), parsed.GetValue(data)!, parsed.GetValue(database), cancellation);
            await work(door.Client, parsed, cancellation);
            terminal.Result(parsed.GetValue(json), new JsonObject { ["done"] = true }, writer => writer.WriteLine(said(parsed)));
            return ExitCode.Done;
        });
        return this;
    }
}
