namespace Strata.Learning.Clusters;

/// <summary>Cuts rows into parts of a fixed length that threads share out, so that sums over parts in their order do not depend on the threads.</summary>
internal static class RowShares
{
    private const int Rows = 2048;

    public static int Count(int rowCount) => (rowCount + Rows - 1) / Rows;

    /// <summary>Runs the body for each part: its number, first row and the row after its last.</summary>
    public static void ForEach(int rowCount, ParallelOptions threads, Action<int, int, int> body)
    {
        void Run(int part) => body(part, part * Rows, Math.Min(rowCount, (part + 1) * Rows));
        if (rowCount <= Rows || threads.MaxDegreeOfParallelism == 1)
        {
            for (int part = 0; part < Count(rowCount); part++)
            {
                threads.CancellationToken.ThrowIfCancellationRequested();
                Run(part);
            }
        }
        else
        {
            Parallel.For(0, Count(rowCount), threads, Run);
        }
    }
}
