using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Platform;
using Strata.Platform.Datasets;
using Strata.Server.Datasets;
using Strata.Server.Forms;

namespace Strata.Server.Models;

/// <summary>
/// Reads a workbook to predict in a worker process with its memory limit, as every uploaded table is: a small workbook can unpack to more than a
/// server should hold. Text is read in place, since it is as large as it looks.
/// </summary>
internal static class WorkbookRows
{
    private static ReadOnlySpan<byte> Zip => "PK"u8;

    private static ReadOnlySpan<byte> CompoundFile => [0xD0, 0xCF, 0x11, 0xE0];

    public static bool IsWorkbook(UploadedFile file)
    {
        Span<byte> head = stackalloc byte[4];
        int length = file.Open().ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head[..length].StartsWith(Zip) || head[..length].StartsWith(CompoundFile);
    }

    /// <exception cref="DataException">It cannot be read, or takes too long.</exception>
    public static async Task<(Frame Rows, IReadOnlyList<string> Notes)> Read(
        UploadedFile file, TableReadOptions reading, StrataPlatform platform, ServerOptions options, CancellationToken cancellation)
    {
        // A name of its own, so that it is not taken for the same file that somebody keeps as a dataset.
        var upload = new DatasetUpload(file.Name) { Name = $"to predict {Guid.NewGuid():N}", Types = reading.Types };
        Dataset dataset = await platform.Datasets.UploadAsync(file.Open(), upload, cancellation).ConfigureAwait(false);
        dataset = await dataset.WhenRead(platform, options, cancellation).ConfigureAwait(false);
        if (dataset.Status != DatasetStatus.Ready)
        {
            await platform.Jobs.CancelAsync(dataset.JobId!).ConfigureAwait(false);
            throw new DataException("The workbook takes too long to read. Save the sheet as CSV.");
        }

        Frame rows = platform.Datasets.OpenTable(dataset.Id);
        await platform.Datasets.DeleteAsync(dataset.Id).ConfigureAwait(false);
        return (rows, dataset.Notes);
    }
}
