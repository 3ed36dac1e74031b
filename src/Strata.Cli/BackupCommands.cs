using System.CommandLine;
using System.Globalization;
using Strata.Platform;
using Strata.Platform.Storage;
using Strata.Platform.Storage.Backups;

namespace Strata.Cli;

/// <summary><c>strata backup</c> and <c>strata restore</c>: everything that is stored, in one file.</summary>
internal static class BackupCommands
{
    public static Command BackUp(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "The file to write; an older one is replaced when the new one is whole." };
        Option<string> data = ServerCommands.Data();
        Option<string?> database = ServerCommands.Database();
        Option<string?> server = AccountDoor.Server();
        var command = new Command("backup", "Writes everything that is stored into one file, also while a server is at work on it.") { file, data, database, server };
        command.SetAction(async (parsed, cancellation) =>
        {
            string path = Path.GetFullPath(parsed.GetValue(file)!);
            string folder = parsed.GetValue(data)!;
            string? address = parsed.GetValue(server) ?? (FolderLock.IsHeld(Path.Join(folder, DataStore.LockName)) ? FolderAddress.Read(folder) : null);
            if (address is not null)
            {
                await DownloadAsync(address, path, cancellation);
            }
            else
            {
                await StrataPlatform.BackUpAsync(path, folder, parsed.GetValue(database), TimeProvider.System, cancellation);
            }

            BackupManifest manifest = BackupManifest.Read(path);
            terminal.Notes(manifest.Unreadable.Select(hash => $"the stored file {hash} is missing or damaged and is not in the backup"));
            terminal.Output.WriteLine($"Wrote {path}: {Describe(manifest)}");
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Restore(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "A file that 'strata backup' wrote." };
        Option<string> data = ServerCommands.Data();
        Option<string?> database = ServerCommands.Database();
        var command = new Command("restore", "Brings a backup back into an empty data folder, and into an empty database of either make.") { file, data, database };
        command.SetAction(async (parsed, cancellation) =>
        {
            BackupManifest manifest = await StrataPlatform.RestoreAsync(parsed.GetValue(file)!, parsed.GetValue(data)!, parsed.GetValue(database), TimeProvider.System, cancellation);
            terminal.Output.WriteLine($"Restored {Path.GetFullPath(parsed.GetValue(data)!)}: {Describe(manifest)}");
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task DownloadAsync(string address, string path, CancellationToken cancellation)
    {
        await using AccountDoor door = await AccountDoor.OpenAsync(address, string.Empty, null, cancellation);
        string temporary = DurableFile.TemporaryBeside(path);
        try
        {
            var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await using (stream)
            {
                await door.Client.BackUpAsync(stream, cancellation);
                await stream.FlushAsync(cancellation);
                DurableFile.Sync(stream.SafeFileHandle, temporary);
            }

            DurableFile.Publish(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string Describe(BackupManifest manifest) => string.Create(
        CultureInfo.InvariantCulture,
        $"{manifest.Tables.Sum(table => table.Rows)} rows of {manifest.Tables.Count} tables and {manifest.Files.Count} files with {manifest.Files.Sum(file => file.Bytes)} bytes, as of {manifest.MadeAt:u}");
}
