using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Learning.Workflow;

namespace Strata.Bench;

/// <summary>A real data set with its split: what is learned from, tested on, and chosen by.</summary>
/// <param name="Name">Of the set.</param>
/// <param name="Metrics">What is printed.</param>
/// <param name="Parts">The parts for an algorithm and a seed: tables get rows of single numbers where they cannot take arrays.</param>
internal sealed record ArrayTask(string Name, string[] Metrics, Func<string, ulong, IEnumerable<(TrainingTable Train, TrainingTable Test, TrainingTable? Validation)>> Parts);

/// <summary>The sets of <c>strata-bench arrays</c>.</summary>
internal static class ArrayTasks
{
    /// <summary>Algorithms of tables: they are given the numbers of arrays one by one.</summary>
    private static readonly string[] OfTables = ["gradient_boosting", "random_forest", "logistic_regression", "extra_trees", "voting", "mlp", "resnet_tabular"];

    private static readonly string[] Measures = ["period", "duration", "transit_depth", "sn"];

    public static IReadOnlyList<string> Names { get; } = ["mnist", "tess", "tess-folds", "tess-measured", "tess-measured-folds", "dales", "bimnet", "landslide", "landslide-later"];

    public static ArrayTask Open(string name, string data) => name switch
    {
        "mnist" => Mnist(data),
        "tess" or "tess-folds" or "tess-measured" or "tess-measured-folds" => Tess(name, data),
        "dales" => Clouds(name, Path.Combine(data, "clouds", "dales_objects_499_1024pts.csv.gz")),
        "bimnet" => Clouds(name, Path.Combine(data, "clouds", "bimnet10_train.csv.gz")),
        "landslide" or "landslide-later" => Landslide(name, data),
        _ => throw new DataException($"There is no task '{name}'; there are {string.Join(", ", Names)}."),
    };

    /// <summary>The last 10,000 images are the test, the 5,000 before them choose.</summary>
    private static ArrayTask Mnist(string data)
    {
        const int test = 10_000, aside = 5_000;
        Frame rows = TableFile.Read(Path.Combine(data, "images", "mnist-train-images-idx3-ubyte.gz")).Frame;
        Frame labels = rows.TryGet("label") is null ? TableFile.Read(Path.Combine(data, "images", "mnist-train-labels-idx1-ubyte.gz")).Frame : rows;
        Column target = labels.TryGet("label") ?? labels.Columns[0];
        Frame images = new(rows.Columns.Where(column => column is ArrayColumn));
        TrainingTable all = new(images, TargetReader.Read(target, TargetKind.Classification));
        TrainingTable Part(int from, int to) => all.Take([.. Enumerable.Range(from, to - from)]);
        int count = all.RowCount;
        return new ArrayTask("mnist", ["accuracy", "log_loss"], (_, _) => [(Part(0, count - test - aside), Part(count - test, count), Part(count - test - aside, count - test))]);
    }

    /// <summary>
    /// Planet-like signals (planet candidates and eclipsing binaries) against the rest, from a global and a local view of each light curve: learned on the training part and chosen by the
    /// validation part, or five folds inside the training part, of stars, with nothing to choose by. Where it says measured, the period, duration, depth and signal-to-noise ratio of the
    /// transit stand beside the views, as logarithms: folding and scaling took them out of the views.
    /// </summary>
    private static ArrayTask Tess(string name, string data)
    {
        (TrainingTable Table, int[] Stars) Read(string part, bool asTable)
        {
            Frame rows = TableFile.Read(Path.Combine(data, "exoplanets", "astronet_triage", $"{part}.csv.gz")).Frame;
            int[] codes = [.. Enumerable.Range(0, rows.RowCount).Select(row => rows["disposition"].TextAt(row) is "PC" or "EB" ? 1 : 0)];
            Column[] views = [.. rows.Columns.Where(column => column.Name.Length > 1 && column.Name[0] is 'g' or 'l' && column.Name[1..].All(char.IsAsciiDigit))];
            Column[] measures = name.StartsWith("tess-measured", StringComparison.Ordinal) ? [.. Measures.Select(measure => Logarithm(rows[measure]))] : [];
            Column[] seen = asTable ? views : [Folded("global", [[.. views.Where(column => column.Name[0] == 'g')]], ["flux"]), Folded("local", [[.. views.Where(column => column.Name[0] == 'l')]], ["flux"])];
            var features = new Frame([.. seen, .. measures]);
            return (new TrainingTable(features, new ClassTarget("disposition", codes, ["other", "signal"])), RowSplits.GroupsOf(rows["tic_id"]));
        }

        return new ArrayTask(name, ["average_precision", "roc_auc", "accuracy"], (algorithm, seed) =>
        {
            bool asTable = OfTables.Contains(algorithm);
            (TrainingTable train, int[] stars) = Read("train", asTable);
            if (name.EndsWith("-folds", StringComparison.Ordinal))
            {
                return RowSplits.StratifiedGroupKFold(((ClassTarget)train.Target).Codes, stars, 5, seed).Select(split => (train.Take(split.Train), train.Take(split.Test), (TrainingTable?)null));
            }

            TrainingTable chosen = Read("val", asTable).Table;
            return [(train, chosen, asTable ? null : chosen)];
        });
    }

    private static Float64Column Logarithm(Column column) => new(column.Name, [.. Enumerable.Range(0, column.Count).Select(row => Math.Log(Math.Max(column.NumberAt(row), 1e-9)))]);

    /// <summary>Objects as points, five stratified folds.</summary>
    private static ArrayTask Clouds(string name, string file)
    {
        Frame rows = TableFile.Read(file, new TableReadOptions { Series = new LongSeries("object") }).Frame;
        var all = new TrainingTable(new Frame(rows.Columns.Where(column => column is ArrayColumn)), TargetReader.Read(rows["label"], TargetKind.Classification));
        int[] codes = ((ClassTarget)all.Target).Codes;
        return new ArrayTask(name, ["accuracy", "f1_macro"], (_, seed) => RowSplits.StratifiedKFold(codes, 5, seed).Select(split => (all.Take(split.Train), all.Take(split.Test), (TrainingTable?)null)));
    }

    /// <summary>Four steps of thirteen sensors that tell the movement of the next step: by the authors' random split, or the last fifth of the time.</summary>
    private static ArrayTask Landslide(string name, string data)
    {
        Frame rows = TableFile.Read(Path.Combine(data, "ground", "mandi_landslide_sensors.csv")).Frame;
        string[] channels = [.. rows.Names.Where(column => rows.Contains($"{column}_t-1"))];
        string[] steps = ["_t-3", "_t-2", "_t-1", ""];
        Column[][] columns = [.. channels.Select(channel => steps.Select(step => rows[channel + step]).ToArray())];
        int[] complete = [.. Enumerable.Range(0, rows.RowCount).Where(row => columns.All(channel => channel.All(column => !column.IsMissing(row))) && !rows["Movements_t+1"].IsMissing(row))];
        var asSeries = new TrainingTable(new Frame(Folded("sensors", columns, channels)).Take(complete), TargetReader.Read(rows["Movements_t+1"], TargetKind.Classification).Take(complete));
        var asTable = new TrainingTable(new Frame(columns.SelectMany(channel => channel)).Take(complete), asSeries.Target);
        return new ArrayTask(name, ["accuracy", "f1_macro", "roc_auc"], (algorithm, seed) =>
        {
            TrainingTable all = OfTables.Contains(algorithm) ? asTable : asSeries;
            int cut = all.RowCount * 4 / 5;
            (int[] train, int[] test) = name == "landslide"
                ? Halves(RowSplits.StratifiedKFold(((ClassTarget)all.Target).Codes, 5, seed)[0])
                : ([.. Enumerable.Range(0, cut)], [.. Enumerable.Range(cut, all.RowCount - cut)]);
            return [(all.Take(train), all.Take(test), null)];
        });
    }

    private static (int[] Train, int[] Test) Halves(RowSplit split) => (split.Train, split.Test);

    /// <summary>Columns as one series: [channel][step].</summary>
    private static ArrayColumn Folded(string name, Column[][] columns, IReadOnlyList<string> channels)
    {
        int steps = columns[0].Length;
        var cells = new float[]?[columns[0][0].Count];
        for (int row = 0; row < cells.Length; row++)
        {
            float[] cell = cells[row] = new float[steps * columns.Length];
            for (int i = 0; i < cell.Length; i++)
            {
                cell[i] = (float)columns[i % columns.Length][i / columns.Length].NumberAt(row);
            }
        }

        return new ArrayColumn(name, ColumnType.Series, channels, cells);
    }
}
