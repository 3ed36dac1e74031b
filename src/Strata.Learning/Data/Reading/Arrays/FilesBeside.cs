namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>The files of a set as a table in it sees them: by paths from the folder that it is in.</summary>
internal sealed class FilesBeside : FileSet
{
    private readonly FileSet files;
    private readonly string folder;

    /// <param name="files">All files, which stay open when this is disposed.</param>
    /// <param name="table">The name of the table.</param>
    public FilesBeside(FileSet files, string table) => (this.files, folder) = (files, table[..(table.LastIndexOf('/') + 1)]);

    public override IReadOnlyList<string> Names => [.. files.Names.Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Select(name => name[folder.Length..])];

    public override bool Contains(string name) => files.Contains(folder + Plain(name));

    public override TableBytes Open(string name) => files.Open(folder + Plain(name));

    private static string Plain(string name) => name.Replace('\\', '/') is var slashed && slashed.StartsWith("./", StringComparison.Ordinal) ? slashed[2..] : slashed;
}
