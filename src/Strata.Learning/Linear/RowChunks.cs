namespace Strata.Learning.Linear;

/// <summary>
/// Cuts the rows into parts that threads share out. The cut depends on the numbers of rows and columns only, and sums are taken over parts in their order:
/// the result is the same for any number of threads.
/// </summary>
internal readonly record struct RowChunks(int Count, int ChunkRows, int RowCount)
{
    private const int Most = 64;

    public static RowChunks Of(DesignMatrix matrix)
    {
        int blocks = (matrix.RowCount + matrix.BlockRows - 1) / matrix.BlockRows;
        // Each part has sums of its own for all columns, which must not cost more than its cells.
        int wanted = (int)Math.Clamp(matrix.CellCount / (matrix.Sparse is null ? 100_000 : Math.Max(100_000, 2L * matrix.ColumnCount)), 1, Most);
        int chunkBlocks = Math.Max(1, (blocks + wanted - 1) / wanted);
        return new RowChunks(Math.Max(1, (blocks + chunkBlocks - 1) / chunkBlocks), chunkBlocks * matrix.BlockRows, matrix.RowCount);
    }

    /// <summary>Runs the body for each part: its number, first row and the row after its last.</summary>
    public void ForEach(ParallelOptions threads, Action<int, int, int> body)
    {
        (int chunkRows, int rowCount) = (ChunkRows, RowCount);
        void Run(int chunk) => body(chunk, chunk * chunkRows, Math.Min(rowCount, (chunk + 1) * chunkRows));
        if (Count == 1 || threads.MaxDegreeOfParallelism == 1)
        {
            for (int chunk = 0; chunk < Count; chunk++)
            {
                threads.CancellationToken.ThrowIfCancellationRequested();
                Run(chunk);
            }
        }
        else
        {
            Parallel.For(0, Count, threads, Run);
        }
    }
}
