using System.Runtime.Intrinsics;

namespace Strata.Tensors.Kernels.Convolutions;

/// <summary>
/// The gradient of a convolution's weights: each tile of weights times outputs is summed in registers over the places of a chunk that lies in the first cache, with zeros around
/// it where windows reach past the image. Groups of chunks (as many whatever the number of threads) have sums of their own that are added up in order.
/// </summary>
internal sealed unsafe class WeightSweep(ThreadTeam team) : IDisposable
{
    private readonly GrowingBuffer<float> sums = new();
    private readonly GrowingBuffer<nint> offsets = new();
    private readonly GrowingBuffer<WeightTile> tiles = new();
    private readonly GrowingBuffer<float>[] windows = [.. Enumerable.Range(0, team.Size).Select(_ => new GrowingBuffer<float>())];

    /// <summary>dw += dy * x.</summary>
    public void Run(in ConvolutionGeometry g, float* x, float* dy, float* dw)
    {
        var plan = new WeightPlan(g);
        float* own = sums.Take(plan.Sums * plan.SumLength);
        if (g.IsDepthwise)
        {
            var depthwise = new DepthwiseWork(this, g, plan, (nint)x, (nint)dy, (nint)own);
            team.Run(ref depthwise, plan.Sums);
        }
        else
        {
            var work = new TileWork(this, g, plan, (nint)x, (nint)dy, (nint)own, (nint)Offsets(g, plan), (nint)Tiles(g, plan));
            team.Run(ref work, plan.Sums * plan.TileShares);
        }

        var gathering = new GatherWork(g, plan, (nint)own, (nint)dw);
        team.Run(ref gathering, gathering.Count);
    }

    public void Dispose()
    {
        sums.Dispose();
        offsets.Dispose();
        tiles.Dispose();
        foreach (GrowingBuffer<float> window in windows)
        {
            window.Dispose();
        }
    }

    /// <summary>Where the lines of a chunk begin, on the left and then on the right.</summary>
    private nint* Offsets(in ConvolutionGeometry g, in WeightPlan plan)
    {
        nint* table = offsets.Take(2L * plan.ChunkLines);
        for (int line = 0; line < plan.ChunkLines; line++)
        {
            table[line] = ((nint)(line / g.OutHeight) * plan.WindowHeight + (nint)(line % g.OutHeight) * g.Rows.Stride) * plan.WindowWidth * g.Channels;
            table[plan.ChunkLines + line] = (nint)line * g.OutWidth * plan.OutputPitch * g.Groups;
        }

        return table;
    }

    private WeightTile* Tiles(in ConvolutionGeometry g, in WeightPlan plan)
    {
        WeightTile* table = tiles.Take(plan.Tiles), to = table;
        bool isRow = plan.Spans == g.KernelHeight && plan.SpanLength == g.KernelWidth * g.Channels;
        for (int span = 0; span < g.Groups * plan.Spans; span++)
        {
            int group = span / plan.Spans, at = span % plan.Spans;
            (int down, int across) = isRow ? (at, 0) : (at / g.KernelWidth, at % g.KernelWidth);
            nint left = ((nint)down * g.Rows.Dilation * plan.WindowWidth + (nint)across * g.Columns.Dilation) * g.Channels + group * g.GroupChannels;
            for (int from = 0, rows; from < plan.SpanLength; from += rows)
            {
                rows = TapKernel.Rows(plan.SpanLength - from, WeightPlan.Vectors(g));
                for (int panel = 0; panel < plan.Panels; panel++)
                {
                    int column = panel * TapKernel.MostColumns;
                    *to++ = new WeightTile
                    {
                        Left = left + from,
                        Right = (nint)group * plan.OutputPitch + column,
                        Sums = (((nint)group * plan.Panels + panel) * g.KernelLength + at * plan.SpanLength + from) * plan.SumPitch,
                        Rows = rows,
                        Vectors = g.GroupOutputs - column > TapKernel.VectorColumns ? 2 : 1,
                    };
                }
            }
        }

        return table;
    }

    /// <summary>A tile of weights: where it begins on both sides and among the sums.</summary>
    private struct WeightTile
    {
        public nint Left, Right, Sums;

        public int Rows, Vectors;
    }

    /// <summary>All taps over one group of chunks, where each channel has a kernel of its own.</summary>
    private readonly struct DepthwiseWork(WeightSweep owner, ConvolutionGeometry g, WeightPlan plan, nint x, nint dy, nint sums) : ITeamWork
    {
        public void Run(int item, int member)
        {
            int first = (int)((long)g.Batch * item / plan.Sums), end = (int)((long)g.Batch * (item + 1) / plan.Sums);
            float* own = (float*)sums + item * plan.SumLength;
            new Span<float>(own, (int)plan.SumLength).Clear();
            for (int image = first; image < end; image++)
            {
                float* window = Window(owner.windows[member], g, plan, (float*)x, image);
                for (int line = 0; line < g.OutHeight; line++)
                {
                    Line(window + (nint)line * g.Rows.Stride * plan.WindowWidth * g.Channels, (float*)dy + g.Output(image, line, 0), own);
                }
            }
        }

        private static float* Window(GrowingBuffer<float> scratch, in ConvolutionGeometry g, in WeightPlan plan, float* x, int image)
        {
            var from = new Plane(x, g.Height, g.Width, g.Channels);
            if (!plan.IsPadded)
            {
                return from.At(image, 0, 0);
            }

            float* to = scratch.Take((long)plan.WindowHeight * plan.WindowWidth * g.Channels);
            TapWindow.Copy(from, image, -g.Rows.Before, -g.Columns.Before, plan.WindowHeight, plan.WindowWidth, to);
            return to;
        }

        private void Line(float* left, float* right, float* own)
        {
            for (int tap = 0; tap < g.Taps; tap++, own += plan.SumPitch)
            {
                nint offset = ((nint)(tap / g.KernelWidth) * g.Rows.Dilation * plan.WindowWidth + (nint)(tap % g.KernelWidth) * g.Columns.Dilation) * g.Channels;
                DepthwiseKernel.WeightLine(g.OutWidth, g.Channels, left + offset, (nint)g.Columns.Stride * g.Channels, right, own);
            }
        }
    }

    /// <summary>Some tiles over one group of chunks.</summary>
    private readonly struct TileWork(WeightSweep owner, ConvolutionGeometry g, WeightPlan plan, nint x, nint dy, nint sums, nint offsets, nint tiles) : ITeamWork
    {
        public void Run(int item, int member)
        {
            int sum = item / plan.TileShares, share = item % plan.TileShares;
            WeightTile* first = (WeightTile*)tiles + (int)((long)plan.Tiles * share / plan.TileShares), end = (WeightTile*)tiles + (int)((long)plan.Tiles * (share + 1) / plan.TileShares);
            int firstChunk = (int)((long)plan.Chunks * sum / plan.Sums), endChunk = (int)((long)plan.Chunks * (sum + 1) / plan.Sums);
            float* own = (float*)sums + sum * plan.SumLength;
            var walk = new TapWalk
            {
                Depth = g.OutWidth,
                LeftOffsets = (nint*)offsets,
                RightOffsets = (nint*)offsets + plan.ChunkLines,
                LeftRowStep = 1,
                LeftDepthStep = (nint)g.Columns.Stride * g.Channels,
                RightDepthStep = (nint)plan.OutputPitch * g.Groups,
            };
            for (int chunk = firstChunk; chunk < endChunk; chunk++)
            {
                (nint leftSide, nint rightSide) = Sides(owner.windows[member], chunk, out walk.Segments);
                for (WeightTile* tile = first; tile < end; tile++)
                {
                    float* to = own + tile->Sums;
                    TapKernel.Run(tile->Rows, tile->Vectors, walk, (float*)leftSide + tile->Left, (float*)rightSide + tile->Right, to, plan.SumPitch, chunk > firstChunk ? to : null, plan.SumPitch);
                }
            }
        }

        /// <summary>A chunk of the source with the zeros that windows reach, and of the result with whole vectors: where they lie when that is so there, else copied.</summary>
        private (nint Left, nint Right) Sides(GrowingBuffer<float> scratch, int chunk, out int lines)
        {
            (int image, int line, lines) = plan.Chunk(g, chunk);
            var source = new Plane((float*)x, g.Height, g.Width, g.Channels);
            nint left = (nint)source.At(image, line * g.Rows.Stride, 0), right = (nint)((float*)dy + g.Output(image, line, 0));
            int images = (lines + g.OutHeight - 1) / g.OutHeight, linesOfImage = Math.Min(lines, g.OutHeight), high = (linesOfImage - 1) * g.Rows.Stride + (g.KernelHeight - 1) * g.Rows.Dilation + 1;
            float* to = scratch.Take((long)images * high * plan.WindowWidth * g.Channels + (long)lines * g.OutWidth * g.Groups * plan.OutputPitch);
            if (plan.IsPadded)
            {
                left = (nint)to;
                for (int i = 0; i < images; i++, to += (nint)high * plan.WindowWidth * g.Channels)
                {
                    TapWindow.Copy(source, image + i, line * g.Rows.Stride - g.Rows.Before, -g.Columns.Before, high, plan.WindowWidth, to);
                }
            }

            if (!plan.HasWholeOutputs(g))
            {
                Spread((float*)right, lines * g.OutWidth * g.Groups, to);
                right = (nint)to;
            }

            return (left, right);
        }

        /// <summary>Outputs with zeros after each group, so that whole vectors can be read.</summary>
        private void Spread(float* from, int rows, float* to)
        {
            for (int row = 0; row < rows; row++, from += g.GroupOutputs, to += plan.OutputPitch)
            {
                new ReadOnlySpan<float>(from, g.GroupOutputs).CopyTo(new Span<float>(to, g.GroupOutputs));
                new Span<float>(to + g.GroupOutputs, plan.OutputPitch - g.GroupOutputs).Clear();
            }
        }
    }

    /// <summary>Adds the sums of all groups of chunks, in order, to some weights of the outputs of one panel.</summary>
    private readonly struct GatherWork(ConvolutionGeometry g, WeightPlan plan, nint sums, nint dw) : ITeamWork
    {
        private const int Weights = 64, Width = 16;

        public int Count => plan.SumPanels * Parts;

        private int Parts => (g.KernelLength + Weights - 1) / Weights;

        public void Run(int item, int member)
        {
            int panel = item / Parts, first = item % Parts * Weights, end = Math.Min(g.KernelLength, first + Weights);
            (int output, int outputs) = plan.Outputs(g, panel);
            float* from = (float*)sums + ((nint)panel * g.KernelLength + first) * plan.SumPitch, to = (float*)dw + (nint)output * g.KernelLength + first;
            float* all = stackalloc float[Width];
            for (int k = first; k < end; k++, from += plan.SumPitch, to++)
            {
                for (int o = 0; o < outputs; o += Width)
                {
                    int lanes = Math.Min(Width, outputs - o);
                    Add(from + o, Math.Min(Width, plan.SumPitch - o), all);
                    for (int lane = 0; lane < lanes; lane++)
                    {
                        to[(nint)(o + lane) * g.KernelLength] += all[lane];
                    }
                }
            }
        }

        private void Add(float* from, int lanes, float* all)
        {
            if (lanes == Width)
            {
                Vector512<float> sum = Vector512.Load(from);
                for (int i = 1; i < plan.Sums; i++)
                {
                    sum += Vector512.Load(from + i * plan.SumLength);
                }

                sum.Store(all);
                return;
            }

            for (int lane = 0; lane < lanes; lane++)
            {
                all[lane] = from[lane];
                for (int i = 1; i < plan.Sums; i++)
                {
                    all[lane] += from[i * plan.SumLength + lane];
                }
            }
        }
    }
}
