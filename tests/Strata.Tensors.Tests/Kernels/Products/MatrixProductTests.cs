using Shouldly;
using Strata.Tensors.Kernels;
using Strata.Tensors.Kernels.Products;
using Xunit;

namespace Strata.Tensors.Tests.Kernels.Products;

/// <summary>Products beside the plain sums in double precision, over shapes with every kind of edge.</summary>
public sealed unsafe class MatrixProductTests
{
    public static TheoryData<int, int, int> Shapes =>
    [
        (1, 1, 1), (1, 32, 7), (14, 32, 8), (15, 33, 9), (13, 16, 5), (3, 17, 64), (29, 15, 3), (64, 10, 512), (100, 100, 100), (337, 70, 40), (2, 1100, 20), (40, 48, 1500), (200, 31, 705), (512, 1, 33), (1, 512, 512),
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_product_is_the_sum_of_products(int m, int n, int k)
    {
        foreach (bool transposesA in new[] { false, true })
        {
            foreach (bool transposesB in new[] { false, true })
            {
                Case.Of(m, n, k, transposesA, transposesB, adds: false, threads: 2).ShouldBeExact();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_product_is_added_to_what_is_there_when_asked(int m, int n, int k) => Case.Of(m, n, k, false, true, adds: true, threads: 2).ShouldBeExact();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_bits_do_not_depend_on_the_number_of_threads(int m, int n, int k)
    {
        float[] one = Case.Of(m, n, k, false, false, adds: true, threads: 1).Result;

        Case.Of(m, n, k, false, false, adds: true, threads: 2).Result.ShouldBe(one);
        Case.Of(m, n, k, false, false, adds: true, threads: 5).Result.ShouldBe(one);
    }

    [Fact]
    public void Without_depth_a_product_is_zero_and_adds_nothing()
    {
        Case.Of(3, 4, 0, false, false, adds: false, threads: 1).ShouldBeExact();
        Case.Of(3, 4, 0, false, false, adds: true, threads: 1).ShouldBeExact();
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        using var team = new ThreadTeam(1);
        using var product = new MatrixProduct(team);
        float* none = null;

        Should.Throw<ArgumentException>(() => product.Run(new MatrixView(none, 2, 3), new MatrixView(none, 4, 5), new MatrixView(none, 2, 5))).Message.ShouldContain("[2, 3] and [4, 5]");
        Should.Throw<ArgumentException>(() => product.Run(new MatrixView(none, 2, 3), new MatrixView(none, 3, 5), new MatrixView(none, 5, 2).Transposed));
    }

    /// <summary>One product, whose operands lie in rows longer than needed so that no kernel may assume otherwise; the numbers around the result must stay.</summary>
    private sealed record Case(float[] Result, double[] Expected, double[] Sizes, bool KeptAround)
    {
        private const int More = 3;
        private const float Around = 77;

        public static Case Of(int m, int n, int k, bool transposesA, bool transposesB, bool adds, int threads)
        {
            var random = new RandomSource(7);
            float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];
            var (aRows, aColumns) = transposesA ? (k, m) : (m, k);
            var (bRows, bColumns) = transposesB ? (n, k) : (k, n);
            float[] a = Numbers(aRows * (aColumns + More) + 1), b = Numbers(bRows * (bColumns + More) + 1), start = Numbers(m * n), c = [.. Enumerable.Repeat(Around, m * (n + More) + 1)];
            for (int i = 0; i < m * n; i++)
            {
                c[i / n * (n + More) + i % n] = start[i];
            }

            fixed (float* pa = a)
            fixed (float* pb = b)
            fixed (float* pc = c)
            {
                MatrixView va = new MatrixView((nint)pa, aRows, aColumns, aColumns + More, 1), vb = new MatrixView((nint)pb, bRows, bColumns, bColumns + More, 1);
                using var team = new ThreadTeam(threads);
                using var product = new MatrixProduct(team);
                product.Run(transposesA ? va.Transposed : va, transposesB ? vb.Transposed : vb, new MatrixView((nint)pc, m, n, n + More, 1), adds);
            }

            var (expected, sizes) = (new double[m * n], new double[m * n]);
            for (int i = 0; i < m * n; i++)
            {
                int row = i / n, column = i % n;
                (expected[i], sizes[i]) = adds ? (start[i], Math.Abs(start[i])) : (0, 0);
                for (int p = 0; p < k; p++)
                {
                    double one = (double)(transposesA ? a[p * (aColumns + More) + row] : a[row * (aColumns + More) + p]) * (transposesB ? b[column * (bColumns + More) + p] : b[p * (bColumns + More) + column]);
                    expected[i] += one;
                    sizes[i] += Math.Abs(one);
                }
            }

            bool kept = Enumerable.Range(0, c.Length).All(i => i % (n + More) < n && i / (n + More) < m || c[i] == Around);
            return new Case([.. Enumerable.Range(0, m * n).Select(i => c[i / n * (n + More) + i % n])], expected, sizes, kept);
        }

        public void ShouldBeExact()
        {
            KeptAround.ShouldBeTrue("numbers beside the result were written");
            for (int i = 0; i < Result.Length; i++)
            {
                Math.Abs(Result[i] - Expected[i]).ShouldBeLessThanOrEqualTo(1e-6 * Sizes[i] + 1e-30, $"element {i}");
            }
        }
    }
}
