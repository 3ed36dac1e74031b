using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Strata.Learning.Trees.Growth;

/// <summary>The sums of one column's bins in one node: packed in <see cref="Gradients"/>, or wide when <see cref="Hessians"/> is set.</summary>
internal readonly unsafe struct ColumnSums(long* gradients, long* hessians, int binCount, GradientPacking packing)
{
    public long* Gradients { get; } = gradients;

    public long* Hessians { get; } = hessians;

    public int BinCount { get; } = binCount;

    public GradientPacking Packing { get; } = packing;

    public bool IsWide => Hessians is not null;

    public long Gradient(int bin) => IsWide ? Gradients[bin] : Packing.Gradient(Gradients[bin]);

    public long Hessian(int bin) => IsWide ? Hessians[bin] : Packing.Hessian(Gradients[bin]);
}

/// <summary>Finds the best threshold of a numeric column, missing values tried on both sides.</summary>
internal static unsafe class SplitSearch
{
    /// <summary>Replaces <paramref name="best"/> when the column has a better split.</summary>
    public static void Numbers(int column, in ColumnSums sums, in SplitQuestion question, ref Split best)
    {
        double bar = best.IsFound ? best.Score : question.Floor;
        var place = Vector256.IsHardwareAccelerated
            ? (sums.IsWide ? Scan<Wide>(sums, question, bar) : Scan<Packed>(sums, question, bar))
            : Reference(sums, question, bar);
        if (place.Bin >= 0)
        {
            best = Found(column, place, sums, question);
        }
    }

    /// <summary>One candidate after the other: the oracle of the vector search.</summary>
    public static Place Reference(in ColumnSums sums, in SplitQuestion question, double bar)
    {
        Place best = Place.None(bar);
        bool bothWays = sums.Hessian(0) != 0;
        for (int way = 0; way < (bothWays ? 2 : 1); way++)
        {
            long gradient = way == 0 ? sums.Gradient(0) : 0, hessian = way == 0 ? sums.Hessian(0) : 0;
            for (int bin = way; bin < sums.BinCount; bin++)
            {
                gradient += bin == 0 ? 0 : sums.Gradient(bin);
                hessian += bin == 0 ? 0 : sums.Hessian(bin);
                double right = question.Hessian - (double)hessian;
                if (hessian >= question.MinHessian && right >= question.MinHessian)
                {
                    double score = Score(gradient, hessian, question);
                    best = score > best.Score || (score == best.Score && best.Bin >= 0 && bin < best.Bin) ? new Place(bin, way == 0, score) : best;
                }
            }
        }

        return best;
    }

    /// <summary>Where a column is cut: bins up to <see cref="Bin"/> go left, and missing ones when <see cref="MissingLeft"/>. Bin -1 is nowhere.</summary>
    public readonly record struct Place(int Bin, bool MissingLeft, double Score)
    {
        public static Place None(double bar) => new(-1, false, bar);
    }

    private static double Score(double left, double leftHessian, in SplitQuestion question)
    {
        double right = Shrunk(question.Gradient - left, question.L1), rightHessian = question.Hessian - leftHessian + question.L2;
        left = Shrunk(left, question.L1);
        leftHessian += question.L2;
        return (left * left * rightHessian + right * right * leftHessian) / (leftHessian * rightHessian);
    }

    private static double Shrunk(double gradient, double l1) => l1 == 0 ? gradient : Math.Max(Math.Abs(gradient) - l1, 0);

    private static Split Found(int column, Place place, in ColumnSums sums, in SplitQuestion question)
    {
        // Missing alone on the left has no threshold; it is the same as all numbers left and missing right.
        bool mirrored = place.Bin == 0;
        int bin = mirrored ? sums.BinCount - 1 : Math.Min(place.Bin, sums.BinCount - 1);
        bool missingLeft = place.MissingLeft && !mirrored;
        long gradient = missingLeft ? sums.Gradient(0) : 0, hessian = missingLeft ? sums.Hessian(0) : 0;
        for (int b = 1; b <= bin; b++)
        {
            gradient += sums.Gradient(b);
            hessian += sums.Hessian(b);
        }

        // No missing value here to learn from: they go with the larger side.
        missingLeft = sums.Hessian(0) == 0 ? 2 * hessian >= question.Hessian : missingLeft;
        return new Split
        {
            Column = column,
            Bin = bin,
            MissingLeft = missingLeft,
            Left = BinSet.UpTo(bin, missingLeft),
            Score = place.Score,
            LeftGradient = gradient,
            LeftHessian = hessian,
        };
    }

    /// <summary>Eight bins at a time: prefix sums across lanes, then every lane's score by one division; each lane keeps its best.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Place Scan<TSums>(in ColumnSums sums, in SplitQuestion question, double bar)
        where TSums : struct, ISums
    {
        long* gradients = sums.Gradients, hessians = sums.Hessians;
        int shift = sums.Packing.Shift;
        Vector512<long> mask = Vector512.Create(sums.Packing.Mask), carry = Vector512<long>.Zero, carryHessian = Vector512<long>.Zero;
        Vector512<double> total = Vector512.Create((double)question.Gradient), totalHessian = Vector512.Create((double)question.Hessian);
        Vector512<double> least = Vector512.Create(question.MinHessian), l1 = Vector512.Create(question.L1), l2 = Vector512.Create(question.L2);
        Vector512<double> bestScore = Vector512.Create(bar);
        Vector512<long> bestId = Vector512.Create(-1L), id = Vector512<long>.Indices, step = Vector512.Create(8L), otherWay = Vector512.Create(256L);
        bool bothWays = sums.Hessian(0) != 0, shrinks = question.L1 != 0;
        Vector512<double> missing = Vector512.Create((double)sums.Gradient(0)), missingHessian = Vector512.Create((double)sums.Hessian(0));
        for (int bin = 0; bin < sums.BinCount; bin += 8)
        {
            Vector512<double> gradient, hessian;
            if (TSums.AreWide)
            {
                Vector512<long> x = Prefix(Vector512.Load(gradients + bin)) + carry, y = Prefix(Vector512.Load(hessians + bin)) + carryHessian;
                (carry, carryHessian) = (Last(x), Last(y));
                (gradient, hessian) = (Vector512.ConvertToDouble(x), Vector512.ConvertToDouble(y));
            }
            else
            {
                Vector512<long> x = Prefix(Vector512.Load(gradients + bin)) + carry;
                carry = Last(x);
                (gradient, hessian) = (Vector512.ConvertToDouble(Vector512.ShiftRightArithmetic(x, shift)), Vector512.ConvertToDouble(x & mask));
            }

            Keep(gradient, hessian, total, totalHessian, least, l1, l2, shrinks, id, ref bestScore, ref bestId);
            if (bothWays)
            {
                Keep(gradient - missing, hessian - missingHessian, total, totalHessian, least, l1, l2, shrinks, id + otherWay, ref bestScore, ref bestId);
            }

            id += step;
        }

        return BestLane(bestScore, bestId, bar);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(
        Vector512<double> left, Vector512<double> leftHessian, Vector512<double> total, Vector512<double> totalHessian, Vector512<double> least,
        Vector512<double> l1, Vector512<double> l2, bool shrinks, Vector512<long> id, ref Vector512<double> bestScore, ref Vector512<long> bestId)
    {
        Vector512<double> right = total - left, rightHessian = totalHessian - leftHessian;
        Vector512<double> allowed = Vector512.GreaterThanOrEqual(Vector512.Min(leftHessian, rightHessian), least);
        if (shrinks)
        {
            left = Vector512.Max(Vector512.Abs(left) - l1, Vector512<double>.Zero);
            right = Vector512.Max(Vector512.Abs(right) - l1, Vector512<double>.Zero);
        }

        leftHessian += l2;
        rightHessian += l2;
        Vector512<double> score = (left * left * rightHessian + right * right * leftHessian) / (leftHessian * rightHessian);
        Vector512<double> better = allowed & Vector512.GreaterThan(score, bestScore);
        bestScore = Vector512.ConditionalSelect(better, score, bestScore);
        bestId = Vector512.ConditionalSelect(better.AsInt64(), id, bestId);
    }

    private static Place BestLane(Vector512<double> scores, Vector512<long> ids, double bar)
    {
        Place best = Place.None(bar);
        if (Vector512.EqualsAll(ids, Vector512.Create(-1L)))
        {
            return best;
        }

        for (int lane = 0; lane < Vector512<long>.Count; lane++)
        {
            long id = ids[lane];
            int bin = (int)(id & 255);
            if (id >= 0 && (scores[lane] > best.Score || (scores[lane] == best.Score && (bin < best.Bin || (bin == best.Bin && id < 256)))))
            {
                best = new Place(bin, id < 256, scores[lane]);
            }
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Prefix(Vector512<long> x)
    {
        if (Avx512F.IsSupported)
        {
            x += Avx512F.AlignRight64(x, Vector512<long>.Zero, 7);
            x += Avx512F.AlignRight64(x, Vector512<long>.Zero, 6);
            return x + Avx512F.AlignRight64(x, Vector512<long>.Zero, 4);
        }

        Vector256<long> low = Prefix(x.GetLower()), high = Prefix(x.GetUpper());
        return Vector512.Create(low, high + Vector256.Shuffle(low, Vector256.Create(3L)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Prefix(Vector256<long> x)
    {
        x += Vector256.Shuffle(x, Vector256.Create(0L, 0, 1, 2)) & Vector256.Create(0L, -1, -1, -1);
        return x + (Vector256.Shuffle(x, Vector256.Create(0L, 0, 0, 1)) & Vector256.Create(0L, 0, -1, -1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Last(Vector512<long> x) =>
        Avx512F.IsSupported ? Avx512F.PermuteVar8x64(x, Vector512.Create(7L)) : Vector512.Create(x.GetUpper()[3]);

    private interface ISums
    {
        static abstract bool AreWide { get; }
    }

    private readonly struct Packed : ISums
    {
        public static bool AreWide => false;
    }

    private readonly struct Wide : ISums
    {
        public static bool AreWide => true;
    }
}
