using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Tensors;

namespace Strata.Bench;

/// <summary>
/// Reads one large CSV of floats, and has pandas' C reader read the same file (<c>peers/reading.py</c>): medians after warm-up and their ratio. The sums of all columns
/// must agree. With 17 digits the numbers are written as pandas writes doubles.
/// </summary>
internal static class CsvBench
{
    public static int Run(string[] args)
    {
        var options = new Options(args);
        int repeats = options.Number("repeats", 5);
        string folder = Directory.CreateTempSubdirectory("strata-bench-").FullName;
        try
        {
            string path = Path.Combine(folder, "floats.csv");
            Write(path, options.Number("rows", 1_000_000), options.Number("columns", 28), options.Number("digits", 7));
            double megabytes = new FileInfo(path).Length / 1e6;
            var reading = new TableReadOptions { Threads = options.Number("threads", 2) };
            Frame frame = TableFile.Read(path, reading).Frame;
            Timing ours = Timing.Of(repeats, () => TableFile.Read(path, reading));
            (double theirs, double theirProcessor, string version) = Pandas(options.Text("python") ?? "/usr/bin/python3", path, repeats, frame);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"strata csv {frame.RowCount} x {frame.ColumnCount}, {megabytes:F0} MB, {reading.Threads} threads: {ours.MedianWall:F3} s wall (best {ours.Wall.Min():F3}), {ours.MedianProcessor:F3} s processor, {megabytes / ours.MedianWall:F0} MB/s; pandas {version} C reader {theirs:F3} s wall, {theirProcessor:F3} s processor; ratio {ours.MedianWall / theirs:F3} wall, {ours.MedianProcessor / theirProcessor:F3} processor"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(string path, int rows, int columns, int digits)
    {
        var random = RandomSource.For(1, "csv rows");
        string format = digits >= 17 ? "R" : $"G{digits}";
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        writer.Write(string.Join(',', Enumerable.Range(0, columns).Select(i => $"feature_{i}")) + "\n");
        Span<char> buffer = stackalloc char[32];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                random.NextGaussian().TryFormat(buffer, out int written, format, CultureInfo.InvariantCulture);
                writer.Write(buffer[..written]);
                writer.Write(column < columns - 1 ? ',' : '\n');
            }
        }
    }

    /// <summary>The medians of pandas' wall and processor times, and its version.</summary>
    private static (double Wall, double Processor, string Version) Pandas(string python, string path, int repeats, Frame frame)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "peers", "reading.py"), path, repeats.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start.");
        using JsonDocument answer = JsonDocument.Parse(process.StandardOutput.ReadToEnd());
        double[] sums = [.. answer.RootElement.GetProperty("sums").EnumerateArray().Select(sum => sum.GetDouble())];
        for (int i = 0; i < sums.Length; i++)
        {
            double sum = ((Float64Column)frame.Columns[i]).Values.Sum();
            if (!(Math.Abs(sum - sums[i]) < 1e-6))
            {
                throw new InvalidOperationException($"Column '{frame.Columns[i].Name}' sums to {sum:R} here and to {sums[i]:R} there.");
            }
        }

        return (answer.RootElement.GetProperty("median").GetDouble(), answer.RootElement.GetProperty("processor").GetDouble(), answer.RootElement.GetProperty("version").GetString()!);
    }
}
