using Strata.Learning.Data;

namespace Strata.Platform.Runs;

/// <summary>Addresses of artifacts that this server keeps, <c>mlflow-artifacts:/path</c>, and the paths within them.</summary>
public static class ArtifactAddress
{
    public const string Scheme = "mlflow-artifacts:/";

    private const int MostCharacters = 2000;
    private const int MostDecodings = 5;

    public static string OfExperiment(string experimentId) => $"{Scheme}{experimentId}";

    public static string OfRun(string experimentLocation, string runId) => $"{experimentLocation.TrimEnd('/')}/{runId}/artifacts";

    public static string OfLoggedModel(string experimentLocation, string modelId) => $"{experimentLocation.TrimEnd('/')}/models/{modelId}/artifacts";

    /// <summary>The path within an address of this server; null where the address is another's.</summary>
    public static string? PathOf(string address)
    {
        ArgumentNullException.ThrowIfNull(address);

        // With two slashes a host follows, and the address is that host's.
        return address.StartsWith(Scheme, StringComparison.Ordinal) && !address.AsSpan(Scheme.Length).StartsWith("/") ? address[Scheme.Length..].TrimEnd('/') : null;
    }

    /// <summary>A relative path with forward slashes that stays where it is put, however often it is decoded.</summary>
    /// <exception cref="DataException">It is none.</exception>
    public static string Check(string path, string what = "The artifact path")
    {
        ArgumentNullException.ThrowIfNull(path);
        string decoded = path;
        for (int i = 0; i < MostDecodings; i++)
        {
            if (Problem(decoded) is string problem)
            {
                throw new DataException($"{what} '{Shown(path)}' {problem}.");
            }

            string next = Uri.UnescapeDataString(decoded);
            if (next == decoded)
            {
                return path;
            }

            decoded = next;
        }

        throw new DataException($"{what} '{Shown(path)}' is percent-encoded again and again.");
    }

    private static string? Problem(string path) =>
        path.Length is 0 or > MostCharacters ? $"has {path.Length} characters; expected 1 to {MostCharacters}"
        : path.AsSpan().ContainsAny('\\', '#', '?') ? "contains a back-slash, '#' or '?'"
        : path.Any(char.IsControl) ? "contains a control character"
        : path[0] == '/' || path.Split('/').Any(part => part is "" or "." or "..") ? "is not a plain relative path"
        : path.Contains(':', StringComparison.Ordinal) && (path.IndexOf(':', StringComparison.Ordinal) == 1 || path.Contains("://", StringComparison.Ordinal)) ? "names a drive or another place"
        : null;

    private static string Shown(string path) => path.Length > 200 ? $"{path[..200]}..." : path;
}
