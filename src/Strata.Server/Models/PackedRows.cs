using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Platform;
using Strata.Platform.Datasets;
using Strata.Server.Datasets;
using Strata.Server.Forms;

namespace Strata.Server.Models;

/// <summary>
/// Reads workbooks, archives, images and arrays to predict in a worker process with its memory limit, as every uploaded file is: a small one can unpack to more
/// than a server should hold. Text is read in place, since it is as large as it looks.
/// </summary>
internal static class PackedRows
{
    private static readonly byte[][] Starts = ["PK"u8.ToArray(), [0xD0, 0xCF, 0x11, 0xE0], [0x89, (byte)'P'], [0x93, (byte)'N'], [0, 0, 8], [0, 0, 9], [0, 0, 0xB], [0, 0, 0xC], [0, 0, 0xD], [0, 0, 0xE]];

    /// <summary>Whether it is none that is read in place.</summary>
    public static bool IsPacked(UploadedFile file)
    {
        var head = new byte[4];
        int length = file.Open().ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return Array.Exists(Starts, start => head.AsSpan(0, length).StartsWith(start));
    }

    /// <exception cref="DataException">It cannot be read, or takes too long.</exception>
    public static async Task<(Frame Rows, IReadOnlyList<string> Notes)> Read(
        UploadedFile file, TableReadOptions reading, TableLayout layout, string project, StrataPlatform platform, ServerOptions options, CancellationToken cancellation)
    {
        // A name of its own, so that it is not taken for the same file that somebody keeps as a dataset.
        var upload = new DatasetUpload(file.Name) { Name = $"to predict {Guid.NewGuid():N}", Project = project, Types = reading.Types, Layout = layout };
        Dataset dataset = await platform.Datasets.UploadAsync(file.Open(), upload, cancellation).ConfigureAwait(false);
        dataset = await dataset.WhenRead(platform, options, cancellation).ConfigureAwait(false);
        if (dataset.Status != DatasetStatus.Ready)
        {
            await platform.Jobs.CancelAsync(dataset.JobId!).ConfigureAwait(false);
            throw new DataException("The file takes too long to read. Send fewer rows, or a table as CSV.");
        }

        Frame rows = platform.Datasets.OpenTable(dataset.Id);
        await platform.Datasets.DeleteAsync(dataset.Id).ConfigureAwait(false);
        return (rows, dataset.Notes);
    }
}
