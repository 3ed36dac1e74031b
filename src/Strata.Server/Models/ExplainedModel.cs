using Strata.Client.Contracts;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Explanation.Cohorts;
using Strata.Learning.Workflow;
using Strata.Learning.Workflow.Plots;
using Strata.Platform;
using Strata.Platform.Models;
using Strata.Solutions;
using Strata.Solutions.Exoplanets;
using Wire = Strata.Client.Contracts;

namespace Strata.Server.Models;

/// <summary>A stored model that is asked why it answers as it does.</summary>
internal sealed class ExplainedModel(StoredModel stored, IModel model, StrataPlatform platform)
{
    private const int MostShuffledRows = 20_000, MostOtherRows = 5000;

    /// <exception cref="DataException">What is asked does not go together, is too much, or the rows are not a table for the model.</exception>
    public ExplanationView Answer(ExplanationRequest asked, CancellationToken cancellation)
    {
        Check(asked);
        return asked.Importance is Wire.ImportanceKind kind
            ? new ExplanationView([], [], [], ImportanceBy(kind.To<Learning.Explanation.ImportanceKind>(), asked, cancellation), [])
            : OfRows(asked, cancellation);
    }

    private static void Check(ExplanationRequest asked)
    {
        var problems = new List<string>();
        bool needsRows = asked.Importance is null or Wire.ImportanceKind.Permutation;
        if (asked.Rows is not null && asked.DatasetId is not null)
        {
            problems.Add("'rows' and 'dataset_id' are both given; expected one of them.");
        }
        else if (needsRows && asked.Rows is null && asked.DatasetId is null)
        {
            problems.Add("'rows' and 'dataset_id' are missing; expected rows to explain, or the dataset that holds them.");
        }

        if ((asked.Offset is not null || asked.Count is not null) && asked.DatasetId is null)
        {
            problems.Add("'offset' and 'count' go with 'dataset_id'.");
        }

        if (asked.Offset is < 0)
        {
            problems.Add($"'offset' is {asked.Offset}; expected 0 or more.");
        }

        if (asked.Count is < 1)
        {
            problems.Add($"'count' is {asked.Count}; expected 1 or more.");
        }

        if (asked is { Importance: not null, Interactions: true })
        {
            problems.Add("'interactions' are told row by row; leave out 'importance', or ask for them by themselves.");
        }

        DataException.ThrowIfAny(problems);
    }

    private ExplanationView OfRows(ExplanationRequest asked, CancellationToken cancellation)
    {
        ConformedFrame rows = Conformed(asked, ModelsEndpoints.MostExplainedRows);
        var reasons = AskedReasons.Of(
            new ReasonRequest(asked.Method, asked.BackgroundDatasetId, asked.BackgroundRows, asked.Interactions, asked.Evaluations),
            stored, model, rows.Frame, platform, cancellation, asked.Seed ?? 0, asked.DatasetId is string dataset ? () => Others(dataset, asked.Mapping) : null);
        Contributions contributions = reasons.Contributions;
        bool isOfOneClass = contributions.Outputs.Count == 1 && model.Signature.Task.IsClassification();
        contributions = isOfOneClass ? contributions with { Outputs = [model.Signature.Classes[1]] } : contributions;
        return new ExplanationView(
            contributions.Columns,
            contributions.Outputs,
            [.. Enumerable.Range(0, contributions.RowCount).Select(row => new RowExplanation(row + (asked.Offset ?? 0), Scores(reasons, row)))],
            null,
            rows.Notes,
            reasons.Basis,
            asked.Plots ? ReasonPlots.Of(contributions, rows.Frame, OutputNamed(asked.Output, contributions.Outputs)) : null);
    }

    /// <exception cref="DataException">There is no such class.</exception>
    public static int OutputNamed(string? name, IReadOnlyList<string> outputs)
    {
        int place = name is null ? 0 : outputs.ToList().IndexOf(name);
        return place >= 0 ? place : throw new DataException($"'output' is '{name}'; expected one of {NearNames.List(outputs, 10)}.");
    }

    /// <summary>The rows that are asked for, brought to the model's columns.</summary>
    /// <exception cref="DataException">They are not there, too many, or no table for the model.</exception>
    public ConformedFrame RowsFor(ExplanationRequest asked, int most)
    {
        Check(asked);
        return Conformed(asked, most);
    }

    /// <summary>The rows that are asked for, with all their columns.</summary>
    public Frame TableFor(ExplanationRequest asked, int most)
    {
        Check(asked);
        return Rows(asked, most);
    }

    /// <summary>Rows of a dataset that others are compared with, taken evenly, brought to the model's columns.</summary>
    public Frame Others(string datasetId, IReadOnlyDictionary<string, string>? mapping = null)
    {
        Frame table = platform.Datasets.OpenTable(datasetId);
        int count = Math.Min(table.RowCount, MostOtherRows);
        return Conformed(ColumnMapping.Apply(table.Take([.. Enumerable.Range(0, count).Select(i => (int)((long)i * table.RowCount / count))]), mapping, model.Signature)).Frame;
    }

    /// <summary>Rows with what is true of them, where they have the target.</summary>
    public Cohort CohortOf(string name, Frame rows)
    {
        Frame table = Prepared(rows);
        return model.Signature.Task.HasTarget() && table.Contains(model.Signature.Target) && Judged(table).Table is { } judged ? new Cohort(name, judged.Features, judged.Target) : new Cohort(name, Conformed(rows).Frame);
    }

    private ConformedFrame Conformed(ExplanationRequest asked, int most) => Conformed(Rows(asked, most));

    private ConformedFrame Conformed(Frame given)
    {
        SurveyTranslation? translation = SurveyTranslation.Of(given, model.Signature.Features);
        ConformedFrame rows = model.Signature.Features.ConformWithNotes(translation?.Rows ?? given);
        return translation is null ? rows : rows with { Notes = [translation.Note, .. rows.Notes] };
    }

    private static ScoreExplanation[] Scores(AskedReasons reasons, int row) =>
    [
        .. Enumerable.Range(0, reasons.Contributions.Outputs.Count).Select(output => new ScoreExplanation(
            reasons.Contributions.BiasOf(row, output),
            reasons.Contributions.Of(row, output).ToArray(),
            reasons.Interactions is Interactions pairs ? [.. pairs.Of(row, output).ToArray().Chunk(pairs.Columns.Count)] : null,
            reasons.Contributions.StandardErrors is null ? null : reasons.Contributions.ErrorsOf(row, output).ToArray())),
    ];

    private IReadOnlyList<ColumnImportanceView> ImportanceBy(Learning.Explanation.ImportanceKind kind, ExplanationRequest asked, CancellationToken cancellation)
    {
        if (!Importance.KindsOf(model).Contains(kind))
        {
            throw new DataException($"A '{model.Algorithm}' model has no trees to ask for '{asked.Importance!.Value.ToString().ToLowerInvariant()}'; 'permutation' works for every model.");
        }

        IReadOnlyList<ColumnImportance> columns = kind == Learning.Explanation.ImportanceKind.Permutation ? Permutation(asked, cancellation) : Importance.OfTrees(model, kind);
        return [.. columns.Select(column => new ColumnImportanceView(column.Column, column.Mean, column.StandardDeviation))];
    }

    private IReadOnlyList<ColumnImportance> Permutation(ExplanationRequest asked, CancellationToken cancellation)
    {
        PlannedTable rows = Judged(Prepared(Rows(asked, MostShuffledRows)));
        ulong seed = asked.Seed ?? 0;
        return PermutationImportance.Of(model, rows.Table, seed: seed, context: new FitContext { Threads = platform.Options.ThreadsPerJob, Seed = seed, Cancellation = cancellation });
    }

    private Frame Prepared(Frame table) => PlannedTraining.PrepareLike(new ModelCard { Preset = stored.Preset }, table);

    /// <summary>With what is true of the rows.</summary>
    private PlannedTable Judged(Frame table) => PlannedTable.Like(new TrainingPlan { Target = model.Signature.Target }, table, model.Signature);

    /// <summary>The rows that are asked for, under the names that the model knows.</summary>
    private Frame Rows(ExplanationRequest asked, int most)
    {
        Frame rows = asked.DatasetId is string id ? Window(platform.Datasets.OpenTable(id), asked) : JsonRows.ToFrame(asked.Rows!);
        return rows.RowCount <= most
            ? ColumnMapping.Apply(rows, asked.Mapping, model.Signature)
            : throw new DataException($"There are {rows.RowCount} rows; at most {most} are explained at a time. {(asked.DatasetId is null ? "Send fewer." : "Take a part of the dataset with 'offset' and 'count'.")}");
    }

    private static Frame Window(Frame table, ExplanationRequest asked)
    {
        int offset = asked.Offset ?? 0;
        int count = Math.Min(asked.Count ?? int.MaxValue, table.RowCount - offset);
        return count > 0 ? table.Take([.. Enumerable.Range(offset, count)]) : throw new DataException($"'offset' is {offset}, and the dataset has {table.RowCount} rows; expected one of them.");
    }
}
