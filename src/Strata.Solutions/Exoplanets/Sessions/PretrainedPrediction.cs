using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;
using Strata.Solutions.Exoplanets.Pretrained;
using Strata.Solutions.Exoplanets.Survey;

namespace Strata.Solutions.Exoplanets.Sessions;

/// <summary>
/// Predicts any mission's rows with a model that ships with the program. When a user's rows carry labels, the model first goes on learning from them, and what that gained is
/// measured against the model as shipped and against training from scratch, all three on the same rows that none of them learned from.
/// </summary>
public static class PretrainedPrediction
{
    private const double DataPercent = 20, FitPercent = 60;

    /// <exception cref="DataException">The order or its files cannot be used; the message says what to change.</exception>
    /// <exception cref="SourceException">The archive cannot be reached and there is no copy.</exception>
    public static async Task<SessionOutcome> RunAsync(SessionOrder order, SessionContext context)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(context);
        context.Report(1, "Getting the data");
        SessionTable? teaching = null, asked;
        if (order.DataSource == SessionDataSource.User)
        {
            teaching = order.TrainingFile is SessionFile training ? SessionTable.Read(training, order, context) : null;
            asked = order.TestingFile is SessionFile testing ? SessionTable.Read(testing, order, context) : teaching;
        }
        else
        {
            asked = await SessionTable.OfSourceAsync(order, context).ConfigureAwait(false);
        }

        if (asked is null)
        {
            throw new DataException("data_source is 'user', but neither a testing_file to predict nor a training_file to learn from came with it.");
        }

        context.Report(DataPercent, "Preparing the rows");
        PretrainedModel shipped = order.ModelType is null or "gradient_boosting" ? PretrainedModels.For(asked.Mission) : PretrainedModels.Named(order.ModelType);
        return Predict(order, shipped, teaching, asked, context);
    }

    private static SessionOutcome Predict(SessionOrder order, PretrainedModel shipped, SessionTable? teaching, SessionTable asked, SessionContext context)
    {
        IReadOnlyList<string> classes = shipped.Card.Classes;
        var notes = new List<string>(asked.Notes.Concat(teaching?.Notes ?? []).Distinct(StringComparer.Ordinal));
        LabelledRows? lessons = teaching is null ? null : LabelledRows.Of(teaching, classes);
        LabelledRows? judged = ReferenceEquals(asked, teaching) ? null : LabelledRows.Of(asked, classes);
        FineTuning? tuning = lessons is null ? null : FineTuning.Try(order, shipped, teaching!, lessons, ReferenceEquals(asked, teaching) ? null : asked, judged, context, notes);
        context.Report(FitPercent, "Predicting rows");

        IModel model = tuning?.Tuned ?? shipped.File.Model;
        Frame features = TransitFeatures.Of(asked.Table, asked.Columns);
        string[] absent = [.. features.Columns.Where(column => column.Count > 0 && column.MissingCount == column.Count).Select(column => column.Name)];
        if (absent.Length > 0)
        {
            notes.Add($"{absent.Length} of the model's {features.ColumnCount} inputs are missing in every row, so it leans on the others: {NearNames.List(absent, 25)}.");
        }

        int[] rows = tuning is not null && ReferenceEquals(asked, teaching) ? tuning.NotLearnedFrom : LabelledRows.Counted(asked);
        LabelledRows? known = judged ?? (ReferenceEquals(asked, teaching) ? lessons : null);
        Evaluation? evaluation = tuning?.AfterTuning ?? (known is { Rows.Length: > 0 } ? Evaluate(model, features, known, shipped.Card) : null);
        if (evaluation is not null && MayHaveTaught(asked))
        {
            notes.Add("The model as shipped learned from the archive's tables. Where rows judged here stand in them, every figure but the one from scratch flatters; the model card's figures come from stars it had not seen.");
        }

        return new SessionOutcome
        {
            ValidationMetrics = evaluation is null ? null : SessionMetrics.Of(evaluation),
            TestPredictions = SessionPredictions.Of(model, features.Take(rows), rows, context, FitPercent),
            ModelInformation = Information(order, shipped, asked, tuning, notes),
            Model = model,
        };
    }

    /// <summary>Whether the stars are named as in a mission's table, and not by the simulator.</summary>
    private static bool MayHaveTaught(SessionTable table) =>
        table.Star is Column star && star.Name == table.Mission.Preset.Group && Enumerable.Range(0, star.Count).Any(row => star.TextAt(row) is string name && !TransitSurvey.Names(name));

    private static Evaluation Evaluate(IModel model, Frame features, LabelledRows known, PretrainedCard card) =>
        Evaluation.Of(model.Predict(features.Take(known.Rows)), FineTuning.Target(model.Signature.Target, known.Labels, card.Classes));

    private static JsonObject Information(SessionOrder order, PretrainedModel shipped, SessionTable asked, FineTuning? tuning, IReadOnlyList<string> notes)
    {
        var information = new JsonObject
        {
            ["model_type"] = shipped.Card.Name,
            ["algorithm"] = shipped.Card.Algorithm,
            ["title"] = shipped.Card.Title,
            ["summary"] = shipped.Card.Summary,
            ["dataset_name"] = asked.Mission.Name,
            ["data_source"] = Json(order.DataSource),
            ["classes"] = Json(shipped.Card.Classes),
            ["features"] = Json(shipped.Card.Inputs.Select(input => input.Name)),
            ["mapping"] = Json(asked.Columns.Names.ToDictionary(pair => MissionColumns.NameOf(pair.Key), pair => pair.Value)),
            ["trained_on"] = Json(shipped.Card.TrainedOn),
            ["licence"] = shipped.Card.Licence,
            ["card_metrics"] = Json(shipped.Card.Metrics),
            ["fine_tuned"] = tuning is not null,
            ["simulated"] = order.DataSource == SessionDataSource.Simulated,
            ["notes"] = Json(notes.Distinct(StringComparer.Ordinal)),
        };
        if (tuning is not null)
        {
            information["fine_tuning"] = tuning.Report();
        }

        return information;
    }

    private static JsonNode? Json<T>(T value) => JsonSerializer.SerializeToNode(value, ModelFileJson.Options);
}
