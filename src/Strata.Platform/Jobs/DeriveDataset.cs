using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Data.Profiling;
using Strata.Learning.Workflow;
using Strata.Platform.Datasets;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>The job kind <c>derive_dataset</c>: makes one dataset of another by steps over all its rows, or several by a split.</summary>
public sealed class DeriveDataset : IJobKind
{
    public string Name => DerivedDatasets.DeriveKind;

    public Task<JsonNode?> RunAsync(JobWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        Derivation derivation = work.PayloadAs<Derivation>("derivation");
        work.Progress(5, "Reading the table");
        Frame parent = ReadTable(work);
        int[] parentRows = work.HasInput("rows") ? RowNumbers.Read(work.InputPath("rows"), int.MaxValue) : [.. Enumerable.Range(0, parent.RowCount)];
        work.Progress(20, derivation.Split is null ? "Preparing the rows" : "Splitting the rows");
        DerivedTable made = derivation.Split is { } split
            ? Split(work, parent, parentRows, split, cancellation)
            : Prepare(work, parent, parentRows, derivation, cancellation);
        return Task.FromResult(JsonText.NodeOf(made));
    }

    private static DerivedTable Prepare(JobWork work, Frame parent, int[] parentRows, Derivation derivation, CancellationToken cancellation)
    {
        var context = new FitContext { Seed = derivation.Seed, Threads = work.Threads, Cancellation = cancellation, Clock = work.Clock };
        TableDerivation made = TableDerivation.Of(parent, derivation.Steps, derivation.Target, context);
        foreach (DerivedStep step in made.Steps)
        {
            work.Log($"{step.Step}: {step.RowsBefore} rows and {step.ColumnsBefore} columns became {step.RowsAfter} and {step.ColumnsAfter}.");
        }

        int[]? rows = work.HasInput("rows") || made.Rows.Length < parent.RowCount ? [.. made.Rows.Select(row => parentRows[row])] : null;
        return new DerivedTable([Leave(work, 0, made.Table, rows, [.. made.Steps.SelectMany(step => step.Notes)], cancellation)], made.Steps);
    }

    private static DerivedTable Split(JobWork work, Frame parent, int[] parentRows, DatasetSplit split, CancellationToken cancellation)
    {
        TableParts parts = split.Plan.Of(parent);
        int[][] rows = [parts.Train, .. split.ValidationId is null ? Array.Empty<int[]>() : [parts.Validation], parts.Test];
        work.Log(parts.Text);
        var tables = rows.Select((part, at) => Leave(work, at, parent.Take(part), [.. part.Select(row => parentRows[row])], [parts.Text], cancellation)).ToList();
        return new DerivedTable(tables, []) { Split = parts.Text };
    }

    /// <summary>Leaves the files of one table.</summary>
    private static TableDescription Leave(JobWork work, int at, Frame table, int[]? rows, IReadOnlyList<string> notes, CancellationToken cancellation)
    {
        string PathOf(string name) => work.OutputPath(DerivedTable.FileOf(at, name));
        work.Progress(50, "Storing the columns");
        FrameFile.Write(PathOf(TableDescription.FrameFileName), table);
        File.WriteAllBytes(PathOf(TableDescription.ProfileFileName), JsonText.BytesOf(TableProfile.Of(table, null, cancellation)));
        using (FileStream text = File.Create(PathOf(DerivedTable.TextFileName)))
        {
            FrameCsv.Write(text, table);
        }

        if (rows is not null)
        {
            RowNumbers.Write(PathOf(DerivedTable.RowsFileName), rows);
        }

        string? suggested = work.Payload["suggested_target"]?.GetValue<string>();
        return new TableDescription
        {
            RowCount = table.RowCount,
            Columns = [.. table.Columns.Select(column => new DatasetColumn(column.Name, column.Type))],
            Notes = notes,
            SuggestedTarget = suggested is not null && table.Contains(suggested) ? suggested : TargetSuggestion.Of(table, null),
        };
    }

    private static Frame ReadTable(JobWork work)
    {
        using FileStream file = File.OpenRead(work.InputPath("table"));
        return FrameFile.Read(file);
    }
}
