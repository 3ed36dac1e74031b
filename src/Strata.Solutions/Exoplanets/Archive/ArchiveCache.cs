using System.Security.Cryptography;
using System.Text.Json;
using Strata.Learning.ModelFiles;

namespace Strata.Solutions.Exoplanets.Archive;

/// <summary>
/// The copies of the archive's tables on disk: <c>NAME.csv</c> with <c>NAME.json</c> beside it, and while a download is under way <c>NAME.csv.part</c>
/// with <c>NAME.csv.part.json</c>. A copy counts only when its hash is the one written down, so that a crash at any moment leaves nothing false.
/// </summary>
internal sealed class ArchiveCache
{
    public ArchiveCache(string directory, string table)
    {
        Directory.CreateDirectory(directory);
        TablePath = Path.Combine(directory, $"{table}.csv");
        AboutPath = Path.Combine(directory, $"{table}.json");
        PartialPath = TablePath + ".part";
        AboutPartialPath = PartialPath + ".json";
        LockPath = TablePath + ".lock";
    }

    public string TablePath { get; }

    public string AboutPath { get; }

    public string PartialPath { get; }

    public string AboutPartialPath { get; }

    private string LockPath { get; }

    /// <summary>The copy, or null when there is none or it is not what was written down.</summary>
    public CachedTable? Find()
    {
        CachedTable? about = Read<CachedTable>(AboutPath);
        var file = new FileInfo(TablePath);
        return about is not null && file.Exists && file.Length == about.Bytes && HashOf(TablePath) == about.ContentHash ? about : null;
    }

    /// <summary>Puts the finished download in the place of the old copy.</summary>
    public void Keep(CachedTable about)
    {
        File.Move(PartialPath, TablePath, overwrite: true);
        string written = AboutPath + ".new";
        File.WriteAllBytes(written, JsonSerializer.SerializeToUtf8Bytes(about, ModelFileJson.Options));
        File.Move(written, AboutPath, overwrite: true);
        File.Delete(AboutPartialPath);
    }

    /// <summary>How a partial download may be continued, or null when it has to start again.</summary>
    public PartialDownload? FindPartial(Uri query)
    {
        PartialDownload? partial = Read<PartialDownload>(AboutPartialPath);
        return partial is not null && partial.Query == query.AbsoluteUri && partial.Validator is not null && File.Exists(PartialPath) ? partial : null;
    }

    public void MarkPartial(PartialDownload partial) =>
        File.WriteAllBytes(AboutPartialPath, JsonSerializer.SerializeToUtf8Bytes(partial, ModelFileJson.Options));

    public void DropPartial()
    {
        File.Delete(PartialPath);
        File.Delete(AboutPartialPath);
    }

    /// <summary>Waits until no other process downloads the same table.</summary>
    public async Task<IDisposable> LockAsync(TimeProvider clock, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(LockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(LockPath))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), clock, cancellation).ConfigureAwait(false);
            }
        }
    }

    public static string HashOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static T? Read<T>(string path)
        where T : class
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), ModelFileJson.Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The marker beside a partial file.</summary>
/// <param name="Query">The address that it comes from.</param>
/// <param name="Validator">The server's strong entity tag, which names exactly these bytes; null when it gave none and the download cannot be continued.</param>
internal sealed record PartialDownload(string Query, string? Validator);
