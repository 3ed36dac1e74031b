namespace Strata.Tensors.Kernels.Convolutions;

/// <summary>How the gradient of weights is cut: tiles of weights, each summed over all places, by groups of images that have sums of their own where there are few tiles.</summary>
internal readonly struct WeightPlan
{
    /// <summary>Pieces of work to aim at, groups of images at the most, and numbers of both sides that the second cache keeps.</summary>
    private const int Pieces = 16, MostSums = 8, CachedNumbers = 100_000;

    public WeightPlan(in ConvolutionGeometry g)
    {
        bool runs = g.Groups == 1 && g.Columns.Dilation == 1;
        (Spans, SpanLength) = runs ? (g.KernelHeight, g.KernelWidth * g.Channels) : (g.Taps, g.GroupChannels);
        TilesOfSpan = (SpanLength + TapKernel.MostRows - 1) / TapKernel.MostRows;
        Panels = (g.GroupOutputs + TapKernel.MostColumns - 1) / TapKernel.MostColumns;
        Tiles = g.Groups * Spans * TilesOfSpan * Panels;
        Sums = Math.Clamp(Pieces / Tiles, 1, Math.Min(MostSums, Math.Max(1, g.Batch)));
        TileShares = Math.Min(Tiles, (Pieces + Sums - 1) / Sums);
        PaddedHeight = (g.OutHeight - 1) * g.Rows.Stride + (g.KernelHeight - 1) * g.Rows.Dilation + 1;
        PaddedWidth = (g.OutWidth - 1) * g.Columns.Stride + (g.KernelWidth - 1) * g.Columns.Dilation + 1;
        IsPadded = g.Rows.Before > 0 || g.Columns.Before > 0 || PaddedHeight > g.Height || PaddedWidth > g.Width;
        if (!IsPadded)
        {
            (PaddedHeight, PaddedWidth) = (g.Height, g.Width);
        }

        Lines = g.Batch * g.OutHeight;
        LinesAtOnce = Math.Max(1, CachedNumbers / Math.Max(1, g.OutWidth * g.Outputs + PaddedWidth * g.Channels * g.Rows.Stride));
        OutputPitch = (g.GroupOutputs + TapKernel.VectorColumns - 1) / TapKernel.VectorColumns * TapKernel.VectorColumns;
        SumLength = (long)g.Groups * g.KernelLength * Panels * TapKernel.MostColumns;
        if (g.IsDepthwise)
        {
            (Sums, TileShares, SumLength) = (Math.Min(MostSums, Math.Max(1, g.Batch)), 1, (long)g.Taps * g.Channels);
        }
    }

    /// <summary>Weights that lie side by side in the source: a row of the kernel with its channels, or the channels of one tap.</summary>
    public int Spans { get; }

    public int SpanLength { get; }

    public int TilesOfSpan { get; }

    /// <summary>Panels of 32 outputs in a group.</summary>
    public int Panels { get; }

    public int Tiles { get; }

    /// <summary>Groups of images that have sums of their own.</summary>
    public int Sums { get; }

    /// <summary>Parts of the tiles that are computed apart.</summary>
    public int TileShares { get; }

    /// <summary>Lengths of an image with the zeros around it that windows reach.</summary>
    public int PaddedHeight { get; }

    public int PaddedWidth { get; }

    public bool IsPadded { get; }

    /// <summary>Lines of places over all images, and how many of them are walked before the next tile's turn.</summary>
    public int Lines { get; }

    public int LinesAtOnce { get; }

    /// <summary>A group's outputs rounded up to whole vectors.</summary>
    public int OutputPitch { get; }

    /// <summary>Numbers of one group of images' sums.</summary>
    public long SumLength { get; }

    /// <summary>Whether vectors of outputs end where groups do.</summary>
    public bool HasWholeOutputs(in ConvolutionGeometry g) => OutputPitch == g.GroupOutputs;
}
