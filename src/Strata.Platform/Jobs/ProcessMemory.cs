using System.Diagnostics;
using System.Globalization;

namespace Strata.Platform.Jobs;

/// <summary>How much memory a process holds that the system cannot take back: pages of files do not count where the system tells them apart.</summary>
internal static class ProcessMemory
{
    private const string Anonymous = "RssAnon:";

    /// <summary>Bytes, or null when the process is gone.</summary>
    public static long? BytesOf(int processId)
    {
        try
        {
            return OperatingSystem.IsLinux() ? AnonymousBytes(processId) : WorkingSet(processId);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static long? AnonymousBytes(int processId)
    {
        foreach (string line in File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status")))
        {
            if (line.StartsWith(Anonymous, StringComparison.Ordinal))
            {
                return 1024 * long.Parse(line.AsSpan(Anonymous.Length).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture);
            }
        }

        // A process that has ended but is not yet buried holds nothing.
        return null;
    }

    private static long WorkingSet(int processId)
    {
        using Process process = Process.GetProcessById(processId);
        return process.WorkingSet64;
    }
}
