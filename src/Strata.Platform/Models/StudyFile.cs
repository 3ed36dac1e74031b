using System.IO.Compression;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;

namespace Strata.Platform.Models;

/// <summary>The checkpoint of a study with its finished candidates as one file, by which another run goes on where it ended.</summary>
internal static class StudyFile
{
    public const string FileName = "study.zip";

    private const string Whole = "checkpoint", Parts = "parts/";

    /// <summary>What is more is not kept: a run that is to go on from such a study begins anew.</summary>
    private const long MostBytes = 2L << 30;

    /// <summary>Puts the candidates of an earlier run where the fit looks for them, unless an attempt of this run has left its own.</summary>
    public static void Restore(JobWork work)
    {
        if (!work.HasInput(RunRequest.StudyInput) || File.Exists(work.CheckpointFile))
        {
            return;
        }

        string folder = Directory.CreateDirectory(work.PartsFolder).FullName;
        using ZipArchive archive = ZipFile.OpenRead(work.InputPath(RunRequest.StudyInput));
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            entry.ExtractToFile(entry.FullName == Whole ? work.CheckpointFile : Path.Join(folder, entry.Name), overwrite: true);
        }

        work.Log($"Going on from {archive.Entries.Count - 1} candidates of an earlier run.");
    }

    public static void Keep(JobWork work)
    {
        FileInfo[] parts = Directory.Exists(work.PartsFolder) ? new DirectoryInfo(work.PartsFolder).GetFiles() : [];
        if (parts.Length == 0 || !File.Exists(work.CheckpointFile) || parts.Sum(part => part.Length) > MostBytes)
        {
            return;
        }

        // Parts are packed as they are.
        using ZipArchive archive = ZipFile.Open(work.OutputPath(FileName), ZipArchiveMode.Create);
        archive.CreateEntryFromFile(work.CheckpointFile, Whole, CompressionLevel.NoCompression);
        foreach (FileInfo part in parts.OrderBy(part => part.Name, StringComparer.Ordinal))
        {
            archive.CreateEntryFromFile(part.FullName, Parts + part.Name, CompressionLevel.NoCompression);
        }
    }
}
