namespace Strata.Tensors.Kernels.Convolutions;

/// <summary>
/// How the gradient of weights is cut: tiles of weights, summed over chunks of lines that stay in the first cache while all tiles are gone through, by groups of chunks that have
/// sums of their own. All of it follows from the shape alone, not from the number of threads.
/// </summary>
internal readonly struct WeightPlan
{
    /// <summary>Pieces of work to aim at, groups of chunks at the most, numbers of both sides that the first cache keeps, and sums that the second cache keeps.</summary>
    private const int Pieces = 16, MostSums = 8, CachedNumbers = 10_000, CachedSums = 100_000;

    public WeightPlan(in ConvolutionGeometry g)
    {
        bool runs = g.Groups == 1 && g.Columns.Dilation == 1;
        (Spans, SpanLength) = runs ? (g.KernelHeight, g.KernelWidth * g.Channels) : (g.Taps, g.GroupChannels);
        TilesOfSpan = 0;
        for (int row = 0; row < SpanLength; row += TapKernel.Rows(SpanLength - row, Vectors(g)))
        {
            TilesOfSpan++;
        }

        Panels = (g.GroupOutputs + TapKernel.MostColumns - 1) / TapKernel.MostColumns;
        Tiles = g.Groups * Spans * TilesOfSpan * Panels;
        OutputPitch = (g.GroupOutputs + TapKernel.VectorColumns - 1) / TapKernel.VectorColumns * TapKernel.VectorColumns;
        SumPitch = Math.Min(OutputPitch, TapKernel.MostColumns);
        SumPanels = g.Groups * Panels;
        if (g.IsDepthwise)
        {
            (SumPitch, SumPanels) = (g.Channels, 1);
        }

        SumLength = (long)SumPanels * g.KernelLength * SumPitch;

        int high = (g.OutHeight - 1) * g.Rows.Stride + (g.KernelHeight - 1) * g.Rows.Dilation + 1, wide = (g.OutWidth - 1) * g.Columns.Stride + (g.KernelWidth - 1) * g.Columns.Dilation + 1;
        IsPadded = g.Rows.Before > 0 || g.Columns.Before > 0 || high > g.Height || wide > g.Width;
        (WindowHeight, WindowWidth) = IsPadded ? (high, wide) : (g.Height, g.Width);
        int most = Math.Max(1, CachedNumbers / Math.Max(1, g.OutWidth * OutputPitch * g.Groups + WindowWidth * g.Channels * g.Rows.Stride));
        int parts = (g.OutHeight + most - 1) / most;
        ChunkLines = parts > 1 ? (g.OutHeight + parts - 1) / parts : Math.Min(g.Batch, most / g.OutHeight) * g.OutHeight;
        ChunksOfImage = (g.OutHeight + ChunkLines - 1) / ChunkLines;
        Chunks = parts > 1 ? g.Batch * ChunksOfImage : (g.Batch * g.OutHeight + ChunkLines - 1) / ChunkLines;
        TileShares = (int)Math.Clamp((SumLength + CachedSums - 1) / CachedSums, 1, Tiles);
        Sums = g.IsDepthwise ? Math.Min(MostSums, g.Batch) : Math.Clamp(Pieces / TileShares, 1, Math.Min(MostSums, Chunks));
    }

    /// <summary>Weights that lie side by side in the source: a row of the kernel with its channels, or the channels of one tap.</summary>
    public int Spans { get; }

    public int SpanLength { get; }

    public int TilesOfSpan { get; }

    /// <summary>Panels of 32 outputs in a group.</summary>
    public int Panels { get; }

    public int Tiles { get; }

    /// <summary>Groups of chunks that have sums of their own.</summary>
    public int Sums { get; }

    /// <summary>Parts of the tiles that are gone through apart, so that their sums fit the second cache.</summary>
    public int TileShares { get; }

    /// <summary>Lengths of an image with the zeros around it that windows reach.</summary>
    public int WindowHeight { get; }

    public int WindowWidth { get; }

    /// <summary>Whether windows reach past the image.</summary>
    public bool IsPadded { get; }

    /// <summary>Lines of places in a chunk: some of an image, or those of whole images; the last may have fewer.</summary>
    public int ChunkLines { get; }

    public int Chunks { get; }

    /// <summary>Chunks of an image, or 1 where chunks have whole images.</summary>
    public int ChunksOfImage { get; }

    /// <summary>A group's outputs rounded up to whole vectors.</summary>
    public int OutputPitch { get; }

    /// <summary>Numbers from one weight's sums to the next one's.</summary>
    public int SumPitch { get; }

    /// <summary>Panels of sums: those of all groups, or one with all channels where each has a kernel of its own.</summary>
    public int SumPanels { get; }

    /// <summary>Numbers of one group of chunks' sums.</summary>
    public long SumLength { get; }

    /// <summary>Vectors of the widest tile.</summary>
    public static int Vectors(in ConvolutionGeometry g) => g.GroupOutputs > TapKernel.VectorColumns ? 2 : 1;

    /// <summary>Whether vectors of outputs end where groups do.</summary>
    public bool HasWholeOutputs(in ConvolutionGeometry g) => OutputPitch == g.GroupOutputs;

    /// <summary>The outputs of a panel of sums.</summary>
    public (int First, int Count) Outputs(in ConvolutionGeometry g, int panel)
    {
        if (g.IsDepthwise)
        {
            return (0, g.Outputs);
        }

        int column = panel % Panels * TapKernel.MostColumns;
        return (panel / Panels * g.GroupOutputs + column, Math.Min(TapKernel.MostColumns, g.GroupOutputs - column));
    }

    /// <summary>Where a chunk begins, and how many lines of places it has.</summary>
    public (int Image, int Line, int Lines) Chunk(in ConvolutionGeometry g, int chunk)
    {
        if (ChunkLines < g.OutHeight)
        {
            int line = chunk % ChunksOfImage * ChunkLines;
            return (chunk / ChunksOfImage, line, Math.Min(ChunkLines, g.OutHeight - line));
        }

        int image = chunk * (ChunkLines / g.OutHeight);
        return (image, 0, Math.Min(ChunkLines, (g.Batch - image) * g.OutHeight));
    }
}
