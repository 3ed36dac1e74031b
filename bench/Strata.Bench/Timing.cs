using System.Diagnostics;

namespace Strata.Bench;

/// <summary>Wall and processor seconds of repeated work.</summary>
internal sealed record Timing(double[] Wall, double[] Processor)
{
    public double MedianWall => Median(Wall);

    public double MedianProcessor => Median(Processor);

    /// <param name="repeats">How often the work is timed.</param>
    /// <param name="work">The work.</param>
    /// <param name="isWarm">Whether the work has been done before; else it is done once untimed.</param>
    public static Timing Of(int repeats, Action work, bool isWarm = false)
    {
        var (wall, processor) = (new double[repeats], new double[repeats]);
        if (!isWarm)
        {
            work();
        }

        for (int i = 0; i < repeats; i++)
        {
            GC.Collect();
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            long start = Stopwatch.GetTimestamp();
            work();
            wall[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            processor[i] = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        }

        return new Timing(wall, processor);
    }

    private static double Median(double[] values)
    {
        if (values.Length == 0)
        {
            return 0;
        }

        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
