namespace Strata.Server.Mlflow;

/// <summary>A tag or parameter as MLflow sends it.</summary>
internal sealed record WireTag
{
    public WireTag()
    {
    }

    public WireTag(string key, string value) => (Key, Value) = (key, value);

    public string? Key { get; init; }

    public string? Value { get; init; }

    public static IReadOnlyList<WireTag>? Of(IReadOnlyDictionary<string, string> tags) => ((IReadOnlyList<WireTag>)[.. tags.Select(tag => new WireTag(tag.Key, tag.Value))]).OrNull();
}
