using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Trees;

namespace Strata.Solutions.Exoplanets.Sessions;

/// <summary>A shipped model that went on learning from a user's rows, and what that gained.</summary>
internal sealed class FineTuning
{
    /// <summary>Fewer labelled rows than this teach nothing that could be measured.</summary>
    public const int FewestRows = 20;

    /// <summary>Small trees on parts of the rows and columns, for few rows. Training from scratch takes the same, so that only the start differs.</summary>
    internal static readonly Dictionary<string, JsonNode?> Hyperparameters = new()
    {
        ["trees"] = 250,
        ["learning_rate"] = 0.04,
        ["max_leaves"] = 8,
        ["min_rows_per_leaf"] = 8,
        ["l2"] = 5,
        ["row_fraction"] = 0.8,
        ["column_fraction"] = 0.4,
    };

    private FineTuning(GradientBoostingModel tuned, Evaluation before, Evaluation after, Evaluation? scratch, int[] learnedFrom, int[] notLearnedFrom, string split)
    {
        (Tuned, Before, AfterTuning, FromScratch) = (tuned, before, after, scratch);
        (LearnedRows, NotLearnedFrom, Split) = (learnedFrom.Length, notLearnedFrom, split);
    }

    public GradientBoostingModel Tuned { get; }

    /// <summary>The model as shipped, on the test rows.</summary>
    public Evaluation Before { get; }

    /// <summary>The tuned model, on the same rows.</summary>
    public Evaluation AfterTuning { get; }

    /// <summary>A model trained on the user's rows alone, on the same rows; null when those rows alone cannot teach one.</summary>
    public Evaluation? FromScratch { get; }

    public int LearnedRows { get; }

    /// <summary>The rows of the teaching table that taught nothing: held back, or without a settled label.</summary>
    public int[] NotLearnedFrom { get; }

    public string Split { get; }

    /// <summary>Goes on learning from the labelled rows, judged on the asked table's labels where it has some, else on stars held back; null (with a note) where there are too few labels.</summary>
    public static FineTuning? Try(
        SessionOrder order, PretrainedModel shipped, SessionTable teaching, LabelledRows lessons, SessionTable? asked, LabelledRows? judged, SessionContext context, List<string> notes)
    {
        notes.AddRange(lessons.Notes);
        var counts = lessons.Labels.CountBy(label => label).ToDictionary();
        if (lessons.Rows.Length < FewestRows || counts.Count < 2)
        {
            string found = counts.Count == 0 ? "none" : string.Join(", ", counts.Select(pair => $"{pair.Value} {pair.Key}"));
            notes.Add($"Too few labelled rows to learn from ({found}); at least {FewestRows} of two classes are needed, so the model was used as shipped.");
            return null;
        }

        var start = (GradientBoostingModel)shipped.File.Model;
        TrainingTable all = Table(start.Signature.Target, teaching, lessons, shipped.Card.Classes);
        bool ownTest = asked is not null && judged is { Rows.Length: > 0 };
        (RowSplit split, SplitDescription description) = ownTest ? (new RowSplit([.. Enumerable.Range(0, all.RowCount)], []), null!) : RowSplits.HoldOut(all, 0.3, order.Seed);
        TrainingTable train = ownTest ? all : all.Take(split.Train);
        TrainingTable test = ownTest ? Table(start.Signature.Target, asked!, judged!, shipped.Card.Classes) : all.Take(split.Test);
        FitContext fit = new() { Seed = order.Seed, Threads = context.Threads, Cancellation = context.Cancellation, Clock = context.Sources.Clock };

        context.Report(30, "Fine-tuning on the labelled rows");
        GradientBoostingModel tuned = Recipe(order).ContinueFit(start, train, fit);
        context.Report(45, "Training from scratch, to compare");
        Evaluation before = Evaluation.Of(start.Predict(test.Features, context.Threads), test.Target);
        Evaluation after = Evaluation.Of(tuned.Predict(test.Features, context.Threads), test.Target);
        Evaluation? scratch = Scratch(order, train, test, fit, notes);
        int[] learned = [.. split.Train.Select(i => lessons.Rows[i])];
        int[] others = [.. LabelledRows.Counted(teaching).Except(learned).Order()];
        return new FineTuning(tuned, before, after, scratch, learned, others, ownTest ? $"Judged on the {test.RowCount} labelled rows of the testing file." : description.Text);
    }

    public JsonObject Report() => new()
    {
        ["rows"] = LearnedRows,
        ["split"] = Split,
        ["as_shipped"] = Figures(Before),
        ["fine_tuned"] = Figures(AfterTuning),
        ["from_scratch"] = FromScratch is null ? null : Figures(FromScratch),
        ["gain_over_scratch"] = FromScratch is null ? null : Gain(FromScratch),
        ["gain_over_shipped"] = Gain(Before),
    };

    public static ClassTarget Target(string name, IReadOnlyList<string> labels, IReadOnlyList<string> classes) =>
        new(name, [.. labels.Select(label => classes.Index().First(known => known.Item == label).Index)], classes);

    private static TrainingTable Table(string target, SessionTable table, LabelledRows rows, IReadOnlyList<string> classes)
    {
        int[]? stars = table.Star is Column star ? RowSplits.GroupsOf(star.Take(rows.Rows)) : null;
        return new TrainingTable(TransitFeatures.Of(table.Table, table.Columns).Take(rows.Rows), Target(target, rows.Labels, classes), groups: stars);
    }

    /// <summary>The user's hyperparameters over ours.</summary>
    private static GradientBoosting Recipe(SessionOrder order)
    {
        var values = new Dictionary<string, JsonNode?>(Hyperparameters);
        foreach ((string name, JsonNode? value) in order.Hyperparameters)
        {
            values[name] = value;
        }

        return (GradientBoosting)Algorithms.Named("gradient_boosting").Recipe(values);
    }

    /// <summary>Null, with a note, where the rows lack a class or are too few for a model of their own.</summary>
    private static Evaluation? Scratch(SessionOrder order, TrainingTable train, TrainingTable test, FitContext fit, List<string> notes)
    {
        try
        {
            return Evaluation.Of(Recipe(order).Fit(train, fit).Predict(test.Features, fit.Threads), test.Target);
        }
        catch (DataException e)
        {
            notes.Add($"No model could be trained from scratch on these rows alone: {e.Message}");
            return null;
        }
    }

    private JsonObject Gain(Evaluation other)
    {
        var gain = new JsonObject();
        foreach (string name in Compared.Where(name => AfterTuning.Metrics.ContainsKey(name) && other.Metrics.ContainsKey(name)))
        {
            // Positive is better, also where a smaller metric is.
            double difference = AfterTuning.Metrics[name] - other.Metrics[name];
            gain[name] = Math.Round(name == "log_loss" ? -difference : difference, 6);
        }

        return gain;
    }

    private static readonly string[] Compared = ["accuracy", "f1_macro", "log_loss", "roc_auc"];

    private static JsonObject Figures(Evaluation evaluation)
    {
        var figures = new JsonObject();
        foreach (string name in Compared.Where(evaluation.Metrics.ContainsKey))
        {
            figures[name] = Math.Round(evaluation.Metrics[name], 6);
        }

        return figures;
    }
}
