using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;
using Strata.Solutions;

namespace Strata.Server.Sources;

/// <summary>The job that fetches or simulates a table; the server then stores it as a dataset.</summary>
internal sealed class FetchSource : IJobKind
{
    public const string KindName = "fetch_source";

    /// <summary>The output file with the table.</summary>
    public const string TableFile = "table.csv";

    public string Name => KindName;

    public static JobRequest Request(string source, int? rowCount, ulong seed, string cacheFolder, Uri? archive) =>
        new(KindName, (JsonObject)JsonText.NodeOf(new Order(source, seed, cacheFolder, rowCount, archive))!);

    public async Task<JsonNode?> RunAsync(JobWork work, CancellationToken cancellation)
    {
        Order order = work.PayloadAs<Order>();
        ITableSource source = Solution.SourceOf(order.Source) ?? throw new DataException($"There is no source '{order.Source}'.");
        using var http = new HttpClient();
        var context = new SourceContext
        {
            Http = http,
            CacheDirectory = order.CacheFolder,
            ArchiveAddress = order.Archive,
            Clock = work.Clock,
            Cancellation = cancellation,
            Progress = new StepProgress(work),
        };
        try
        {
            FetchedTable table = await source.FetchAsync(new Solutions.SourceRequest(order.RowCount, order.Seed), context).ConfigureAwait(false);
            await Keep(table, work.OutputPath(TableFile), cancellation).ConfigureAwait(false);
            foreach (string note in table.Notes)
            {
                work.Log(note);
            }

            return new JsonObject { ["file_name"] = table.FileName, ["source"] = source.Name };
        }
        catch (SourceException e)
        {
            throw new DataException(e.Message, e);
        }
    }

    private static async Task Keep(FetchedTable table, string path, CancellationToken cancellation)
    {
        Stream content = table.Open();
        await using (content.ConfigureAwait(false))
        {
            FileStream file = File.Create(path);
            await using (file.ConfigureAwait(false))
            {
                await content.CopyToAsync(file, cancellation).ConfigureAwait(false);
            }
        }
    }

    private sealed record Order(string Source, ulong Seed, string CacheFolder, int? RowCount = null, Uri? Archive = null);

    private sealed class StepProgress(JobWork work) : IProgress<SourceProgress>
    {
        public void Report(SourceProgress value) =>
            work.Progress(value.TotalBytes is > 0 and long total ? 95.0 * Math.Min(1, (double)value.Bytes / total) : 10, value.Step);
    }
}
