using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;
using Strata.Learning.Trees;
using Strata.Learning.Validation;
using Strata.Solutions;
using Strata.Solutions.Exoplanets;

namespace Strata.Bench.Exoplanets;

/// <summary>
/// Makes the models that ship with the exoplanet solution, with their cards, from the archive's real tables. The same tables and program give the same bytes. What is written holds trees,
/// metrics and quantiles, and no row of the tables.
/// </summary>
internal static class PretrainExoplanets
{
    private const string Licence = "Model: MIT. Learned from tables of the NASA Exoplanet Archive, which are in the public domain; the archive asks to be acknowledged.";

    internal static readonly Dictionary<string, double> Binary = new() { ["trees"] = 400, ["learning_rate"] = 0.03, ["max_leaves"] = 12, ["min_rows_per_leaf"] = 15, ["l2"] = 5, ["row_fraction"] = 0.8, ["column_fraction"] = 0.5 };

    private static readonly string[] Kept = ["accuracy", "balanced_accuracy", "f1_macro", "log_loss", "roc_auc", "expected_calibration_error"];

    private static readonly double[] QuantileParts = [0.05, 0.25, 0.5, 0.75, 0.95];

    private static readonly JsonSerializerOptions Indented = new(ModelFileJson.Options) { WriteIndented = true };

    private static readonly Dictionary<string, double> Several = Binary.Concat([]).ToDictionary(pair => pair.Key, pair => pair.Key == "trees" ? 250 : pair.Key == "learning_rate" ? 0.04 : pair.Value);

    public static int Run(string[] args)
    {
        var options = new Options(args);
        string folder = options.Text("data") ?? throw new ArgumentException("--data names the folder with koi_cumulative.csv, toi.csv and k2pandc.csv.");
        string output = options.Text("out") ?? throw new ArgumentException("--out names the folder to write to.");
        MissionRows[] missions = [.. Mission.All.Select(mission => MissionRows.Read(mission, folder))];
        Directory.CreateDirectory(output);
        Universal(missions, output);
        foreach (MissionRows rows in missions)
        {
            TrainingTable table = rows.With(rows.CommonColumns());
            string classes = string.Join(", ", table.Target.Classes);
            Dictionary<string, double> hyperparameters = table.Target.Task == LearningTask.BinaryClassification ? Binary : Several;
            Evaluation judged = Judge(table, hyperparameters).Overall;
            Write(output, table, hyperparameters, new PretrainedCard
            {
                Name = $"exoplanets_{rows.Mission.Name}",
                Title = $"{rows.Mission.Title}: {classes}",
                Summary = $"Tells {classes} among {rows.Mission.Title} by physical quantities that every transit survey measures. It judges catalogue values, not light curves, and repeats the leanings of those who settled the training rows; it is no confirmation of a planet.",
                Algorithm = "gradient_boosting",
                Classes = table.Target.Classes,
                TrainedOn = [Source(rows, table.RowCount)],
                Licence = Licence,
                Protocol = "5-fold cross-validation on the training rows, all objects of a star in one fold, out-of-fold predictions judged together.",
                Metrics = Chosen(judged, string.Empty).ToDictionary(),
                Hyperparameters = hyperparameters,
                Inputs = Inputs(table.Features),
            });
        }

        return 0;
    }

    private static void Universal(MissionRows[] missions, string output)
    {
        (TrainingTable table, int[] missionOf) = SettledRows.Of(missions);
        CrossValidation validation = Judge(table, Binary);
        var metrics = new Dictionary<string, double>(Chosen(validation.Overall, string.Empty));
        for (int i = 0; i < missions.Length; i++)
        {
            int[] mine = [.. Enumerable.Range(0, table.RowCount).Where(row => missionOf[row] == i)], others = [.. Enumerable.Range(0, table.RowCount).Where(row => missionOf[row] != i)];
            foreach ((string name, double value) in Chosen(Evaluation.Of(Part(validation.OutOfFold, mine), table.Target.Take(mine)), $"{missions[i].Mission.Name}."))
            {
                metrics[name] = value;
            }

            GradientBoostingModel unseen = Recipe(Binary).Fit(table.Take(others), new FitContext());
            foreach ((string name, double value) in Chosen(Evaluation.Of(unseen.Predict(table.Features.Take(mine)), table.Target.Take(mine)), $"{missions[i].Mission.Name}_never_seen."))
            {
                metrics[name] = value;
            }
        }

        Write(output, table, Binary, new PretrainedCard
        {
            Name = "exoplanets_universal",
            Title = "Planet or false positive, any transit survey",
            Summary = "Tells settled planets from settled false positives of Kepler, TESS and K2 alike by physical quantities that every transit survey measures. It knows no candidates: an unsettled object gets the verdict it would most likely get. It judges catalogue values, not light curves, and is no confirmation of a planet.",
            Algorithm = "gradient_boosting",
            Classes = table.Target.Classes,
            TrainedOn = [.. missions.Select((rows, i) => Source(rows, missionOf.Count(mission => mission == i)))],
            Licence = Licence,
            Protocol = "5-fold cross-validation on the training rows, all objects of a star in one fold, out-of-fold predictions judged together and by mission; 'never_seen' figures are of models that learned from the two other missions only.",
            Metrics = metrics,
            Hyperparameters = Binary,
            Inputs = Inputs(table.Features),
        });
    }

    private static Predictions Part(Predictions predictions, int[] rows)
    {
        int width = predictions.Classes.Count, outputs = predictions.RawScores.Length / predictions.RowCount;
        return Predictions.OfProbabilities(
            predictions.Classes,
            [.. rows.SelectMany(row => predictions.RawScores.AsSpan(row * outputs, outputs).ToArray())],
            [.. rows.SelectMany(row => predictions.Values.AsSpan(row * width, width).ToArray())]);
    }

    internal static GradientBoosting Recipe(Dictionary<string, double> hyperparameters) =>
        (GradientBoosting)Algorithms.Named("gradient_boosting").Recipe(hyperparameters.ToDictionary(pair => pair.Key, pair => (JsonNode?)JsonValue.Create(pair.Value)));

    private static CrossValidation Judge(TrainingTable table, Dictionary<string, double> hyperparameters) =>
        CrossValidation.Run(Recipe(hyperparameters), table, 5, new FitContext());

    private static IEnumerable<KeyValuePair<string, double>> Chosen(Evaluation evaluation, string prefix) =>
        Kept.Where(evaluation.Metrics.ContainsKey)
            .Select(name => KeyValuePair.Create(prefix + name, Math.Round(evaluation.Metrics[name], 4)));

    private static TrainingSource Source(MissionRows rows, int count)
    {
        string retrieved = rows.Reading.Format.CommentLines.Count > 1 ? rows.Reading.Format.CommentLines[1].Trim() : string.Empty;
        return new TrainingSource(rows.Mission.ArchiveTable, count, retrieved, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(rows.Path))));
    }

    private static IReadOnlyList<InputColumn> Inputs(Frame features) => [.. TransitFeatures.Columns.Select(meaning => Input(meaning, features[meaning.Name]))];

    private static InputColumn Input(ColumnMeaning meaning, Column column)
    {
        double[] sorted = [.. Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row)).Select(column.NumberAt).Order()];
        double[] quantiles = sorted.Length == 0 ? [] : [.. QuantileParts.Select(part => Math.Round(sorted[(int)(part * (sorted.Length - 1))], 3))];
        return new InputColumn(meaning.Name, meaning.Title, meaning.Meaning, Math.Round((double)column.MissingCount / column.Count, 4), quantiles, meaning.Unit);
    }

    private static void Write(string output, TrainingTable table, Dictionary<string, double> hyperparameters, PretrainedCard card)
    {
        GradientBoostingModel model = Recipe(hyperparameters).Fit(table, new FitContext());
        var file = new ModelFile(model, new ModelCard
        {
            Title = card.Title,
            Description = $"{card.Summary} {card.Licence}",
            Split = card.Protocol,
            TrainingRows = table.RowCount,
            Metrics = card.Metrics,
        });
        string path = Path.Join(output, $"{card.Name}.strata");
        file.Save(path);
        File.WriteAllText(Path.Join(output, $"{card.Name}.json"), JsonSerializer.Serialize(card, Indented) + "\n");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{card.Name}: {table.RowCount} rows, {new FileInfo(path).Length / 1024.0:F0} KiB"));
        foreach ((string name, double value) in card.Metrics)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name} {value}"));
        }
    }
}
