using Strata.Tensors.Kernels.Products;

namespace Strata.Tensors.Kernels.Convolutions;

/// <summary>Runs passes of taps over a team: each block of places is computed by one member in a fixed order, so that the bits do not depend on how many there are.</summary>
internal sealed unsafe class TapSweep(ThreadTeam team) : IDisposable
{
    private readonly GrowingBuffer<float> panels = new();
    private readonly GrowingBuffer<nint> offsets = new();
    private readonly GrowingBuffer<float>[] windows = [.. Enumerable.Range(0, team.Size).Select(_ => new GrowingBuffer<float>())];

    /// <summary>Sets the target, or adds to it.</summary>
    /// <param name="pass">What is walked.</param>
    /// <param name="weights">By the pass's steps.</param>
    /// <param name="bias">A number for each channel of the target, or null.</param>
    /// <param name="adds">Whether the sums are added to what the target has; then there is no bias.</param>
    public void Run(in TapPass pass, float* weights, float* bias, bool adds)
    {
        if (pass.Taps == 0)
        {
            Empty(pass, bias, adds);
            return;
        }

        var plan = new TapPlan(pass);
        float* packed = pass.IsDepthwise ? Turned(pass, weights) : Packed(pass, plan, weights);

        // Left offsets in a window, in the source itself, and right ones.
        nint* table = offsets.Take(3L * plan.Segments);
        for (int segment = 0; segment < plan.Segments; segment++)
        {
            int tap = segment * plan.TapsOfSegment;
            nint down = tap / pass.Across.Count * pass.Down.Step, across = (nint)(tap % pass.Across.Count) * pass.Across.Step;
            table[segment] = (down * plan.WindowColumns + across) * pass.Source.Channels;
            table[plan.Segments + segment] = (down * pass.Source.Width + across) * pass.Source.Channels;
            table[2 * plan.Segments + segment] = (nint)segment * plan.Depth * TapKernel.MostColumns;
        }

        var blocks = new BlockWork(this, pass, plan, (nint)packed, (nint)table, (nint)bias, adds);
        team.Run(ref blocks, pass.Images * plan.RowBlocks * plan.ColumnBlocks);
    }

    public void Dispose()
    {
        panels.Dispose();
        offsets.Dispose();
        foreach (GrowingBuffer<float> window in windows)
        {
            window.Dispose();
        }
    }

    /// <summary>Weights in panels of 32 columns, taps in the order of the source.</summary>
    private float* Packed(in TapPass pass, in TapPlan plan, float* weights)
    {
        float* to = panels.Take((long)pass.Groups * plan.Panels * plan.PanelLength);
        var work = new PanelWork(pass, plan, (nint)weights, (nint)to);
        team.Run(ref work, pass.Groups * plan.Panels);
        return to;
    }

    /// <summary>Weights of channels with kernels of their own, channels side by side.</summary>
    private float* Turned(in TapPass pass, float* weights)
    {
        float* to = panels.Take((long)pass.Taps * pass.Groups);
        for (int tap = 0; tap < pass.Taps; tap++)
        {
            float* from = weights + pass.KernelTap(tap) * pass.WeightTapStep;
            for (int channel = 0; channel < pass.Groups; channel++)
            {
                to[(nint)tap * pass.Groups + channel] = from[channel * pass.WeightGroupStep];
            }
        }

        return to;
    }

    /// <summary>Where no tap comes, there is the bias alone.</summary>
    private static void Empty(in TapPass pass, float* bias, bool adds)
    {
        for (int row = 0; !adds && row < pass.Images * pass.GridRows; row++)
        {
            for (int column = 0; column < pass.GridColumns; column++)
            {
                var to = new Span<float>(
                    pass.Target.At(row / pass.GridRows, pass.FirstRow + row % pass.GridRows * pass.TargetRowStep, pass.FirstColumn + column * pass.TargetColumnStep), pass.Target.Channels);
                if (bias is null)
                {
                    to.Clear();
                }
                else
                {
                    new ReadOnlySpan<float>(bias, to.Length).CopyTo(to);
                }
            }
        }
    }

    private readonly struct PanelWork(TapPass pass, TapPlan plan, nint weights, nint packed) : ITeamWork
    {
        public void Run(int item, int member)
        {
            int group = item / plan.Panels, column = item % plan.Panels * TapKernel.MostColumns, columns = Math.Min(TapKernel.MostColumns, pass.GroupTarget - column), depth = pass.GroupSource;
            float* to = (float*)packed + (nint)item * plan.PanelLength;
            for (int tap = 0; tap < pass.Taps; tap++, to += depth * TapKernel.MostColumns)
            {
                float* from = (float*)weights + group * pass.WeightGroupStep + pass.KernelTap(tap) * pass.WeightTapStep + column * pass.WeightTargetStep;
                Packing.Right(new MatrixView((nint)from, depth, columns, pass.WeightSourceStep, pass.WeightTargetStep), to);
            }
        }
    }

    /// <summary>One block of places.</summary>
    private readonly struct BlockWork(TapSweep owner, TapPass pass, TapPlan plan, nint packed, nint offsets, nint bias, bool adds) : ITeamWork
    {
        public void Run(int item, int member)
        {
            int blocks = plan.RowBlocks * plan.ColumnBlocks, image = item / blocks, row = item % blocks / plan.ColumnBlocks * plan.BlockRows, column = item % plan.ColumnBlocks * plan.BlockColumns;
            int rows = Math.Min(plan.BlockRows, pass.GridRows - row), columns = Math.Min(plan.BlockColumns, pass.GridColumns - column);
            float* scratch = owner.windows[member].Take((long)plan.WindowRows * plan.WindowColumns * pass.Source.Channels + 2 * TapKernel.MostRows * TapKernel.MostColumns);
            (nint first, nint rowStep, bool copied) = Window(image, row, column, rows, columns, scratch + 2 * TapKernel.MostRows * TapKernel.MostColumns);
            float* target = pass.Target.At(image, pass.FirstRow + row * pass.TargetRowStep, pass.FirstColumn + column * pass.TargetColumnStep);
            nint targetRowStep = (nint)pass.TargetRowStep * pass.Target.Width * pass.Target.Channels;
            nint* left = (nint*)offsets + (copied ? 0 : plan.Segments);
            if (pass.IsDepthwise)
            {
                Depthwise(rows, columns, (float*)first, rowStep, left, target, targetRowStep);
                return;
            }

            for (int panel = 0; panel < pass.Groups * plan.Panels; panel++)
            {
                for (int segment = 0; segment < plan.Segments; segment += plan.SegmentsAtOnce)
                {
                    Panel(panel, segment, rows, columns, (float*)first, rowStep, left, target, targetRowStep, scratch);
                }
            }
        }

        private void Depthwise(int rows, int columns, float* first, nint rowStep, nint* left, float* target, nint targetRowStep)
        {
            nint leftStep = (nint)pass.SourceColumnStep * pass.Source.Channels, targetStep = (nint)pass.TargetColumnStep * pass.Target.Channels;
            for (int r = 0; r < rows; r++, first += rowStep, target += targetRowStep)
            {
                DepthwiseKernel.Line(pass.Taps, left, columns, pass.Groups, first, leftStep, (float*)packed, target, targetStep, adds ? target : (float*)bias, adds ? targetStep : 0);
            }
        }

        /// <summary>Some segments of one panel of columns, over all places of the block.</summary>
        private void Panel(int panel, int segment, int rows, int columns, float* first, nint rowStep, nint* left, float* target, nint targetRowStep, float* tile)
        {
            int group = panel / plan.Panels, at = panel % plan.Panels * TapKernel.MostColumns, channel = group * pass.GroupTarget + at, width = Math.Min(TapKernel.MostColumns, pass.GroupTarget - at);
            var walk = new TapWalk
            {
                Segments = Math.Min(plan.SegmentsAtOnce, plan.Segments - segment),
                Depth = plan.Depth,
                LeftOffsets = left + segment,
                RightOffsets = (nint*)offsets + 2 * plan.Segments + segment,
                LeftRowStep = (nint)pass.SourceColumnStep * pass.Source.Channels,
                LeftDepthStep = 1,
                RightDepthStep = TapKernel.MostColumns,
            };
            float* from = first + group * pass.GroupSource, to = target + channel, right = (float*)packed + (nint)panel * plan.PanelLength;
            bool addsNow = adds || segment > 0;
            for (int r = 0; r < rows; r++, from += rowStep, to += targetRowStep)
            {
                Line(walk, columns, width, from, right, to, addsNow ? to : bias == 0 ? null : (float*)bias + channel, addsNow, tile);
            }
        }

        /// <summary>The part of the source that a block sees: where it lies when that is inside the image, else a copy with zeros around.</summary>
        private (nint First, nint RowStep, bool IsCopied) Window(int image, int row, int column, int rows, int columns, float* scratch)
        {
            int top = row * pass.SourceRowStep + pass.Down.First, left = column * pass.SourceColumnStep + pass.Across.First;
            int high = (rows - 1) * pass.SourceRowStep + pass.Down.Last - pass.Down.First + 1, wide = (columns - 1) * pass.SourceColumnStep + pass.Across.Last - pass.Across.First + 1;
            if (top >= 0 && left >= 0 && top + high <= pass.Source.Height && left + wide <= pass.Source.Width)
            {
                return ((nint)pass.Source.At(image, top, left), (nint)pass.SourceRowStep * pass.Source.Width * pass.Source.Channels, false);
            }

            TapWindow.Copy(pass.Source, image, top, left, high, plan.WindowColumns, scratch);
            return ((nint)scratch, (nint)pass.SourceRowStep * plan.WindowColumns * pass.Source.Channels, true);
        }

        /// <summary>The tiles of one line of places.</summary>
        private void Line(in TapWalk walk, int columns, int width, float* left, float* right, float* target, float* start, bool startsEach, float* tile)
        {
            int vectors = width > TapKernel.VectorColumns ? 2 : 1, rows;
            nint targetStep = (nint)pass.TargetColumnStep * pass.Target.Channels, startStep = startsEach ? targetStep : 0;
            bool isWhole = width == vectors * TapKernel.VectorColumns;
            for (int from = 0; from < columns; from += rows)
            {
                rows = TapKernel.Rows(columns - from, vectors);
                float* at = target + from * targetStep, startAt = start is null ? null : start + from * startStep;
                if (isWhole)
                {
                    TapKernel.Run(rows, vectors, walk, left + from * walk.LeftRowStep, right, at, targetStep, startAt, startStep);
                }
                else
                {
                    TapKernel.Run(rows, vectors, walk, left + from * walk.LeftRowStep, right, tile, TapKernel.MostColumns, null, 0);
                    Copy(tile, rows, width, at, targetStep, startAt, startStep);
                }
            }
        }

        private static void Copy(float* tile, int rows, int width, float* to, nint step, float* start, nint startStep)
        {
            for (int row = 0; row < rows; row++, tile += TapKernel.MostColumns, to += step)
            {
                for (int j = 0; j < width; j++)
                {
                    to[j] = start is null ? tile[j] : tile[j] + start[row * startStep + j];
                }
            }
        }
    }
}
