using Strata.Platform;

namespace Strata.Server;

internal static class CacheFolders
{
    /// <summary>Where downloads are kept: within the data folder, so that one setting moves everything.</summary>
    public static string CacheFolder(this StrataPlatform platform) => Path.GetFullPath(Path.Join(platform.Options.DataFolder, "cache"));
}
