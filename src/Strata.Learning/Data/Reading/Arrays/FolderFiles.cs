namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>The files of a folder and of the folders in it. Links are not followed.</summary>
internal sealed class FolderFiles : FileSet
{
    private readonly string root;
    private readonly Lazy<string[]> names;

    public FolderFiles(string folder)
    {
        root = Path.GetFullPath(folder);
        names = new Lazy<string[]>(List);
    }

    public override IReadOnlyList<string> Names => names.Value;

    public override bool Contains(string name) => Inside(name) is string path && File.Exists(path);

    public override TableBytes Open(string name)
    {
        string path = Inside(name) is string inside && File.Exists(inside) ? inside : throw new DataException($"There is no file '{name}' beside the table.");
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        if (file.Length == 0)
        {
            file.Dispose();
            throw new DataException($"The file '{name}' is empty.");
        }

        return TableBytes.Map(file);
    }

    /// <summary>The full path of a name; null when it would lead out of the folder, or through a link.</summary>
    private string? Inside(string name)
    {
        if (name.Length == 0 || Path.IsPathRooted(name) || name.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        string path = Path.GetFullPath(Path.Join(root, name));
        return path.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal) && new FileInfo(path).LinkTarget is null ? path : null;
    }

    private string[] List()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint, MaxRecursionDepth = 16 };
        string[] found = [.. Directory.EnumerateFiles(root, "*", options).Take(MostFiles + 1).Select(path => Path.GetRelativePath(root, path).Replace('\\', '/')).Where(name => !IsHidden(name)).Order(StringComparer.Ordinal)];
        return found.Length <= MostFiles ? found : throw new DataException($"The folder has more than {MostFiles} files; so many at most are read.");
    }
}
