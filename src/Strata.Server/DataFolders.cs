using Strata.Platform;

namespace Strata.Server;

/// <summary>The server's own folders within the data folder, so that one setting moves everything.</summary>
internal static class DataFolders
{
    /// <summary>Where downloads are kept.</summary>
    public static string CacheFolder(this StrataPlatform platform) => Path.GetFullPath(Path.Join(platform.Options.DataFolder, "cache"));

    /// <summary>Where files of requests are until they are stored.</summary>
    public static string IncomingFolder(this StrataPlatform platform) => Path.GetFullPath(Path.Join(platform.Options.DataFolder, "incoming"));

    /// <summary>Removes what requests left when an earlier server died.</summary>
    public static void EmptyIncoming(this StrataPlatform platform)
    {
        if (Directory.Exists(platform.IncomingFolder()))
        {
            Directory.Delete(platform.IncomingFolder(), recursive: true);
        }
    }
}
