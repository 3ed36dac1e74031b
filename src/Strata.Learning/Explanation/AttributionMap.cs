namespace Strata.Learning.Explanation;

/// <summary>How much each place of an array counts: a heat map over time or over an image.</summary>
/// <param name="Column">The column of arrays.</param>
/// <param name="Height">Lines of pixels; 1 for series.</param>
/// <param name="Width">Steps, or columns of pixels.</param>
/// <param name="Channels">The channels that are told apart; one where all count together.</param>
/// <param name="Values">Row-major [height, width, channels].</param>
public sealed record AttributionMap(string Column, int Height, int Width, IReadOnlyList<string> Channels, IReadOnlyList<double> Values)
{
    /// <summary>By line and step: the sum over the channels.</summary>
    public IReadOnlyList<double> Total => [.. Values.Chunk(Channels.Count).Select(channels => channels.Sum())];
}
