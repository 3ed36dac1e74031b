using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Workflow;

namespace Strata.Solutions.Exoplanets.Sessions;

/// <summary>Trains a model of any algorithm on a mission's table, honestly: leaking columns left out, stars kept whole between training and test.</summary>
public static class CustomTraining
{
    private const double DataPercent = 20, FitPercent = 85;

    /// <exception cref="DataException">The order or its files cannot be used; the message says what to change.</exception>
    /// <exception cref="SourceException">The archive cannot be reached and there is no copy.</exception>
    public static async Task<SessionOutcome> RunAsync(SessionOrder order, SessionContext context)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(context);
        context.Report(1, "Getting the data");
        SessionTable training = await SessionTable.OfSourceAsync(order, context).ConfigureAwait(false);
        SessionTable? testing = order.TestingFile is SessionFile file ? SessionTable.Read(file, order with { Mission = training.Mission }, context) : null;
        if (testing is not null && testing.Mission != training.Mission)
        {
            throw new DataException($"testing_file holds {testing.Mission.Title} but the training rows are {training.Mission.Title}; a model of one mission's columns cannot read another's.");
        }

        context.Report(DataPercent, "Preparing the rows");
        return Train(order, training, testing, context);
    }

    private static SessionOutcome Train(SessionOrder order, SessionTable training, SessionTable? testing, SessionContext context)
    {
        TablePreset preset = training.Mission.Preset;
        string[] classes = [.. preset.Classes.Select(meaning => meaning.Class).OfType<string>().Distinct(StringComparer.Ordinal)];
        LabelledRows rows = LabelledRows.Of(training, classes) ?? throw new DataException(
            $"The training rows carry no labels: expected a column '{preset.Target}' with {string.Join(", ", preset.Classes.Select(meaning => meaning.Label))}.");
        (Frame features, IReadOnlyList<string> notes) = SurveyFeatures.Of(training.Table, training.Mission, training.Columns);
        TrainingPlan plan = Plan(order, preset, training);
        Frame? judged = testing is null ? null : Judged(testing, plan, classes);
        TrainingOutcome outcome = Training.Run(plan, Labelled(features, rows, training, plan), FitContext(context), judged, withImportance: false);

        context.Report(FitPercent, "Predicting test rows");
        (Frame tested, IReadOnlyList<int> numbers) = testing is null
            ? (outcome.Test.Table.Features, outcome.Test.RowNumbers.Select(row => rows.Rows[row]).ToArray())
            : (SurveyFeatures.Of(testing.Table, testing.Mission, testing.Columns).Features, Enumerable.Range(0, testing.Table.RowCount).ToArray());
        return new SessionOutcome
        {
            ValidationMetrics = SessionMetrics.Of(outcome.Evaluation),
            TestPredictions = SessionPredictions.Of(outcome.Model, tested, numbers, context, FitPercent),
            ModelInformation = Information(order, training, outcome, [.. training.Notes, .. testing?.Notes ?? [], .. rows.Notes, .. notes]),
            Model = outcome.Model,
        };
    }

    /// <summary>The user's hyperparameters over those that the preset recommends for the algorithm.</summary>
    private static TrainingPlan Plan(SessionOrder order, TablePreset preset, SessionTable training)
    {
        string algorithm = order.ModelType ?? "gradient_boosting";
        if (!Learning.Catalog.Algorithms.NeedsTarget(algorithm))
        {
            throw new DataException($"model_type '{algorithm}' learns no classes; planets are told from the rest by an algorithm that does, such as gradient_boosting.");
        }

        return new TrainingPlan
        {
            Target = preset.Target,
            Task = TargetKind.Classification,
            Algorithm = algorithm,
            Hyperparameters = preset.Recommend(algorithm, order.Hyperparameters),
            Group = training.Star is null ? null : preset.Group,
            Seed = order.Seed,
        };
    }

    /// <summary>Features with the target and the star beside them, labelled rows only.</summary>
    private static Frame Labelled(Frame features, LabelledRows rows, SessionTable table, TrainingPlan plan)
    {
        Frame labelled = features.Take(rows.Rows).With(CategoryColumn.Of(plan.Target!, rows.Labels));
        return plan.Group is string group && table.Star is Column star ? labelled.With(star.Take(rows.Rows).Named(group)) : labelled;
    }

    /// <summary>The labelled rows of the testing file, to judge by; null when it has none, and rows are held back instead.</summary>
    private static Frame? Judged(SessionTable testing, TrainingPlan plan, string[] classes) =>
        LabelledRows.Of(testing, classes) is { Rows.Length: > 0 } rows
            ? Labelled(SurveyFeatures.Of(testing.Table, testing.Mission, testing.Columns).Features, rows, testing, plan with { Group = null })
            : null;

    private static FitContext FitContext(SessionContext context) => new()
    {
        Threads = context.Threads,
        Cancellation = context.Cancellation,
        Clock = context.Sources.Clock,
        Checkpoints = context.Checkpoints,
        Progress = new FitReport(context),
    };

    private static JsonObject Information(SessionOrder order, SessionTable training, TrainingOutcome outcome, IReadOnlyList<string> notes) => new()
    {
        ["model_type"] = outcome.Plan.Algorithm,
        ["dataset_name"] = training.Mission.Name,
        ["data_source"] = JsonSerializer.SerializeToNode(order.DataSource, ModelFileJson.Options),
        ["classes"] = Json(outcome.Model.Signature.Classes),
        ["features"] = Json(outcome.Model.Signature.Features.Names),
        ["dropped"] = Json(training.Mission.Preset.Drop),
        ["hyperparameters"] = Json(outcome.Plan.Hyperparameters),
        ["training_rows"] = outcome.TrainingRows,
        ["test_rows"] = outcome.Test.Table.RowCount,
        ["split"] = outcome.Split,
        ["fit_seconds"] = Math.Round(outcome.FitTime.TotalSeconds, 3),
        ["simulated"] = order.DataSource == SessionDataSource.Simulated,
        ["notes"] = Json(notes.Concat(outcome.Notes).Distinct(StringComparer.Ordinal)),
    };

    private static JsonNode? Json<T>(T value) => JsonSerializer.SerializeToNode(value, ModelFileJson.Options);

    private sealed class FitReport(SessionContext context) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) =>
            context.Report(DataPercent + (FitPercent - DataPercent) * (value.Step + 1) / value.StepCount, $"Training, step {value.Step + 1} of {value.StepCount}");
    }
}
