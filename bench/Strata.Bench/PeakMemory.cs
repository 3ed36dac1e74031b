using System.Diagnostics;
using System.Globalization;

namespace Strata.Bench;

/// <summary>The most physical memory that this process held since it last asked to forget; where the system cannot forget, since its start.</summary>
internal static class PeakMemory
{
    /// <summary>Starts anew from what is held now, which is returned, in MiB.</summary>
    public static double Reset()
    {
        GC.Collect();
        if (File.Exists("/proc/self/clear_refs"))
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }

        return Mebibytes();
    }

    public static double Mebibytes()
    {
        if (File.Exists("/proc/self/status"))
        {
            string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }

        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1048576.0;
    }
}
