using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Strata.Tensors;
using Strata.Tensors.Kernels;
using Strata.Tensors.Kernels.Products;

namespace Strata.Bench;

/// <summary>
/// Rates of float32 matrix products over square and skinny shapes; beside another library's in the same process, turn by turn, where a file with <c>cblas_sgemm</c> is given.
/// </summary>
internal static unsafe class ProductBench
{
    private const double Seconds = 0.15;
    private const int Rounds = 7;

    private static readonly (int Rows, int Columns, int Depth)[] Shapes =
    [
        (256, 256, 256), (512, 512, 512), (1024, 1024, 1024), (2048, 2048, 2048),
        (64, 512, 512), (64, 2048, 512), (64, 512, 2048), (256, 784, 256), (25_600, 16, 27), (25_600, 64, 144), (6_400, 64, 576), (32, 128, 64), (64, 10, 512), (1, 512, 512),
    ];

    public static int Run(string[] args)
    {
        var options = new Options(args);
        int threads = options.Number("threads", 1);
        using var team = new ThreadTeam(threads);
        using var product = new MatrixProduct(team);
        Foreign? foreign = options.Text("blas") is string path ? new Foreign(path, threads) : null;
        foreach ((int m, int n, int k) in Shapes)
        {
            using var a = new AlignedBuffer<float>((long)m * k, hugePages: true);
            using var b = new AlignedBuffer<float>((long)k * n, hugePages: true);
            using var c = new AlignedBuffer<float>((long)m * n, hugePages: true);
            var random = new RandomSource(1);
            foreach (AlignedBuffer<float> one in new[] { a, b })
            {
                foreach (ref float value in one.Span)
                {
                    value = (float)random.NextDouble();
                }
            }

            double ours = double.PositiveInfinity, theirs = double.PositiveInfinity;
            for (int round = 0; round < Rounds; round++)
            {
                ours = Math.Min(ours, Best(() => product.Run(new MatrixView(a.Pointer, m, k), new MatrixView(b.Pointer, k, n), new MatrixView(c.Pointer, m, n))));
                theirs = foreign is null ? theirs : Math.Min(theirs, Best(() => foreign.Multiply(m, n, k, a.Pointer, b.Pointer, c.Pointer)));
            }

            double work = 2e-9 * m * n * k;
            Console.WriteLine(JsonSerializer.Serialize(new { rows = m, columns = n, depth = k, threads, gigaflops = work / ours, theirs = foreign is null ? (double?)null : work / theirs, ratio = foreign is null ? (double?)null : theirs / ours }));
        }

        return 0;
    }

    /// <summary>The shortest of many runs: what is longer was interrupted.</summary>
    private static double Best(Action work)
    {
        work();
        long began = Stopwatch.GetTimestamp();
        double best = double.PositiveInfinity;
        while (Stopwatch.GetElapsedTime(began).TotalSeconds < Seconds / Rounds)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    /// <summary>A library with the C interface of BLAS, on this machine for the comparison only.</summary>
    private sealed class Foreign
    {
        private const int RowMajor = 101, NotTransposed = 111;

        private readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> multiply;

        public Foreign(string path, int threads)
        {
            nint library = NativeLibrary.Load(path);
            multiply = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)NativeLibrary.GetExport(library, "cblas_sgemm");
            if (NativeLibrary.TryGetExport(library, "openblas_set_num_threads", out nint set))
            {
                ((delegate* unmanaged<int, void>)set)(threads);
            }
        }

        public void Multiply(int m, int n, int k, float* a, float* b, float* c) => multiply(RowMajor, NotTransposed, NotTransposed, m, n, k, 1, a, k, b, n, 0, c, n);
    }
}
