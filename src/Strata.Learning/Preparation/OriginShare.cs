namespace Strata.Learning.Preparation;

/// <summary>An original column and its share, up to one, in a prepared column.</summary>
public sealed record OriginShare(string Column, double Share)
{
    /// <summary>The origins of a column made of several in equal parts.</summary>
    internal static IReadOnlyList<OriginShare> Mix(IReadOnlyList<IReadOnlyList<OriginShare>> sources) => sources.Count == 1
        ? sources[0]
        : [.. sources.SelectMany(origins => origins).GroupBy(origin => origin.Column, StringComparer.Ordinal).Select(group => new OriginShare(group.Key, group.Sum(origin => origin.Share) / sources.Count))];
}
