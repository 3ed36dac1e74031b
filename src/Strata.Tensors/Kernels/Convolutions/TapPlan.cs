namespace Strata.Tensors.Kernels.Convolutions;

/// <summary>How a pass is cut: blocks of the grid, each with a window of the source, and segments of taps that are summed while their weights stay in the first cache.</summary>
internal readonly struct TapPlan
{
    /// <summary>The depth of weights (a tile's columns each) that the first cache keeps.</summary>
    private const int CachedDepth = 256;

    public TapPlan(in TapPass pass)
    {
        BlockColumns = pass.GridColumns >= 2 * BlockPlaces ? BlockPlaces : pass.GridColumns;
        BlockRows = Math.Clamp(BlockPlaces / Math.Max(1, BlockColumns), 1, Math.Max(1, pass.GridRows));
        RowBlocks = (pass.GridRows + BlockRows - 1) / BlockRows;
        ColumnBlocks = BlockColumns == 0 ? 0 : (pass.GridColumns + BlockColumns - 1) / BlockColumns;
        WindowRows = (BlockRows - 1) * pass.SourceRowStep + pass.Down.Last - pass.Down.First + 1;
        WindowColumns = (BlockColumns - 1) * pass.SourceColumnStep + pass.Across.Last - pass.Across.First + 1;
        TapsOfSegment = pass.HasRuns ? LongestPart(pass.Across.Count, CachedDepth / pass.GroupSource) : 1;
        Depth = TapsOfSegment * pass.GroupSource;
        Segments = pass.Taps / TapsOfSegment;
        SegmentsAtOnce = Math.Clamp(CachedDepth / Depth, 1, Segments);
        Panels = (pass.GroupTarget + TapKernel.MostColumns - 1) / TapKernel.MostColumns;
    }

    /// <summary>Rows and columns of a block, and how many blocks an image has.</summary>
    public int BlockRows { get; }

    public int BlockColumns { get; }

    public int RowBlocks { get; }

    public int ColumnBlocks { get; }

    /// <summary>Places of the source that a block sees.</summary>
    public int WindowRows { get; }

    public int WindowColumns { get; }

    /// <summary>Taps that count as one segment, with so many products.</summary>
    public int TapsOfSegment { get; }

    public int Depth { get; }

    public int Segments { get; }

    /// <summary>Segments that are summed before the next tile's turn.</summary>
    public int SegmentsAtOnce { get; }

    /// <summary>Panels of 32 columns in a group of the target.</summary>
    public int Panels { get; }

    /// <summary>Numbers of a panel.</summary>
    public int PanelLength => Segments * Depth * TapKernel.MostColumns;

    /// <summary>About how many places a block has.</summary>
    private static int BlockPlaces => 32 * TapKernel.MostRows;

    private static int LongestPart(int count, int most)
    {
        int part = Math.Clamp(most, 1, count);
        while (count % part != 0)
        {
            part--;
        }

        return part;
    }
}
