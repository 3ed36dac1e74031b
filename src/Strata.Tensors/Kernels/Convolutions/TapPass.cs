namespace Strata.Tensors.Kernels.Convolutions;

/// <summary>
/// One walk of taps over a grid: target[i, j] = sum over taps of source[i stride + tap row, j stride + tap column] times the tap's matrix. A convolution is one pass; the gradient
/// of its data is one for each phase of its stride, since places that lie a stride apart see the same taps.
/// </summary>
internal unsafe struct TapPass
{
    public Plane Source, Target;

    public int Images, Groups;

    /// <summary>How many places the grid has, down and across.</summary>
    public int GridRows, GridColumns;

    /// <summary>Places in the source from one place of the grid to the next.</summary>
    public int SourceRowStep, SourceColumnStep;

    /// <summary>Where the grid lies in the target.</summary>
    public int FirstRow, FirstColumn, TargetRowStep, TargetColumnStep;

    /// <summary>Taps of the kernel; none where a phase has none.</summary>
    public TapLine Down, Across;

    /// <summary>Weights of a tap: from one channel of the source, and of the target, to the next, from tap to tap, and from one group to the next.</summary>
    public nint WeightSourceStep, WeightTargetStep, WeightTapStep, WeightGroupStep;

    public int KernelWidth;

    public readonly int Taps => Down.Count * Across.Count;

    public readonly int GroupSource => Source.Channels / Groups;

    public readonly int GroupTarget => Target.Channels / Groups;

    /// <summary>Whether neighbouring taps across lie side by side in the source, so that several count as one longer one.</summary>
    public readonly bool HasRuns => Groups == 1 && Across.Step == 1;

    /// <summary>Whether each channel has a kernel of its own.</summary>
    public readonly bool IsDepthwise => Groups > 1 && Source.Channels == Groups && Target.Channels == Groups;

    public static TapPass Forward(in ConvolutionGeometry g, float* x, float* y) => new()
    {
        Source = new Plane(x, g.Height, g.Width, g.Channels),
        Target = new Plane(y, g.OutHeight, g.OutWidth, g.Outputs),
        Images = g.Batch,
        Groups = g.Groups,
        GridRows = g.OutHeight,
        GridColumns = g.OutWidth,
        SourceRowStep = g.Rows.Stride,
        SourceColumnStep = g.Columns.Stride,
        TargetRowStep = 1,
        TargetColumnStep = 1,
        Down = TapLine.Forward(g.Rows, g.KernelHeight),
        Across = TapLine.Forward(g.Columns, g.KernelWidth),
        WeightSourceStep = 1,
        WeightTargetStep = g.KernelLength,
        WeightTapStep = g.GroupChannels,
        WeightGroupStep = (nint)g.GroupOutputs * g.KernelLength,
        KernelWidth = g.KernelWidth,
    };

    /// <summary>The gradient of the data at the places of one phase of the strides.</summary>
    public static TapPass Backward(in ConvolutionGeometry g, float* dy, float* dx, int rowPhase, int columnPhase) => new()
    {
        Source = new Plane(dy, g.OutHeight, g.OutWidth, g.Outputs),
        Target = new Plane(dx, g.Height, g.Width, g.Channels),
        Images = g.Batch,
        Groups = g.Groups,
        GridRows = (g.Height - rowPhase + g.Rows.Stride - 1) / g.Rows.Stride,
        GridColumns = (g.Width - columnPhase + g.Columns.Stride - 1) / g.Columns.Stride,
        SourceRowStep = 1,
        SourceColumnStep = 1,
        FirstRow = rowPhase,
        FirstColumn = columnPhase,
        TargetRowStep = g.Rows.Stride,
        TargetColumnStep = g.Columns.Stride,
        Down = TapLine.Backward(g.Rows, g.KernelHeight, rowPhase),
        Across = TapLine.Backward(g.Columns, g.KernelWidth, columnPhase),
        WeightSourceStep = g.KernelLength,
        WeightTargetStep = 1,
        WeightTapStep = g.GroupChannels,
        WeightGroupStep = (nint)g.GroupOutputs * g.KernelLength,
        KernelWidth = g.KernelWidth,
    };

    /// <summary>A tap's number in the kernel, by its number in the order of the source.</summary>
    public readonly int KernelTap(int tap) => Down.Number(tap / Across.Count) * KernelWidth + Across.Number(tap % Across.Count);
}

/// <summary>Images of equal size, channels innermost.</summary>
internal readonly unsafe struct Plane(float* first, int height, int width, int channels)
{
    public readonly float* First = first;

    public readonly int Height = height, Width = width, Channels = channels;

    public float* At(int image, int row, int column) => First + (((nint)image * Height + row) * Width + column) * Channels;
}
