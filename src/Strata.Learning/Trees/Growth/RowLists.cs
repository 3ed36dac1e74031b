using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Growth;

/// <summary>The rows of every leaf, one list behind the other; splitting a leaf divides its list in place and keeps the order.</summary>
internal sealed unsafe class RowLists : IDisposable
{
    /// <summary>Readable rows after the last one, for kernels that look ahead.</summary>
    private const int Slack = 64;

    /// <summary>Rows per piece when a list is divided by several threads.</summary>
    private const int ChunkRows = 8192;

    private readonly AlignedBuffer<uint> rows, lefts, rights;
    private readonly ThreadTeam team;
    private readonly int[] leftCounts;

    public RowLists(int capacity, ThreadTeam team)
    {
        this.team = team;
        int chunks = capacity / ChunkRows + 1;
        rows = new AlignedBuffer<uint>(capacity + Slack, hugePages: true);
        lefts = new AlignedBuffer<uint>(capacity + Slack + chunks * PartitionKernels.Slack, hugePages: true);
        rights = new AlignedBuffer<uint>(capacity + Slack + chunks * PartitionKernels.Slack, hugePages: true);
        leftCounts = new int[chunks];
    }

    public int Count { get; private set; }

    public uint* Rows => rows.Pointer;

    /// <summary>Starts anew with one list.</summary>
    public void Reset(ReadOnlySpan<int> all)
    {
        Count = all.Length;
        System.Runtime.InteropServices.MemoryMarshal.Cast<int, uint>(all).CopyTo(rows.Span);
        rows.Span[Count..].Clear();
    }

    /// <summary>Divides the list at <paramref name="start"/> and returns how many rows are in its left part.</summary>
    public int Divide(int start, int count, byte* bins, in Split split)
    {
        if (count <= 2 * ChunkRows || team.Size == 1)
        {
            int leftCount = PartitionKernels.Divide(Rows + start, count, bins, split, Rows + start, rights.Pointer);
            Copy(rights.Pointer, Rows + start + leftCount, count - leftCount);
            return leftCount;
        }

        int chunks = (count + ChunkRows - 1) / ChunkRows;
        var divide = new DivideChunks(this, start, count, bins, split);
        team.Run(ref divide, chunks);
        int total = 0;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            (leftCounts[chunk], total) = (total, total + leftCounts[chunk]);
        }

        var gather = new GatherChunks(this, start, count, total);
        team.Run(ref gather, chunks);
        return total;
    }

    public void Dispose()
    {
        rows.Dispose();
        lefts.Dispose();
        rights.Dispose();
    }

    private static void Copy(uint* from, uint* to, long count) => Buffer.MemoryCopy(from, to, count * sizeof(uint), count * sizeof(uint));

    private readonly struct DivideChunks(RowLists lists, int start, int count, byte* bins, Split split) : ITeamWork
    {
        public void Run(int item, int member)
        {
            int from = item * ChunkRows, length = Math.Min(ChunkRows, count - from), place = from + item * PartitionKernels.Slack;
            lists.leftCounts[item] = PartitionKernels.Divide(lists.Rows + start + from, length, bins, split, lists.lefts.Pointer + place, lists.rights.Pointer + place);
        }
    }

    /// <summary>Brings the chunks' parts to their places; <c>leftCounts</c> now holds where each chunk's left rows begin.</summary>
    private readonly struct GatherChunks(RowLists lists, int start, int count, int leftTotal) : ITeamWork
    {
        public void Run(int item, int member)
        {
            int from = item * ChunkRows, length = Math.Min(ChunkRows, count - from), place = from + item * PartitionKernels.Slack;
            int leftAt = lists.leftCounts[item];
            int leftCount = (from + length == count ? leftTotal : lists.leftCounts[item + 1]) - leftAt;
            Copy(lists.lefts.Pointer + place, lists.Rows + start + leftAt, leftCount);
            Copy(lists.rights.Pointer + place, lists.Rows + start + leftTotal + (from - leftAt), length - leftCount);
        }
    }
}
