using Shouldly;
using Strata.Learning.Losses;
using Strata.Learning.Trees.Growth;
using Strata.Tensors;
using Strata.Tensors.Kernels;
using Xunit;

namespace Strata.Learning.Tests.Trees.Growth;

/// <summary>Every kernel against the plain loop beside it, on random shapes with tails.</summary>
public sealed unsafe class KernelTests
{
    private static readonly GradientPacking Packing = GradientPacking.For(new LogLoss(), DerivativeWeights.Of([1, 1]));

    private static AlignedBuffer<T> Random<T>(long length, Func<T> draw)
        where T : unmanaged
    {
        var buffer = new AlignedBuffer<T>(length);
        foreach (ref T value in buffer.Span)
        {
            value = draw();
        }

        return buffer;
    }

    private static long Word(RandomSource random) => ((long)(random.NextInt(2001) - 1000) << Packing.Shift) + 1 + random.NextInt(500);

    [Fact]
    public void Histograms_agree_with_the_plain_loop()
    {
        var random = new RandomSource(1);
        for (int trial = 0; trial < 60; trial++)
        {
            int columns = 4 * (1 + random.NextInt(25)), stride = columns + 4 * random.NextInt(4), rowCount = 1 + random.NextInt(900), listed = random.NextInt(rowCount + 1);
            using AlignedBuffer<byte> bins = Random(rowCount * stride, () => (byte)random.NextInt(256));
            using AlignedBuffer<uint> rows = Random(listed + 64, () => (uint)random.NextInt(rowCount));
            using AlignedBuffer<long> words = Random(rowCount, () => Word(random));
            using var fast = new AlignedBuffer<long>(columns * HistogramKernels.BinsPerColumn);
            using var plain = new AlignedBuffer<long>(columns * HistogramKernels.BinsPerColumn);

            HistogramKernels.Accumulate(bins.Pointer, stride, rows.Pointer, listed, words.Pointer, fast.Pointer, columns);
            HistogramKernels.Reference(bins.Pointer, stride, rows.Pointer, listed, words.Pointer, plain.Pointer, columns);

            fast.Span.SequenceEqual(plain.Span).ShouldBeTrue($"{columns} columns, {listed} rows");
        }
    }

    [Fact]
    public void Wide_and_packed_sums_turn_into_one_another()
    {
        var random = new RandomSource(2);
        const int length = 768;
        using AlignedBuffer<long> first = Random(length, () => Word(random)), second = Random(length, () => Word(random));
        using var wide = new AlignedBuffer<long>(2 * length);
        long[] a = first.Span.ToArray(), b = second.Span.ToArray();

        HistogramKernels.Widen(first.Pointer, wide.Pointer, length, length, Packing);
        first.Span.IndexOfAnyExcept(0L).ShouldBe(-1);
        first.Span.Clear();
        b.CopyTo(first.Span);
        HistogramKernels.Widen(first.Pointer, wide.Pointer, length, length, Packing);
        for (int i = 0; i < length; i++)
        {
            wide.Span[i].ShouldBe(Packing.Gradient(a[i]) + Packing.Gradient(b[i]));
            wide.Span[length + i].ShouldBe(Packing.Hessian(a[i]) + Packing.Hessian(b[i]));
        }

        HistogramKernels.SubtractPacked(wide.Pointer, length, second.Pointer, length, Packing);
        HistogramKernels.Narrow(wide.Pointer, length, length, Packing);
        wide.Span[..length].ToArray().ShouldBe(a);
        HistogramKernels.Drain(second.Pointer, wide.Pointer, length);
        HistogramKernels.Subtract(wide.Pointer, first.Pointer, length);
        wide.Span[..length].ToArray().ShouldBe([.. a.Zip(b, (x, y) => x + y)]);
        second.Span.IndexOfAnyExcept(0L).ShouldBe(-1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Partitions_agree_with_going_row_by_row(bool byThreshold)
    {
        var random = new RandomSource(3);
        for (int trial = 0; trial < 200; trial++)
        {
            int count = random.NextInt(200), tableRows = 300;
            using AlignedBuffer<byte> bins = Random(tableRows + 64, () => (byte)random.NextInt(20));
            using AlignedBuffer<uint> rows = Random(count + 64, () => (uint)random.NextInt(tableRows));
            using var right = new AlignedBuffer<uint>(count + 64);
            int last = 1 + random.NextInt(19);
            bool missingLeft = random.NextInt(2) == 0;
            var set = BinSet.UpTo(last, missingLeft);
            if (!byThreshold)
            {
                set = default;
                for (int i = 0; i < 8; i++)
                {
                    set.Add(random.NextInt(20));
                }
            }

            var split = new Split { Bin = byThreshold ? last : -1, MissingLeft = missingLeft, Left = set };
            uint[] before = rows.Span[..count].ToArray();

            int leftCount = PartitionKernels.Divide(rows.Pointer, count, bins.Pointer, split, rows.Pointer, right.Pointer);

            byte[] binOf = bins.Span.ToArray();
            rows.Span[..leftCount].ToArray().ShouldBe([.. before.Where(row => set.Contains(binOf[row]))]);
            right.Span[..(count - leftCount)].ToArray().ShouldBe([.. before.Where(row => !set.Contains(binOf[row]))]);
        }
    }

    [Fact]
    public void Split_search_agrees_with_trying_one_after_the_other()
    {
        var random = new RandomSource(4);
        for (int trial = 0; trial < 500; trial++)
        {
            int binCount = 2 + random.NextInt(255);
            int bounded = random.NextInt(4), direction = random.NextInt(2) * (random.NextInt(3) - 1);
            bool wide = random.NextInt(2) == 0, missing = random.NextInt(2) == 0, sparse = random.NextInt(2) == 0;
            using var sums = new AlignedBuffer<long>(2 * 256);
            long gradient = 0, hessian = 0;
            for (int bin = missing ? 0 : 1; bin < binCount; bin++)
            {
                if (sparse && random.NextInt(3) > 0)
                {
                    continue;
                }

                long g = random.NextInt(20001) - 10000, h = 1 + random.NextInt(3000);
                gradient += g;
                hessian += h;
                sums.Span[bin] = wide ? g : (g << Packing.Shift) + h;
                sums.Span[256 + bin] = wide ? h : 0;
            }

            if (hessian == 0)
            {
                continue;
            }

            var limits = new GrowthLimits { MinRowsPerLeaf = random.NextInt(30), L2 = random.NextDouble(), L1 = random.NextInt(2) * 0.1 };
            limits = bounded == 1 ? limits with { MaxDeltaStep = 0.5 } : bounded == 2 ? limits with { PathSmoothing = 5 } : limits;
            var question = SplitQuestion.Of(gradient, hessian, 1000, limits, Packing);
            var column = new ColumnSums(sums.Pointer, wide ? sums.Pointer + 256 : null, binCount, Packing);

            Split found = Split.None;
            SplitSearch.Numbers(3, column, question, direction, ref found);
            SplitSearch.Place expected = SplitSearch.Reference(column, question, direction, question.Floor);

            found.IsFound.ShouldBe(expected.Bin >= 0);
            if (found.IsFound)
            {
                found.Score.ShouldBe(expected.Score);
                (found.Bin, found.Column).ShouldBe((expected.Bin == 0 ? binCount - 1 : expected.Bin, 3));
                long left = 0;
                for (int bin = 0; bin < binCount; bin++)
                {
                    left += found.Left.Contains(bin) ? column.Gradient(bin) : 0;
                }

                found.LeftGradient.ShouldBe(left);
            }
        }
    }

    [Theory]
    [InlineData("unit")]
    [InlineData("bounded")]
    [InlineData("weighted")]
    [InlineData("measured")]
    [InlineData("heavy")]
    public void Packing_rounds_each_derivative_and_sums_of_a_block_do_not_overflow(string kind)
    {
        var random = new RandomSource(5);
        ILoss loss = kind == "unit" ? new SquaredError() : new LogLoss();
        float[] weights = kind == "weighted" ? [.. Enumerable.Range(0, 64).Select(i => i == 0 ? 100f : 0.5f)] : [.. Enumerable.Range(0, 64).Select(_ => 1f)];
        GradientPacking packing = kind switch
        {
            "unit" => GradientPacking.For(new DerivativeRange(1e6, 1, 1e3, 1), hasUnitHessian: true, copies: 1),
            "measured" => GradientPacking.For(new DerivativeRange(1, 0.25, 0.1, 0.02), hasUnitHessian: false, copies: 1),
            "heavy" => GradientPacking.For(new DerivativeRange(1, 0.25, 1e-7, 1e-7), hasUnitHessian: false, copies: 3),
            _ => GradientPacking.For(loss, DerivativeWeights.Of(weights)),
        };
        float[] g = [.. weights.Select(weight => (float)(random.NextDouble() * 2 - 1) * weight * (kind == "unit" ? 1e6f : 1))];
        float[] h = [.. weights.Select(weight => kind == "unit" ? 1 : (float)random.NextDouble() * 0.25f * weight)];
        var words = new long[64];

        packing.Pack(g, h, words);

        for (int i = 0; i < 64; i++)
        {
            (packing.Gradient(words[i]) / packing.GradientScale).ShouldBe(g[i], 0.51 / packing.GradientScale);
            (packing.Hessian(words[i]) / packing.HessianScale).ShouldBe(h[i], 1 / packing.HessianScale);
        }

        foreach (int sign in new[] { -1, 1 })
        {
            long worst = ((long)sign * packing.LargestGradient << packing.Shift) + packing.LargestHessian;
            Int128 sum = (Int128)worst * packing.RowsPerBlock;
            sum.ShouldBeInRange(long.MinValue, long.MaxValue);
            packing.Gradient((long)sum).ShouldBe((long)sign * packing.LargestGradient * packing.RowsPerBlock);
            packing.Hessian((long)sum).ShouldBe((long)packing.LargestHessian * packing.RowsPerBlock);
        }
    }
}
