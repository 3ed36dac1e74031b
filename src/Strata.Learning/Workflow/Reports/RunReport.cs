using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;
using Strata.Learning.Validation;
using Strata.Learning.Validation.Errors;
using Strata.Learning.Validation.Leaks;
using Strata.Learning.Workflow.Plots;

namespace Strata.Learning.Workflow.Reports;

/// <summary>
/// Everything that a person should know of one training, tuning, comparison or evaluation: the one record of which the HTML page and the JSON file are written. It holds
/// no time and no path, so that the same training gives the same bytes, but for the seconds that the fit took.
/// </summary>
public sealed record RunReport
{
    private const int MostCurvePoints = 400;
    private const int MostImportanceRows = 1000;

    public required string Title { get; init; }

    public required ReportKind Kind { get; init; }

    /// <summary>The program's version.</summary>
    public string? StrataVersion { get; init; }

    /// <summary>Null where there is no model.</summary>
    public ReportedModel? Model { get; init; }

    public required ReportedData Data { get; init; }

    /// <summary>What was looked for that would make a model look better than it is, a sentence each; empty where nothing was.</summary>
    public IReadOnlyList<string> LeakChecks { get; init; } = [];

    /// <summary>What was found, the gravest first.</summary>
    public IReadOnlyList<LeakFinding> Leaks { get; init; } = [];

    /// <summary>How rows were split, in words.</summary>
    public string? Split { get; init; }

    public int? TrainingRows { get; init; }

    public int? TestRows { get; init; }

    public Ranking? Leaderboard { get; init; }

    /// <summary>On rows that the model did not learn from; null where there is no model.</summary>
    public Evaluation? Evaluation { get; init; }

    /// <summary>Each metric over folds of the training rows; empty where there were none.</summary>
    public IReadOnlyDictionary<string, MetricSummary> CrossValidated { get; init; } = new Dictionary<string, MetricSummary>();

    /// <summary>What the fit reported of its iterations.</summary>
    public IReadOnlyList<Series> Curves { get; init; } = [];

    public ReportedReasons Reasons { get; init; } = new();

    /// <summary>Where the model is clearly worse than elsewhere.</summary>
    public IReadOnlyList<ErrorSlice> WorstSlices { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How far the figures can be trusted, a sentence each.</summary>
    public IReadOnlyList<string> Limits => ReportLimits.Of(this);

    public required Reproduction Reproduction { get; init; }

    /// <summary>What people said of the model.</summary>
    public ModelStatements Statements { get; init; } = new();

    /// <summary>The model card by its usual headings; empty where there is no model.</summary>
    public IReadOnlyList<CardSection> ModelCard => CardSection.Of(this);

    /// <summary>Of a training, alone or after a search or choice.</summary>
    /// <param name="outcome">What it gave.</param>
    /// <param name="table">The table that was learned from and, unless there was another, tested on.</param>
    /// <param name="facts">What else is told.</param>
    public static RunReport Of(TrainingOutcome outcome, Frame table, ReportFacts facts)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(facts);
        LearningTask task = outcome.Model.Signature.Task;
        Ranking? leaderboard = facts.Leaderboard ?? Ranking.Of(outcome, facts.Context);
        return new RunReport
        {
            Title = facts.Title ?? $"{TitleOf(outcome.Plan.Algorithm)}{(task.HasTarget() ? $" for {outcome.Model.Signature.Target}" : string.Empty)}",
            Kind = leaderboard is not null && facts.Kind == ReportKind.Training ? ReportKind.Automl : facts.Kind,
            StrataVersion = VersionText,
            Model = ReportedModel.Of(outcome.Model, outcome.Plan, outcome.FitTime),
            Data = ReportedData.Of(table, outcome.Plan, facts.TableName, task),
            LeakChecks = task.HasTarget() ? LeakWords.All : [],
            Leaks = outcome.LeakAudit.Findings,
            Split = outcome.Split,
            TrainingRows = outcome.TrainingRows,
            TestRows = outcome.Test.Table.RowCount,
            Leaderboard = leaderboard,
            Evaluation = outcome.Evaluation,
            CrossValidated = outcome.CrossValidated?.Metrics ?? new Dictionary<string, MetricSummary>(),
            Curves = [.. facts.Curves.Select(Thinned)],
            Reasons = ReportedReasons.Of(outcome.Model, outcome.Test.Table.Features, outcome.Importance, facts.Context),
            WorstSlices = outcome.WorstSlices,
            Notes = [.. facts.Notes, .. outcome.Notes, .. outcome.Evaluation.Notes],
            Reproduction = facts.Reproduction ?? Reproduction.Of(outcome.Plan, facts.TableName ?? "table.csv", facts.Preset),
            Statements = outcome.Plan.Statements ?? new ModelStatements(),
        };
    }

    /// <summary>Of a stored model on a table whose targets are known.</summary>
    /// <param name="file">The model.</param>
    /// <param name="rows">The rows that it is judged by.</param>
    /// <param name="table">The table that they come from.</param>
    /// <param name="facts">What else is told.</param>
    /// <exception cref="DataException">The rows cannot be judged.</exception>
    public static RunReport Of(ModelFile file, PlannedTable rows, Frame table, ReportFacts facts)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(facts);
        (IModel model, ModelCard card) = (file.Model, file.Card);
        TrainingPlan plan = PlanOf(file);
        bool isPredicted = model.Signature.Task.HasTarget();
        Predictions predictions = model.Predict(rows.Table.Features, facts.Context);
        Evaluation evaluation = rows.Judge(predictions, model, plan.Metrics);
        if (isPredicted)
        {
            evaluation = evaluation with { Intervals = MetricIntervals.Of(predictions, rows.Table.Target, rows.Table.Weights, rows.Table.Groups, seed: plan.Seed, further: rows.FurtherMetrics(plan.Metrics), cancellation: facts.Context.Cancellation) };
        }

        return new RunReport
        {
            Title = facts.Title ?? $"{card.Title ?? TitleOf(model.Algorithm)} judged on {facts.TableName ?? "a table"}",
            Kind = ReportKind.Evaluation,
            StrataVersion = VersionText,
            Model = ReportedModel.Of(model, plan, fitTime: null) with { TrainedBy = card.ImportedFrom ?? (card.StrataVersion is string version ? $"Strata {version}" : null) },
            Data = ReportedData.Of(table, plan, facts.TableName, model.Signature.Task),
            Split = card.Split is null ? null : $"The model was trained apart from this table. Of its own training: {card.Split}",
            TrainingRows = card.TrainingRows == 0 ? null : card.TrainingRows,
            TestRows = rows.Table.RowCount,
            Evaluation = evaluation,
            Reasons = ReportedReasons.Of(model, rows.Table.Features, isPredicted ? ImportanceOf(model, rows.Table, facts.Context) : [], facts.Context),
            WorstSlices = isPredicted ? ErrorAnalysis.Of(rows.Table.Features, predictions, rows.Table.Target).Slices : [],
            Notes = [.. facts.Notes, .. rows.Notes, .. evaluation.Notes, .. card.Notes.Select(note => $"Of its training: {note}")],
            Reproduction = facts.Reproduction ?? new Reproduction($"strata report model.strata {TrainCommand.Quoted(facts.TableName ?? "table.csv")} --out report.html", string.Empty),
            Statements = plan.Statements ?? new ModelStatements(),
        };
    }

    /// <summary>Of algorithms compared: there is no model.</summary>
    /// <param name="comparison">What came of it.</param>
    /// <param name="plan">What was compared.</param>
    /// <param name="table">The table.</param>
    /// <param name="facts">What else is told.</param>
    public static RunReport Of(AlgorithmComparison comparison, ComparisonPlan plan, Frame table, ReportFacts facts)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(facts);
        LearningTask task = Metric.Named(comparison.Metric).Tasks.Contains(LearningTask.Regression) ? LearningTask.Regression : LearningTask.BinaryClassification;
        TrainingPlan best = comparison.Best is { } winner ? plan.Plan with { Algorithm = winner.Algorithm, Hyperparameters = winner.Hyperparameters } : plan.Plan;
        return new RunReport
        {
            Title = facts.Title ?? $"Algorithms for {plan.Plan.Target}",
            Kind = ReportKind.Comparison,
            StrataVersion = VersionText,
            Data = ReportedData.Of(table, plan.Plan, facts.TableName, task),
            Split = comparison.Split,
            Leaderboard = Ranking.Of(comparison),
            Notes = [.. facts.Notes, .. comparison.Notes],
            Reproduction = facts.Reproduction ?? Reproduction.Of(best, facts.TableName ?? "table.csv", facts.Preset),
        };
    }

    /// <summary>The record as it is stored and exchanged.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ModelFileJson.Options);

    /// <exception cref="JsonException">The text is no report.</exception>
    public static RunReport FromJson(string json) => JsonSerializer.Deserialize<RunReport>(json, ModelFileJson.Options) ?? throw new JsonException("A report is null.");

    /// <summary>One HTML file that needs nothing else.</summary>
    public string ToHtml() => ReportPage.Of(this);

    /// <summary>Writes the page, and the same as JSON beside it.</summary>
    /// <param name="path">Of the page, such as <c>report.html</c>.</param>
    /// <returns>The paths written.</returns>
    public IReadOnlyList<string> Save(string path)
    {
        string json = Path.ChangeExtension(path, ".json");
        if (json == path)
        {
            throw new DataException($"A report is a page with JSON beside it: '{path}' cannot be both. Name it .html.");
        }

        WholeFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(ToHtml())));
        WholeFile.Write(json, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(ToJson())));
        return [path, json];
    }

    private static string? VersionText => typeof(RunReport).Assembly.GetName().Version?.ToString(3);

    private static string TitleOf(string algorithm) => Algorithms.All.FirstOrDefault(known => known.Name == algorithm)?.Title ?? algorithm;

    /// <summary>The plan of the model's card; what a later or earlier version wrote and this one cannot read is left aside.</summary>
    private static TrainingPlan PlanOf(ModelFile file)
    {
        var usual = new TrainingPlan { Algorithm = file.Model.Algorithm, Target = file.Model.Signature.Task.HasTarget() ? file.Model.Signature.Target : null };
        try
        {
            return file.Card.Plan is JsonObject plan ? plan.Deserialize<TrainingPlan>(ModelFileJson.Options) ?? usual : usual;
        }
        catch (JsonException)
        {
            return usual;
        }
    }

    private static IReadOnlyList<ColumnImportance> ImportanceOf(IModel model, TrainingTable rows, FitContext context)
    {
        TrainingTable some = rows.RowCount <= MostImportanceRows ? rows : rows.Take([.. Enumerable.Range(0, MostImportanceRows).Select(i => (int)((long)i * rows.RowCount / MostImportanceRows))]);
        try
        {
            return PermutationImportance.Of(model, some, repeats: 3, context: context with { Progress = null });
        }
        catch (DataException)
        {
            // The metric may be undefined on few rows; the report then goes without it.
            return [];
        }
    }

    /// <summary>A line of so many points that a picture can show.</summary>
    private static Series Thinned(Series line)
    {
        int count = line.X.Count;
        if (count <= MostCurvePoints)
        {
            return line;
        }

        int[] kept = [.. Enumerable.Range(0, MostCurvePoints).Select(i => (int)((long)i * (count - 1) / (MostCurvePoints - 1)))];
        return new Series(line.Name, [.. kept.Select(i => line.X[i])], [.. kept.Select(i => line.Y[i])]);
    }
}
