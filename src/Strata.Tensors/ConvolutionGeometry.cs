namespace Strata.Tensors;

/// <summary>
/// The lengths of a convolution: images [batch, height, width, channels] under kernels [outputs, kernel height, kernel width, channels / groups] become
/// [batch, out height, out width, outputs]. Series are images of height 1. Poolings have as many groups and outputs as channels.
/// </summary>
public readonly record struct ConvolutionGeometry(
    int Batch, int Height, int Width, int Channels, int Outputs, int KernelHeight, int KernelWidth, int Groups, Sliding Rows, Sliding Columns)
{
    public int OutHeight { get; } = Rows.Windows(Height, KernelHeight);

    public int OutWidth { get; } = Columns.Windows(Width, KernelWidth);

    public int GroupChannels => Channels / Groups;

    public int GroupOutputs => Outputs / Groups;

    public int Taps => KernelHeight * KernelWidth;

    /// <summary>Weights of one output.</summary>
    public int KernelLength => Taps * GroupChannels;

    /// <summary>Each channel has one kernel of its own.</summary>
    public bool IsDepthwise => Groups == Channels && Outputs == Channels && Groups > 1;

    /// <summary>One tap on every place: a product of matrices.</summary>
    public bool IsPointwise => Taps == 1 && Groups == 1 && Rows == default && Columns == default;

    /// <summary>Where the numbers of an image's place begin.</summary>
    public nint Input(int image, int row, int column) => (((nint)image * Height + row) * Width + column) * Channels;

    /// <summary>Where the numbers of a result's place begin.</summary>
    public nint Output(int image, int row, int column) => (((nint)image * OutHeight + row) * OutWidth + column) * Outputs;

    /// <summary>The row and column under a tap, or false where it lies in the padding.</summary>
    public bool TryPlace(int outRow, int outColumn, int tap, out int row, out int column)
    {
        row = Rows.Place(outRow, tap / KernelWidth);
        column = Columns.Place(outColumn, tap % KernelWidth);
        return (uint)row < (uint)Height && (uint)column < (uint)Width;
    }

    /// <summary>Taps of a window that do not lie in the padding.</summary>
    public int TapsInside(int outRow, int outColumn)
    {
        int inside = 0;
        for (int tap = 0; tap < Taps; tap++)
        {
            inside += TryPlace(outRow, outColumn, tap, out _, out _) ? 1 : 0;
        }

        return inside;
    }
}
