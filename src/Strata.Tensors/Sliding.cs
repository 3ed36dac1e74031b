namespace Strata.Tensors;

/// <summary>How a window goes along one axis; the default takes every place where it fits.</summary>
public readonly record struct Sliding
{
    // One less each, so that no numbers at all mean steps of one place.
    private readonly int furtherStride, furtherDilation;

    /// <param name="stride">Places from one window to the next.</param>
    /// <param name="dilation">Places from one tap of a window to the next.</param>
    /// <param name="before">Zeros that are thought before the first place.</param>
    /// <param name="after">Zeros that are thought after the last place.</param>
    public Sliding(int stride = 1, int dilation = 1, int before = 0, int after = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stride);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dilation);
        ArgumentOutOfRangeException.ThrowIfNegative(before);
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        (furtherStride, furtherDilation, Before, After) = (stride - 1, dilation - 1, before, after);
    }

    public int Stride => furtherStride + 1;

    public int Dilation => furtherDilation + 1;

    public int Before { get; }

    public int After { get; }

    /// <summary>As many windows as there are strides in the axis; an odd place of padding comes last.</summary>
    public static Sliding Same(int size, int stride = 1, int dilation = 1)
    {
        int padding = (size - 1) * dilation;
        return new Sliding(stride, dilation, padding / 2, padding - padding / 2);
    }

    /// <summary>One window for each place, which sees that place and earlier ones only.</summary>
    public static Sliding Causal(int size, int dilation = 1) => new(1, dilation, (size - 1) * dilation);

    /// <summary>How many windows of so many taps there are; none or less where not even one fits.</summary>
    public int Windows(int length, int size)
    {
        int room = length + Before + After - (size - 1) * Dilation - 1;
        return room < 0 ? 0 : room / Stride + 1;
    }

    /// <summary>The place of a tap of a window, in the axis or in the padding around it.</summary>
    public int Place(int window, int tap) => window * Stride + tap * Dilation - Before;
}
