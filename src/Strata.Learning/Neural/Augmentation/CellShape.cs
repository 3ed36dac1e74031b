namespace Strata.Learning.Neural.Augmentation;

/// <summary>The sizes of one encoded cell: a series [steps, 1, channels], an image [height, width, channels] or points [points, 1, channels].</summary>
/// <param name="Height">Steps, points or rows of pixels.</param>
/// <param name="Width">Pixels in a row; 1 for series and points.</param>
/// <param name="Channels">Of the network's input.</param>
/// <param name="Measured">The first so many channels are measured numbers; those behind them tell which steps were missing.</param>
public readonly record struct CellShape(int Height, int Width, int Channels, int Measured)
{
    /// <summary>Numbers of one step, point or row of pixels.</summary>
    public int RowLength => Width * Channels;

    public int Count => Height * RowLength;
}
