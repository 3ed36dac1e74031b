namespace Strata.Learning.Trees.Exchange;

/// <summary>A model as another program's file.</summary>
/// <param name="Format">Whose.</param>
/// <param name="Objective">The other program's objective, which gives the same predictions.</param>
/// <param name="Columns">What it expects, in order, by the names in the file.</param>
/// <param name="Content">The file's bytes.</param>
/// <param name="Notes">What a user should know, one sentence each.</param>
public sealed record ExportedModel(TreeModelFormat Format, string Objective, IReadOnlyList<ExportedColumn> Columns, ReadOnlyMemory<byte> Content, IReadOnlyList<string> Notes)
{
    /// <summary>For each category column, the level of each code from 0: how the other program's rows are to be coded.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Levels =>
        Columns.Where(column => column.Levels is not null).ToDictionary(column => column.Name, column => column.Levels!);
}

/// <summary>A column that an exported model expects.</summary>
/// <param name="Name">In the file.</param>
/// <param name="Levels">The level of each code from 0; null for a number.</param>
public sealed record ExportedColumn(string Name, IReadOnlyList<string>? Levels = null);
