using System.Diagnostics;

namespace Strata.Bench;

/// <summary>The most physical memory that this process has held.</summary>
internal static class PeakMemory
{
    public static double Mebibytes()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1048576.0;
    }
}
