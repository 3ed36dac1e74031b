using Shouldly;
using Strata.Tensors.Kernels;
using Xunit;

namespace Strata.Tensors.Tests.Kernels;

public class SymmetricEigenTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(65)]
    [InlineData(200)]
    public void Vectors_are_turned_into_themselves_times_their_values(int size)
    {
        SquareMatrix matrix = Drawn(size, rank: size);
        SymmetricEigen eigen = Of(matrix, 2);

        eigen.Values.ShouldBe(eigen.Values.OrderDescending());
        for (int k = 0; k < size; k++)
        {
            double[] vector = eigen.Vectors[k];
            vector.MaxBy(Math.Abs).ShouldBeGreaterThan(0);
            for (int i = 0; i < size; i++)
            {
                double turned = Enumerable.Range(0, size).Sum(j => matrix[Math.Max(i, j), Math.Min(i, j)] * vector[j]);
                turned.ShouldBe(eigen.Values[k] * vector[i], 1e-10 * eigen.Values[0]);
            }
        }

        ShouldBeOrthogonal(eigen.Vectors);
    }

    [Fact]
    public void Values_that_are_alike_have_vectors_at_right_angles()
    {
        SquareMatrix unit = new(20), few = Drawn(150, rank: 4);
        for (int i = 0; i < unit.Size; i++)
        {
            unit[i, i] = i < 10 ? 3 : 1;
        }

        SymmetricEigen eigen = Of(unit);
        eigen.Values.ShouldBe([.. Enumerable.Repeat(3.0, 10), .. Enumerable.Repeat(1.0, 10)]);
        ShouldBeOrthogonal(eigen.Vectors);
        eigen = Of(few, 2);
        eigen.Values[4..].ShouldAllBe(value => Math.Abs(value) < 1e-10 * eigen.Values[0]);
        ShouldBeOrthogonal(eigen.Vectors);
        Of(new SquareMatrix(130)).Values.ShouldAllBe(value => value == 0);
    }

    [Theory]
    [InlineData(900)]
    [InlineData(-900)]
    public void Elements_may_be_enormous_or_tiny(int exponent)
    {
        SquareMatrix matrix = Drawn(12, rank: 12), scaled = new(12);
        for (int i = 0; i < matrix.Values.Length; i++)
        {
            scaled.Values[i] = Math.ScaleB(matrix.Values[i], exponent);
        }

        Of(scaled).Values.ShouldBe([.. Of(matrix).Values.Select(value => Math.ScaleB(value, exponent))]);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        SquareMatrix matrix = Drawn(180, rank: 180);
        SymmetricEigen alone = Of(matrix);
        foreach (int threads in new[] { 2, 3, 7 })
        {
            SymmetricEigen together = Of(matrix, threads);
            together.Values.ShouldBe(alone.Values);
            together.Vectors.Zip(alone.Vectors).ShouldAllBe(pair => pair.First.SequenceEqual(pair.Second));
        }
    }

    [Fact]
    public void What_is_no_number_is_told_and_a_cancelled_one_ends()
    {
        SquareMatrix matrix = Drawn(150, rank: 150);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() => SymmetricEigen.Of(matrix, threads: 2, cancelled.Token));

        matrix[90, 7] = double.NaN;
        Should.Throw<ArithmeticException>(() => Of(matrix, 2)).Message.ShouldContain("element 90, 7 is NaN");
    }

    private static SymmetricEigen Of(SquareMatrix matrix, int threads = 1) => SymmetricEigen.Of(matrix, threads, TestContext.Current.CancellationToken);

    /// <summary>The products of so many drawn vectors with themselves.</summary>
    private static SquareMatrix Drawn(int size, int rank)
    {
        var random = RandomSource.For(3, "eigen");
        var matrix = new SquareMatrix(size);
        for (int k = 0; k < rank; k++)
        {
            double[] vector = [.. Enumerable.Range(0, size).Select(_ => random.NextGaussian())];
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    matrix[i, j] += vector[i] * vector[j];
                }
            }
        }

        return matrix;
    }

    private static void ShouldBeOrthogonal(double[][] vectors)
    {
        for (int a = 0; a < vectors.Length; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                vectors[a].Zip(vectors[b], (x, y) => x * y).Sum().ShouldBe(a == b ? 1 : 0, 1e-11);
            }
        }
    }
}
