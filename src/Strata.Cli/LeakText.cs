using Strata.Learning.Validation.Leaks;

namespace Strata.Cli;

/// <summary>What a leak audit found, as text for people.</summary>
internal static class LeakText
{
    /// <summary>On standard error, a line each: <c>warning:</c> for what should not be passed over, else <c>note:</c>.</summary>
    public static void Write(Terminal terminal, LeakAudit audit)
    {
        foreach (LeakFinding finding in audit.Findings)
        {
            terminal.Note($"{(finding.Severity == LeakSeverity.Notice ? "note" : "warning")}: {finding}");
        }
    }
}
