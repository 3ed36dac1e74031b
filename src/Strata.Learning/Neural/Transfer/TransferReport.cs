using Strata.Learning.Data;

namespace Strata.Learning.Neural.Transfer;

/// <summary>What became of weights from elsewhere, by name.</summary>
/// <param name="Matched">Parameters that begin from them.</param>
/// <param name="Missing">Parameters of the network that they do not have, and which begin by chance.</param>
/// <param name="Reshaped">Parameters that they have in another shape or for other levels, such as a head for other classes, and which begin by chance.</param>
/// <param name="Unused">What they have and the network has not.</param>
public sealed record TransferReport(IReadOnlyList<string> Matched, IReadOnlyList<string> Missing, IReadOnlyList<string> Reshaped, IReadOnlyList<string> Unused)
{
    private const int Listed = 8;

    /// <summary>One sentence for each part that is not empty.</summary>
    public IReadOnlyList<string> Sentences =>
    [
        $"{Matched.Count} of {Matched.Count + Missing.Count + Reshaped.Count} parameters begin from the given weights.",
        .. Reshaped.Count > 0 ? [$"New, because the given ones are of another shape or for other levels: {NearNames.List([.. Reshaped], Listed)}."] : Array.Empty<string>(),
        .. Missing.Count > 0 ? [$"New, because the given weights do not have them: {NearNames.List([.. Missing], Listed)}."] : Array.Empty<string>(),
        .. Unused.Count > 0 ? [$"Given, but not part of this network: {NearNames.List([.. Unused], Listed)}."] : Array.Empty<string>(),
    ];
}
