using Strata.Learning.Workflow;
using Strata.Platform.Datasets;

namespace Strata.Platform.Jobs;

/// <summary>What a worker made of a dataset: the tables in the order of the datasets they are for, with their files under a number, and what was done.</summary>
internal sealed record DerivedTable(IReadOnlyList<TableDescription> Tables, IReadOnlyList<DerivedStep> Steps)
{
    /// <summary>The table as comma-separated text.</summary>
    public const string TextFileName = "table.csv";

    /// <summary>Which rows of the table that was read first are in it; absent for all in order.</summary>
    public const string RowsFileName = "rows.bin";

    /// <summary>How rows were split, in words; null where they were not.</summary>
    public string? Split { get; init; }

    public static string FileOf(int table, string name) => $"{table}.{name}";
}
