namespace Strata.Learning.Search;

/// <summary>A parameter only counts while another, earlier one has one of some values.</summary>
/// <param name="Parameter">The name of the earlier parameter.</param>
/// <param name="Values">The values, as text; true and false for a boolean.</param>
public sealed record Condition(string Parameter, IReadOnlyList<string> Values)
{
    public bool Equals(Condition? other) => other is not null && Parameter == other.Parameter && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => Parameter.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"{Parameter}={string.Join('|', Values)}";
}
