namespace Strata.Platform;

/// <summary>Nothing of that kind has that id.</summary>
public sealed class NotFoundException(string message) : Exception(message)
{
    public static NotFoundException Of(string noun, string id) => new($"There is no {noun} '{id}'.");
}
