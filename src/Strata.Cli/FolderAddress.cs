namespace Strata.Cli;

/// <summary>Where the server of a data folder listens, written down in the folder for other commands.</summary>
internal static class FolderAddress
{
    public static void Write(string folder, Uri address) => File.WriteAllText(PathIn(folder), address.GetLeftPart(UriPartial.Authority));

    /// <summary>The address of the folder's last server, or null; a server that died has left its own.</summary>
    public static string? Read(string folder)
    {
        try
        {
            return File.ReadAllText(PathIn(folder));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string PathIn(string folder) => Path.Join(folder, "server.address");
}
