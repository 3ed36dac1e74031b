namespace Strata.Testing;

/// <summary>What work takes from the managed heap.</summary>
public static class Allocations
{
    private const int Tries = 5;

    /// <summary>The fewest bytes of some runs on this thread: the runtime itself may take some when it compiles a method anew.</summary>
    public static long Of(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        long fewest = long.MaxValue;
        for (int i = 0; i < Tries && fewest > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return fewest;
    }
}
