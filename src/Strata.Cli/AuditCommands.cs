using System.CommandLine;
using System.Globalization;
using Strata.Client.Contracts;

namespace Strata.Cli;

/// <summary><c>strata audit</c>: who did what, and whether the log is as it was written.</summary>
internal static class AuditCommands
{
    public static Command Audit(Terminal terminal)
    {
        var count = new Option<int>("--count") { Description = "How many entries, the newest first.", DefaultValueFactory = _ => 50 };
        var known = new Option<string?>("--known-hash") { Description = "A hash that 'verify' printed before; it shows whether entries were cut off the end since.", HelpName = "HASH" };
        var file = new Argument<string>("file") { Description = "Where to write the log, an entry a line, as JSON." };
        return new Command("audit", "Shows who did what, and checks that nobody has changed the record of it.")
        {
            new AccountCommand(terminal, "list", "Lists the last entries.", count).Does((client, parsed, cancellation) => client.AuditAsync(0, parsed.GetValue(count), cancellation), Write),
            new AccountCommand(terminal, "export", "Writes the whole log to a file.", file).Does(
                async (client, parsed, cancellation) =>
                {
                    await using FileStream target = File.Create(parsed.GetValue(file)!);
                    await client.ExportAuditAsync(target, cancellation);
                },
                parsed => $"Wrote {parsed.GetValue(file)}."),
            Verify(terminal, known),
        };
    }

    private static AccountCommand Verify(Terminal terminal, Option<string?> known) =>
        new AccountCommand(terminal, "verify", "Reads the whole log and says whether each entry is as it was written and none is missing.", known).Does(
            async (client, parsed, cancellation) =>
            {
                AuditCheckView check = await client.CheckAuditAsync(parsed.GetValue(known), cancellation);
                return check.Problem is null ? check : throw new Learning.Data.DataException(check.Problem);
            },
            (writer, check) => writer.WriteLine($"{check.Count} entries, all as they were written. The last one's hash is {check.LastHash}; noted elsewhere, it will show whether entries were cut off."));

    private static void Write(TextWriter writer, Page<AuditEntryView> entries) => TextTable.Write(
        writer,
        ["TIME", "WHO", "FROM", "WHAT", "TO WHAT", "DETAIL"],
        entries.Items.Select(entry => new[] { entry.Time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), entry.Actor, entry.Address ?? string.Empty, entry.Action, entry.Subject, entry.Detail }));
}
