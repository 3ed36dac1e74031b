using System.Diagnostics;
using System.Text.Json;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Trees;

namespace Strata.Bench;

/// <summary>Times predictions of boosted trees, in batches and row by row; the rows go to a directory for peers/predict.py.</summary>
internal static class PredictBench
{
    private const int Classes = 7, Levels = 12, CategoryColumns = 20, TrainingRows = 200_000;

    /// <param name="args"><c>--kind</c> is numbers, depth6, multiclass, categories or missing.</param>
    public static int Run(string[] args)
    {
        var options = new Options(args);
        string kind = options.Text("kind") ?? "numbers", directory = options.Text("data") ?? "bench/data/predict";
        int rowCount = options.Number("rows", 1_000_000), columns = options.Number("columns", 28), threads = options.Number("threads", Environment.ProcessorCount);
        HiggsLike train = Changed(HiggsLike.Generate(Math.Min(rowCount, TrainingRows), columns, seed: 1), kind), rows = Changed(HiggsLike.Generate(rowCount, columns, seed: 2), kind);
        train.Save(directory, "train");
        rows.Save(directory, "rows");
        var recipe = new GradientBoosting
        {
            Trees = options.Number("trees", 100),
            MaxLeaves = kind == "depth6" ? 64 : options.Number("leaves", 255),
            MaxDepth = kind == "depth6" ? 6 : 0,
        };
        GradientBoostingModel model = recipe.Fit(new TrainingTable(Features(train, kind), Target(train, kind)), new FitContext { Threads = threads });
        Frame frame = Features(rows, kind);
        Timing batch = Timing.Of(options.Number("repeats", 5), () => model.Predict(frame, threads));
        (double microseconds, double bytes) = RowByRow(RowPredictor.For(model)!, frame);
        (double tableMicroseconds, double tableBytes) = AsTables(model, frame);
        Console.WriteLine(JsonSerializer.Serialize(
            new
            {
                batch_seconds = batch.MedianWall,
                batch_processor_seconds = batch.MedianProcessor,
                row_microseconds = microseconds,
                row_bytes_allocated = bytes,
                one_row_table_microseconds = tableMicroseconds,
                one_row_table_bytes_allocated = tableBytes,
                leaves = model.Trees.Feature.Count(feature => feature < 0) / (double)model.Trees.TreeCount,
                depth = model.Trees.Depth(),
            },
            ModelFileJson.Options));
        return 0;
    }

    /// <summary>Microseconds and bytes a row, the rows being different ones and the same core's.</summary>
    private static (double Microseconds, double Bytes) RowByRow(RowPredictor predictor, Frame frame)
    {
        const int count = 20_000;
        double[][] rows = [.. Enumerable.Range(0, Math.Min(count, frame.RowCount)).Select(row => frame.Columns.Select(column => column.NumberAt(row)).ToArray())];
        double[] scores = new double[predictor.ScoreCount], values = new double[predictor.ValueCount];
        var best = double.PositiveInfinity;
        long bytes = 0;
        for (int repeat = 0; repeat < 7; repeat++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            foreach (double[] row in rows)
            {
                predictor.Predict(row, scores, values);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return (best / rows.Length, bytes / (double)rows.Length);
    }

    /// <summary>The same for tables of one row, which is how a request comes in.</summary>
    private static (double Microseconds, double Bytes) AsTables(GradientBoostingModel model, Frame frame)
    {
        Frame[] rows = [.. Enumerable.Range(0, Math.Min(2000, frame.RowCount)).Select(row => frame.Take([row]))];
        var best = double.PositiveInfinity;
        long bytes = 0;
        for (int repeat = 0; repeat < 7; repeat++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            foreach (Frame row in rows)
            {
                _ = model.Predict(row);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return (best / rows.Length, bytes / (double)rows.Length);
    }

    private static HiggsLike Changed(HiggsLike rows, string kind) => kind switch
    {
        "numbers" or "depth6" => rows,
        "missing" => rows with { Columns = [.. rows.Columns.Select((column, i) => column.Select((value, row) => Hash(row, i) % 10 < 3 ? float.NaN : value).ToArray())] },
        "categories" => rows with { Columns = [.. rows.Columns.Select((column, i) => i < CategoryColumns ? column.Select(Level).ToArray() : column)] },
        "multiclass" => rows with { Labels = [.. rows.Labels.Select((label, row) => (label + (rows.Columns[1][row] > 0 ? 2 : 0) + (rows.Columns[5][row] * rows.Columns[9][row] > 0 ? 3 : 0)) % Classes)] },
        _ => throw new ArgumentException($"There is no kind '{kind}'; there are numbers, depth6, multiclass, categories and missing."),
    };

    /// <summary>A code whose order says nothing.</summary>
    private static float Level(float value) => (int)(Math.Clamp(value + 3, 0, 5.99) * 2) * 5 % Levels;

    private static uint Hash(int row, int column) => (uint)((row * 2654435761L + column * 40503L) >> 7) * 2246822519u >> 16;

    private static Frame Features(HiggsLike rows, string kind) => new(rows.Columns.Select((column, i) => kind == "categories" && i < CategoryColumns
        ? (Column)new CategoryColumn($"x{i}", [.. column.Select(value => (int)value)], [.. Enumerable.Range(0, Levels).Select(level => $"{level}")])
        : new Float32Column($"x{i}", column)));

    private static ClassTarget Target(HiggsLike rows, string kind) =>
        new("signal", rows.Labels, kind == "multiclass" ? [.. Enumerable.Range(0, Classes).Select(code => $"{code}")] : ["no", "yes"]);
}
