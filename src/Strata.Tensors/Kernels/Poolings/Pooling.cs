namespace Strata.Tensors.Kernels.Poolings;

/// <summary>Poolings of float32 images and series, shared over a team by images.</summary>
/// <param name="team">Its owner keeps it alive.</param>
internal sealed unsafe class Pooling(ThreadTeam team)
{
    /// <summary>Columns of a piece where whole series are pooled.</summary>
    private const int PieceColumns = 128;

    /// <summary>The largest number of each window and its tap.</summary>
    public void Max(in ConvolutionGeometry g, float* x, float* y, int* chosen)
    {
        var work = new Windows(g, (nint)x, (nint)y, (nint)chosen, Kind.Max, adds: true);
        team.Run(ref work, g.Batch);
    }

    public void MaxBack(in ConvolutionGeometry g, float* dy, int* chosen, float* dx, bool adds)
    {
        var work = new Windows(g, (nint)dx, (nint)dy, (nint)chosen, Kind.MaxBack, adds);
        team.Run(ref work, g.Batch);
    }

    /// <summary>The mean of each window.</summary>
    public void Mean(in ConvolutionGeometry g, float* x, float* y, bool countsPadding)
    {
        var work = new Windows(g, (nint)x, (nint)y, 0, countsPadding ? Kind.MeanWithPadding : Kind.Mean, adds: true);
        team.Run(ref work, g.Batch);
    }

    public void MeanBack(in ConvolutionGeometry g, float* dy, float* dx, bool countsPadding, bool adds)
    {
        var work = new Windows(g, (nint)dx, (nint)dy, 0, countsPadding ? Kind.MeanBackWithPadding : Kind.MeanBack, adds);
        team.Run(ref work, g.Batch);
    }

    /// <summary>The largest number of each column over the steps of each series.</summary>
    public void MaxSteps(in StepSpan span, float* x, float* y, int* chosen)
    {
        var work = new Columns(span, (nint)x, (nint)y, (nint)chosen);
        team.Run(ref work, span.Batch * work.Pieces);
    }

    /// <summary>The mean of each column over the steps of each series.</summary>
    public void MeanSteps(in StepSpan span, float* x, float* y)
    {
        var work = new Columns(span, (nint)x, (nint)y, 0);
        team.Run(ref work, span.Batch * work.Pieces);
    }

    public void MaxStepsBack(in StepSpan span, float* dy, int* chosen, float* dx, bool adds)
    {
        var work = new ColumnsBack(span, (nint)dy, (nint)chosen, (nint)dx, adds);
        team.Run(ref work, span.Batch);
    }

    public void MeanStepsBack(in StepSpan span, float* dy, float* dx, bool adds)
    {
        var work = new ColumnsBack(span, (nint)dy, 0, (nint)dx, adds);
        team.Run(ref work, span.Batch);
    }

    private enum Kind
    {
        Max,
        MaxBack,
        Mean,
        MeanWithPadding,
        MeanBack,
        MeanBackWithPadding,
    }

    /// <summary>All windows of one image.</summary>
    private readonly struct Windows(ConvolutionGeometry g, nint x, nint y, nint chosen, Kind kind, bool adds) : ITeamWork
    {
        public void Run(int item, int member)
        {
            float* px = (float*)x, py = (float*)y;
            if (!adds)
            {
                new Span<float>(px + g.Input(item, 0, 0), g.Height * g.Width * g.Channels).Clear();
            }

            for (int row = 0; row < g.OutHeight; row++)
            {
                switch (kind)
                {
                    case Kind.Max: PoolKernel.MaxLine(g, item, row, px, py, (int*)chosen); break;
                    case Kind.MaxBack: PoolKernel.MaxLineBack(g, item, row, py, (int*)chosen, px); break;
                    case Kind.Mean or Kind.MeanWithPadding: PoolKernel.MeanLine(g, item, row, px, py, kind == Kind.MeanWithPadding); break;
                    default: PoolKernel.MeanLineBack(g, item, row, py, px, kind == Kind.MeanBackWithPadding); break;
                }
            }
        }
    }

    /// <summary>Some columns of one series; the mean where nothing is chosen.</summary>
    private readonly struct Columns(StepSpan span, nint x, nint y, nint chosen) : ITeamWork
    {
        public int Pieces => (span.Width + PieceColumns - 1) / PieceColumns;

        public void Run(int item, int member)
        {
            int series = item / Pieces, column = item % Pieces * PieceColumns, columns = Math.Min(PieceColumns, span.Width - column), steps = span.Length(series);
            float* from = (float*)x + (nint)series * span.Steps * span.Width + column, to = (float*)y + (nint)series * span.Width + column;
            if (chosen != 0)
            {
                PoolKernel.MaxRows(from, steps, span.Width, columns, to, (int*)chosen + (nint)series * span.Width + column);
            }
            else
            {
                PoolKernel.MeanRows(from, steps, span.Width, columns, to);
            }
        }
    }

    /// <summary>The gradient of one series.</summary>
    private readonly struct ColumnsBack(StepSpan span, nint dy, nint chosen, nint dx, bool adds) : ITeamWork
    {
        public void Run(int item, int member)
        {
            float* from = (float*)dy + (nint)item * span.Width, to = (float*)dx + (nint)item * span.Steps * span.Width;
            int steps = span.Length(item);
            if (!adds)
            {
                new Span<float>(to, span.Steps * span.Width).Clear();
            }

            if (chosen != 0)
            {
                int* rows = (int*)chosen + (nint)item * span.Width;
                for (int c = 0; c < span.Width; c++)
                {
                    to[(nint)rows[c] * span.Width + c] += from[c];
                }
            }
            else
            {
                for (int step = 0; step < steps; step++)
                {
                    PoolKernel.AddScaled(from, 1f / steps, to + (nint)step * span.Width, span.Width);
                }
            }
        }
    }
}
