using Spectre.Console;
using Strata.Learning.Data;

namespace Strata.Cli;

/// <summary>Asks for a new password: twice and unseen at a terminal, once from standard input in a script. Never as an argument, where other programs of the machine would see it.</summary>
internal static class PasswordPrompt
{
    /// <exception cref="DataException">Nothing came, or the two differ.</exception>
    public static string Ask(string name, Terminal terminal)
    {
        if (terminal.Input is TextReader input)
        {
            return input.ReadLine() is { Length: > 0 } line ? line : throw new DataException($"Expected the password of '{name}' as a line on standard input.");
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        string first = console.Prompt(new TextPrompt<string>($"Password of {Markup.Escape(name)}:").Secret());
        return console.Prompt(new TextPrompt<string>("Once more:").Secret()) == first ? first : throw new DataException("The two passwords differ.");
    }
}
