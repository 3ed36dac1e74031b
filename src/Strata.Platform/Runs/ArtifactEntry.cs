namespace Strata.Platform.Runs;

/// <summary>A file or folder among artifacts.</summary>
/// <param name="Path">Its path from the root of its owner's artifacts.</param>
/// <param name="Bytes">Its size; null for a folder.</param>
public sealed record ArtifactEntry(string Path, long? Bytes)
{
    public bool IsFolder => Bytes is null;

    /// <summary>What lies directly in a folder; the empty path is the root.</summary>
    public static IReadOnlyList<ArtifactEntry> In(string folder, IEnumerable<Artifact> all)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(all);
        string prefix = folder.Length == 0 ? string.Empty : $"{folder}/";
        var entries = new SortedDictionary<string, ArtifactEntry>(StringComparer.Ordinal);
        foreach (Artifact artifact in all.Where(artifact => artifact.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            int end = artifact.Name.IndexOf('/', prefix.Length);
            string path = end < 0 ? artifact.Name : artifact.Name[..end];
            entries[path] = new ArtifactEntry(path, end < 0 ? artifact.Bytes : null);
        }

        return [.. entries.Values];
    }
}
