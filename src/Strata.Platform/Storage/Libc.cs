using System.Runtime.InteropServices;

namespace Strata.Platform.Storage;

/// <summary>The few calls of the C library that .NET lacks or whose errors it swallows.</summary>
internal static partial class Libc
{
    public const int ReadOnly = 0;
    public const int Interrupted = 4;
    public const int SignalKill = 9;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Fsync(int descriptor);

    /// <summary>Makes the caller the leader of a new session and process group; fails harmlessly where it leads one already.</summary>
    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    public static partial int Setsid();

    /// <summary>Sends a signal to a process, or to a whole process group when the id is negative.</summary>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);
}
