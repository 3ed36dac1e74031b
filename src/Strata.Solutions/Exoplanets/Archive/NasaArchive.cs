using System.Globalization;

namespace Strata.Solutions.Exoplanets.Archive;

/// <summary>One mission's table from NASA's Exoplanet Archive: downloaded whole, kept on disk, and served from there when the archive cannot be reached.</summary>
public sealed class NasaArchive(Mission mission, ArchiveSettings? settings = null) : ITableSource
{
    private readonly ArchiveSettings settings = settings ?? new ArchiveSettings();

    public string Name => $"{mission.Name}_nasa";

    public string Title => $"{mission.Title} (NASA Exoplanet Archive)";

    public string Description => $"The archive's table '{mission.ArchiveTable}', downloaded from NASA and kept for offline use. Public domain.";

    public SourceKind Kind => SourceKind.Nasa;

    public string DatasetName => mission.Name;

    /// <summary>The copy when it is fresh, else a new download, else the old copy; the notes say which.</summary>
    public async Task<FetchedTable> FetchAsync(SourceRequest request, SourceContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var cache = new ArchiveCache(context.CacheDirectory, mission.ArchiveTable);
        using IDisposable turn = await cache.LockAsync(context.Clock, context.Cancellation).ConfigureAwait(false);
        CachedTable? copy = cache.Find();
        if (copy is not null && context.Clock.GetUtcNow() - copy.RetrievedAt < settings.Freshness)
        {
            return Give(cache, $"Copy of {Day(copy)}, {copy.RowCount} rows.");
        }

        try
        {
            CachedTable fetched = await DownloadAsync(cache, context).ConfigureAwait(false);
            return Give(cache, $"Downloaded from the NASA Exoplanet Archive on {Day(fetched)}: {fetched.RowCount} rows, {fetched.ColumnCount} columns.");
        }
        catch (SourceException e) when (copy is not null)
        {
            return Give(cache, $"{e.Message} The copy of {Day(copy)} was used instead.");
        }
        catch (SourceException e)
        {
            throw new SourceException(
                $"{e.Message} There is no earlier copy on this machine. Use simulated data ('{mission.Name}_simulated'), or download the table '{mission.ArchiveTable}' with a browser and upload it.", e);
        }
    }

    private async Task<CachedTable> DownloadAsync(ArchiveCache cache, SourceContext context)
    {
        Uri query = Query(context.ArchiveAddress ?? settings.Address);
        await new ArchiveDownload(query, $"'{mission.ArchiveTable}' from {query.Host}", cache, settings, context).RunAsync().ConfigureAwait(false);
        CsvShape shape;
        using (FileStream file = File.OpenRead(cache.PartialPath))
        {
            shape = CsvShape.Of(file);
        }

        string[] absent = [.. mission.Preset.Marks.Where(mark => !shape.Header.Contains(mark, StringComparer.Ordinal))];
        if (absent.Length > 0 || shape.RowCount == 0)
        {
            cache.DropPartial();
            throw new SourceException(shape.RowCount == 0
                ? $"The archive's answer for '{mission.ArchiveTable}' has no rows."
                : $"The archive's answer is not the table '{mission.ArchiveTable}': it has no column {string.Join(", ", absent.Select(name => $"'{name}'"))}.");
        }

        var about = new CachedTable(
            query.AbsoluteUri,
            context.Clock.GetUtcNow(),
            new FileInfo(cache.PartialPath).Length,
            shape.RowCount,
            shape.Header.Count,
            ArchiveCache.HashOf(cache.PartialPath));
        cache.Keep(about);
        return about;
    }

    private Uri Query(Uri address) => new UriBuilder(address) { Query = $"query=select+*+from+{mission.ArchiveTable}&format=csv" }.Uri;

    private FetchedTable Give(ArchiveCache cache, string note) => new($"{mission.ArchiveTable}.csv", () => File.OpenRead(cache.TablePath), [note]);

    private static string Day(CachedTable copy) => copy.RetrievedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
