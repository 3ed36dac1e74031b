using System.CommandLine;

namespace Strata.Cli;

/// <summary>What a command does, as C# and as a call of the REST API: printed by <c>--explain-command</c> in place of doing it.</summary>
/// <param name="CSharp">A program's lines, its namespaces first.</param>
/// <param name="Rest">A call with curl, or why there is none.</param>
internal sealed record CommandExplanation(string CSharp, string Rest)
{
    public static Option<bool> AddTo(Command command)
    {
        var option = new Option<bool>("--explain-command") { Description = "Print the C# and the REST call that do the same, and do nothing else." };
        command.Options.Add(option);
        return option;
    }

    /// <summary>Of lines that may be null where there is nothing to say.</summary>
    public static CommandExplanation Of(string?[] lines, string rest) => new(CSharpText.WithUsings(string.Join('\n', lines.OfType<string>())), rest);

    public int Write(Terminal terminal)
    {
        terminal.Output.WriteLine("C#:");
        terminal.Output.WriteLine(CSharp);
        terminal.Output.WriteLine();
        terminal.Output.WriteLine("REST:");
        terminal.Output.WriteLine(Rest);
        return ExitCode.Done;
    }
}
