namespace Strata.Tensors.Kernels.Convolutions;

/// <summary>
/// The gradient of a convolution's weights: each tile of weights times outputs is summed over all places in registers. The images' padding is made once; where there are few tiles,
/// groups of images (as many whatever the number of threads) have sums of their own that are added up in order.
/// </summary>
internal sealed unsafe class WeightSweep(ThreadTeam team) : IDisposable
{
    private readonly GrowingBuffer<float> padded = new(), outputs = new(), sums = new();
    private readonly GrowingBuffer<nint> offsets = new();

    /// <summary>dw += dy * x.</summary>
    public void Run(in ConvolutionGeometry g, float* x, float* dy, float* dw)
    {
        var plan = new WeightPlan(g);
        if (plan.IsPadded)
        {
            x = Pad(g, plan, x);
        }

        if (g.IsDepthwise)
        {
            Depthwise(g, plan, x, dy, dw);
            return;
        }

        nint outputPitch = g.Outputs, groupPitch = g.GroupOutputs;
        if (!plan.HasWholeOutputs(g))
        {
            dy = Spread(g, plan, dy);
            (outputPitch, groupPitch) = ((nint)plan.OutputPitch * g.Groups, plan.OutputPitch);
        }

        nint* table = offsets.Take(2L * plan.Lines);
        for (int line = 0; line < plan.Lines; line++)
        {
            table[line] = ((nint)(line / g.OutHeight) * plan.PaddedHeight + (nint)(line % g.OutHeight) * g.Rows.Stride) * plan.PaddedWidth * g.Channels;
            table[plan.Lines + line] = (nint)line * g.OutWidth * outputPitch;
        }

        float* own = sums.Take(plan.Sums * plan.SumLength);
        var tiles = new TileWork(g, plan, (nint)x, (nint)dy, (nint)own, (nint)table, outputPitch, groupPitch);
        team.Run(ref tiles, plan.Sums * plan.TileShares);
        var gathering = new GatherWork(g, plan, (nint)own, (nint)dw);
        team.Run(ref gathering, g.Groups * plan.Panels);
    }

    public void Dispose()
    {
        padded.Dispose();
        outputs.Dispose();
        sums.Dispose();
        offsets.Dispose();
    }

    private void Depthwise(in ConvolutionGeometry g, in WeightPlan plan, float* x, float* dy, float* dw)
    {
        float* own = sums.Take(plan.Sums * plan.SumLength);
        var work = new DepthwiseWork(g, plan, (nint)x, (nint)dy, (nint)own);
        team.Run(ref work, plan.Sums);
        for (int sum = 0; sum < plan.Sums; sum++)
        {
            for (long i = 0; i < plan.SumLength; i++)
            {
                dw[i % g.Channels * g.Taps + i / g.Channels] += own[sum * plan.SumLength + i];
            }
        }
    }

    private float* Pad(in ConvolutionGeometry g, in WeightPlan plan, float* x)
    {
        float* to = padded.Take((long)g.Batch * plan.PaddedHeight * plan.PaddedWidth * g.Channels);
        var work = new PadWork(g, plan, (nint)x, (nint)to);
        team.Run(ref work, g.Batch);
        return to;
    }

    /// <summary>Outputs with zeros after each group, so that whole vectors can be read.</summary>
    private float* Spread(in ConvolutionGeometry g, in WeightPlan plan, float* dy)
    {
        long rows = (long)plan.Lines * g.OutWidth * g.Groups;
        float* to = outputs.Take(rows * plan.OutputPitch);
        for (long row = 0; row < rows; row++)
        {
            var at = new Span<float>(to + row * plan.OutputPitch, plan.OutputPitch);
            new ReadOnlySpan<float>(dy + row * g.GroupOutputs, g.GroupOutputs).CopyTo(at);
            at[g.GroupOutputs..].Clear();
        }

        return to;
    }

    private readonly struct PadWork(ConvolutionGeometry g, WeightPlan plan, nint x, nint to) : ITeamWork
    {
        public void Run(int item, int member) => TapWindow.Copy(
            new Plane((float*)x, g.Height, g.Width, g.Channels), item, -g.Rows.Before, -g.Columns.Before, plan.PaddedHeight, plan.PaddedWidth,
            (float*)to + (nint)item * plan.PaddedHeight * plan.PaddedWidth * g.Channels);
    }

    /// <summary>All taps over one group of images, where each channel has a kernel of its own.</summary>
    private readonly struct DepthwiseWork(ConvolutionGeometry g, WeightPlan plan, nint x, nint dy, nint sums) : ITeamWork
    {
        public void Run(int item, int member)
        {
            int first = (int)((long)g.Batch * item / plan.Sums), end = (int)((long)g.Batch * (item + 1) / plan.Sums);
            float* own = (float*)sums + item * plan.SumLength;
            new Span<float>(own, (int)plan.SumLength).Clear();
            for (int line = first * g.OutHeight; line < end * g.OutHeight; line++)
            {
                float* right = (float*)dy + (nint)line * g.OutWidth * g.Channels;
                float* left = (float*)x + ((nint)(line / g.OutHeight) * plan.PaddedHeight + (nint)(line % g.OutHeight) * g.Rows.Stride) * plan.PaddedWidth * g.Channels;
                for (int tap = 0; tap < g.Taps; tap++)
                {
                    nint offset = ((nint)(tap / g.KernelWidth) * g.Rows.Dilation * plan.PaddedWidth + (nint)(tap % g.KernelWidth) * g.Columns.Dilation) * g.Channels;
                    DepthwiseKernel.WeightLine(g.OutWidth, g.Channels, left + offset, (nint)g.Columns.Stride * g.Channels, right, own + (nint)tap * g.Channels);
                }
            }
        }
    }

    /// <summary>Some tiles over one group of images.</summary>
    private readonly struct TileWork(ConvolutionGeometry g, WeightPlan plan, nint x, nint dy, nint sums, nint offsets, nint outputPitch, nint groupPitch) : ITeamWork
    {
        public void Run(int item, int member)
        {
            int sum = item / plan.TileShares, share = item % plan.TileShares;
            int firstTile = (int)((long)plan.Tiles * share / plan.TileShares), endTile = (int)((long)plan.Tiles * (share + 1) / plan.TileShares);
            int first = (int)((long)g.Batch * sum / plan.Sums) * g.OutHeight, end = (int)((long)g.Batch * (sum + 1) / plan.Sums) * g.OutHeight;
            float* own = (float*)sums + sum * plan.SumLength;
            var walk = new TapWalk { Depth = g.OutWidth, LeftRowStep = 1, LeftDepthStep = (nint)g.Columns.Stride * g.Channels, RightDepthStep = outputPitch };
            for (int line = first; line < end; line += plan.LinesAtOnce)
            {
                walk.Segments = Math.Min(plan.LinesAtOnce, end - line);
                walk.LeftOffsets = (nint*)offsets + line;
                walk.RightOffsets = (nint*)offsets + plan.Lines + line;
                for (int tile = firstTile; tile < endTile; tile++)
                {
                    Tile(walk, tile, own, adds: line > first);
                }
            }
        }

        private void Tile(in TapWalk walk, int tile, float* own, bool adds)
        {
            int panel = tile % plan.Panels, part = tile / plan.Panels % plan.TilesOfSpan, span = tile / plan.Panels / plan.TilesOfSpan % plan.Spans, group = tile / plan.Panels / plan.TilesOfSpan / plan.Spans;
            int from = plan.SpanLength * part / plan.TilesOfSpan, rows = plan.SpanLength * (part + 1) / plan.TilesOfSpan - from, column = panel * TapKernel.MostColumns;
            int vectors = g.GroupOutputs - column > TapKernel.VectorColumns ? 2 : 1;
            bool isRow = plan.Spans == g.KernelHeight && plan.SpanLength == g.KernelWidth * g.Channels;
            (int down, int across) = isRow ? (span, 0) : (span / g.KernelWidth, span % g.KernelWidth);
            float* left = (float*)x + ((nint)down * g.Rows.Dilation * plan.PaddedWidth + (nint)across * g.Columns.Dilation) * g.Channels + group * g.GroupChannels + from;
            float* right = (float*)dy + group * groupPitch + column, to = own + (((nint)group * plan.Panels + panel) * g.KernelLength + span * plan.SpanLength + from) * TapKernel.MostColumns;
            TapKernel.Run(rows, vectors, walk, left, right, to, TapKernel.MostColumns, adds ? to : null, TapKernel.MostColumns);
        }
    }

    /// <summary>Adds the sums of all groups of images, in order, to the outputs of one panel.</summary>
    private readonly struct GatherWork(ConvolutionGeometry g, WeightPlan plan, nint sums, nint dw) : ITeamWork
    {
        public void Run(int item, int member)
        {
            int group = item / plan.Panels, column = item % plan.Panels * TapKernel.MostColumns, columns = Math.Min(TapKernel.MostColumns, g.GroupOutputs - column);
            float* first = (float*)sums + (nint)item * g.KernelLength * TapKernel.MostColumns, to = (float*)dw + ((nint)group * g.GroupOutputs + column) * g.KernelLength;
            for (int k = 0; k < g.KernelLength; k++, first += TapKernel.MostColumns, to++)
            {
                for (int o = 0; o < columns; o++)
                {
                    float all = first[o];
                    for (int sum = 1; sum < plan.Sums; sum++)
                    {
                        all += first[sum * plan.SumLength + o];
                    }

                    to[(nint)o * g.KernelLength] += all;
                }
            }
        }
    }
}
