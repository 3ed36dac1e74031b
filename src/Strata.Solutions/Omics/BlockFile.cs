using Strata.Learning.Data;

namespace Strata.Solutions.Omics;

/// <summary>The file of one block of columns, such as what one kind of molecule was measured as.</summary>
/// <param name="Name">What the block is called; its columns are named <c>name:column</c>.</param>
/// <param name="Path">A table with a row a sample, with or without a header.</param>
/// <param name="NamesPath">A file with the name of a column in each line, for a table without a header; null to number them.</param>
public sealed record BlockFile(string Name, string Path, string? NamesPath = null)
{
    internal const char Mark = ':';

    /// <summary>Reads <c>NAME=FILE</c> or <c>NAME=FILE,NAMES</c>.</summary>
    /// <exception cref="DataException">The text has another form.</exception>
    public static BlockFile Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string name = equals > 0 ? text[..equals].Trim() : string.Empty;
        string[] files = text[(equals + 1)..].Split(',', StringSplitOptions.TrimEntries);
        return name.Length > 0 && !name.Contains(Mark, StringComparison.Ordinal) && files.Length <= 2 && files.All(file => file.Length > 0)
            ? new BlockFile(name, files[0], files.ElementAtOrDefault(1))
            : throw new DataException($"'{text}' is no block; expected NAME=FILE, or NAME=FILE,NAMES where the file has no header, with a name without '{Mark}'.");
    }
}
