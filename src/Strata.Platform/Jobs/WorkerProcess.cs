using System.Diagnostics;
using System.Globalization;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>A worker as its server sees it: one that it started itself, or one that an earlier server left.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly AttemptFolder folder;
    private readonly Process? process;
    private FolderLock? taken;

    private WorkerProcess(AttemptFolder folder, Process? process) => (this.folder, this.process) = (folder, process);

    /// <summary>The exit code, or 128 and the signal that killed it; null when it was not this server's child.</summary>
    public int? ExitCode => process is { HasExited: true } ? process.ExitCode : null;

    /// <summary>The number of the living worker, or null.</summary>
    private int? Id => process is not null
        ? process is { HasExited: false } ? process.Id : null
        : taken is null && File.Exists(folder.ProcessFile) && int.TryParse(File.ReadAllText(folder.ProcessFile), CultureInfo.InvariantCulture, out int id) ? id : null;

    /// <summary>
    /// Starts the program in its attempt's folder. The shell only opens the file that the program prints to, so that the program can go on printing when
    /// the server is gone; every argument is passed on as it is.
    /// </summary>
    public static WorkerProcess Start(WorkerProgram program, AttemptFolder folder, long memoryBytes)
    {
        var start = new ProcessStartInfo { WorkingDirectory = folder.Root, UseShellExecute = false };
        if (OperatingSystem.IsWindows())
        {
            start.FileName = program.FileName;
            start.CreateNoWindow = true;
        }
        else
        {
            start.FileName = "/bin/sh";
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add($"exec \"$0\" \"$@\" >>{Path.GetFileName(folder.ConsoleFile)} 2>&1 </dev/null");
            start.ArgumentList.Add(program.FileName);
        }

        foreach (string argument in program.Arguments.Append(folder.Root))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = memoryBytes.ToString("X", CultureInfo.InvariantCulture);
        foreach (string secret in program.Withheld)
        {
            start.Environment.Remove(secret);
        }

        foreach ((string name, string value) in program.Environment)
        {
            start.Environment[name] = value;
        }

        return new WorkerProcess(folder, Process.Start(start) ?? throw new InvalidOperationException($"The program '{program.FileName}' did not start."));
    }

    /// <summary>The worker that an earlier server started in the folder, if it lives.</summary>
    public static WorkerProcess Adopt(AttemptFolder folder) => new(folder, null);

    /// <summary>Whether the worker is gone for good. A late one that an earlier server was just starting finds the attempt abandoned.</summary>
    public bool HasEnded()
    {
        if (process is not null)
        {
            return process.HasExited;
        }

        if (taken is null && Directory.Exists(folder.Root))
        {
            taken = FolderLock.TryTake(folder.LockFile);
            if (taken is not null && folder.ReadResult() is null)
            {
                folder.AskToStop(StopReason.Abandoned);
            }
        }

        return taken is not null || !Directory.Exists(folder.Root);
    }

    /// <summary>Ends the worker and everything that it started, at once.</summary>
    public void Kill()
    {
        if (process is { HasExited: false })
        {
            KillGroup(process.Id);
            process.Kill();
        }
        else if (process is null && !HasEnded() && Id is int id)
        {
            // The lock was held a moment ago, so the number is still the worker's own.
            KillGroup(id);
        }
    }

    /// <summary>How much memory the worker holds, or null where that cannot be told.</summary>
    public long? MemoryBytes() => Id is int id ? ProcessMemory.BytesOf(id) : null;

    public void Dispose()
    {
        process?.Dispose();
        taken?.Dispose();
    }

    private static void KillGroup(int id)
    {
        if (!OperatingSystem.IsWindows() && id > 1)
        {
            _ = Libc.Kill(-id, Libc.SignalKill);
        }
    }
}
