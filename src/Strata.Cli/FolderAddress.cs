namespace Strata.Cli;

/// <summary>Where the server of a data folder listens, written down in the folder for other commands.</summary>
internal static class FolderAddress
{
    public static void Write(string folder, Uri address) => File.WriteAllText(PathIn(folder), address.GetLeftPart(UriPartial.Authority));

    /// <summary>The address of the folder's last server, or null; a server that died has left its own.</summary>
    public static Uri? Read(string folder)
    {
        try
        {
            return Uri.TryCreate(File.ReadAllText(PathIn(folder)), UriKind.Absolute, out Uri? address) ? address : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string PathIn(string folder) => Path.Join(folder, "server.address");
}
