using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Learning.Validation.Leaks;
using Strata.Platform.Datasets;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;

namespace Strata.Platform.Models;

/// <summary>What a worker learns from and tests on, as the server has put it together from a dataset and what that was made from.</summary>
internal sealed record TrainingTables
{
    private int[]? tableRows;
    private int[]? testRows;

    public required Frame Table { get; init; }

    /// <summary>Rows to test on; null holds some of the table back.</summary>
    public Frame? Test { get; init; }

    /// <summary>Rows to stop early by; null for none of their own.</summary>
    public Frame? Validation { get; init; }

    /// <summary>What the server has to say of it, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<LeakFinding> Findings { get; init; } = [];

    public static TrainingTables Read(JobWork work)
    {
        Frame whole = FrameOf(work, TrainingSource.Table);
        int[]? tableRows = RowsOf(work, TrainingSource.TableRows, whole), testRows = RowsOf(work, TrainingSource.TestRows, whole);
        return new TrainingTables
        {
            Table = tableRows is null ? whole : whole.Take(tableRows),
            Test = work.HasInput(TrainingSource.TestTable) ? FrameOf(work, TrainingSource.TestTable) : testRows is null ? null : whole.Take(testRows),
            Validation = work.HasInput(TrainingSource.ValidationTable) ? FrameOf(work, TrainingSource.ValidationTable)
                : RowsOf(work, TrainingSource.ValidationRows, whole) is int[] rows ? whole.Take(rows) : null,
            Notes = work.Payload["notes"] is JsonNode notes ? JsonText.Read<string[]>(notes.ToJsonString()) : [],
            Findings = work.Payload["leaks"] is JsonNode leaks ? [.. JsonText.Read<PreparationLeak[]>(leaks.ToJsonString()).Select(leak => leak.ToFinding())] : [],
            tableRows = tableRows,
            testRows = testRows,
        };
    }

    /// <summary>With the rows of the table where a preset has left some of it out.</summary>
    public TrainingTables At(IReadOnlyList<int>? originalRows) => originalRows is null ? this : this with { tableRows = [.. originalRows] };

    /// <summary>The number in the table that was read of a row that was tested on.</summary>
    public long NumberOfTested(int row) => (Test is null ? tableRows : testRows)?[row] ?? row;

    internal static Frame FrameOf(JobWork work, string name)
    {
        using FileStream file = File.OpenRead(work.InputPath(name));
        return FrameFile.Read(file);
    }

    private static int[]? RowsOf(JobWork work, string name, Frame table) => work.HasInput(name) ? RowNumbers.Read(work.InputPath(name), table.RowCount) : null;
}
