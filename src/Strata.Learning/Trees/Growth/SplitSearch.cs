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
    /// <summary>Replaces <paramref name="best"/> when the column has a better split; the score may only move in the given direction with the column, 0 for any.</summary>
    public static void Numbers(int column, in ColumnSums sums, in SplitQuestion question, int direction, ref Split best)
    {
        double bar = best.IsFound ? best.Score : question.Floor;
        bool bounded = question.IsBounded || direction != 0;
        var place = !Vector256.IsHardwareAccelerated ? Reference(sums, question, direction, bar)
            : sums.IsWide ? (bounded ? Scan<Wide, Bounded>(sums, question, direction, bar) : Scan<Wide, Free>(sums, question, direction, bar))
            : bounded ? Scan<Packed, Bounded>(sums, question, direction, bar)
            : Scan<Packed, Free>(sums, question, direction, bar);
        if (place.Bin >= 0)
        {
            best = Found(column, place, sums, question);
        }
    }

    /// <summary>One candidate after the other: the oracle of the vector search.</summary>
    public static Place Reference(in ColumnSums sums, in SplitQuestion question, int direction, double bar)
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
                if (hessian >= question.MinHessian && right >= question.MinHessian && IsAllowed(gradient, hessian, question, direction))
                {
                    double score = question.IsBounded || direction != 0
                        ? question.ScoreAtValue(gradient, hessian, question.L2) + question.ScoreAtValue(question.Gradient - gradient, right, question.L2)
                        : FreeScore(gradient, hessian, question);
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

    private static bool IsAllowed(long left, long leftHessian, in SplitQuestion question, int direction) =>
        direction == 0 || direction * (question.ValueOf(question.Gradient - left, question.Hessian - leftHessian, question.L2) - question.ValueOf(left, leftHessian, question.L2)) >= 0;

    private static double FreeScore(double left, double leftHessian, in SplitQuestion question)
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
            IsOrdered = bin < sums.BinCount - 1,
            Score = place.Score,
            LeftGradient = gradient,
            LeftHessian = hessian,
        };
    }

    /// <summary>Eight bins at a time: prefix sums across lanes, then every lane's score by one division; each lane keeps its best.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Place Scan<TSums, TValues>(in ColumnSums sums, in SplitQuestion question, int direction, double bar)
        where TSums : struct, ISums
        where TValues : struct, IValues
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

            if (TValues.AreBounded)
            {
                KeepBounded(gradient, hessian, total, totalHessian, least, question, direction, id, ref bestScore, ref bestId);
            }
            else
            {
                Keep(gradient, hessian, total, totalHessian, least, l1, l2, shrinks, id, ref bestScore, ref bestId);
            }

            if (bothWays)
            {
                if (TValues.AreBounded)
                {
                    KeepBounded(gradient - missing, hessian - missingHessian, total, totalHessian, least, question, direction, id + otherWay, ref bestScore, ref bestId);
                }
                else
                {
                    Keep(gradient - missing, hessian - missingHessian, total, totalHessian, least, l1, l2, shrinks, id + otherWay, ref bestScore, ref bestId);
                }
            }

            id += step;
        }

        return BestLane(bestScore, bestId, bar);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Keep(
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

    /// <summary>As <see cref="Keep"/>, at values that are bounded, smoothed, or must not fall from left to right (or rise, for direction -1).</summary>
    private static void KeepBounded(
        Vector512<double> left, Vector512<double> leftHessian, Vector512<double> total, Vector512<double> totalHessian, Vector512<double> least,
        in SplitQuestion question, int direction, Vector512<long> id, ref Vector512<double> bestScore, ref Vector512<long> bestId)
    {
        Vector512<double> right = total - left, rightHessian = totalHessian - leftHessian;
        Vector512<double> allowed = Vector512.GreaterThanOrEqual(Vector512.Min(leftHessian, rightHessian), least);
        Vector512<double> leftValue = Value(left, leftHessian, question), rightValue = Value(right, rightHessian, question);
        if (direction != 0)
        {
            allowed &= direction > 0 ? Vector512.GreaterThanOrEqual(rightValue, leftValue) : Vector512.LessThanOrEqual(rightValue, leftValue);
        }

        Vector512<double> score = ScoreAt(left, leftHessian, leftValue, question) + ScoreAt(right, rightHessian, rightValue, question);
        Vector512<double> better = allowed & Vector512.GreaterThan(score, bestScore);
        bestScore = Vector512.ConditionalSelect(better, score, bestScore);
        bestId = Vector512.ConditionalSelect(better.AsInt64(), id, bestId);
    }

    /// <summary>The lanes of <see cref="SplitQuestion.ValueOf"/>, in the same order of operations.</summary>
    private static Vector512<double> Value(Vector512<double> gradient, Vector512<double> hessian, in SplitQuestion question)
    {
        Vector512<double> shrunk = Vector512.CopySign(Vector512.Max(Vector512.Abs(gradient) - Vector512.Create(question.L1), Vector512<double>.Zero), gradient);
        Vector512<double> value = -shrunk / (hessian + Vector512.Create(question.L2));
        if (question.Smoothing > 0)
        {
            Vector512<double> rows = hessian * question.WeightPerHessian, smoothing = Vector512.Create(question.Smoothing);
            value = (value * rows + Vector512.Create(question.Value * question.Smoothing)) / (rows + smoothing);
        }

        return Vector512.Min(Vector512.Max(value, Vector512.Create(question.Lowest)), Vector512.Create(question.Highest));
    }

    private static Vector512<double> ScoreAt(Vector512<double> gradient, Vector512<double> hessian, Vector512<double> value, in SplitQuestion question) =>
        -(2 * gradient * value + (hessian + Vector512.Create(question.L2)) * value * value + 2 * question.L1 * Vector512.Abs(value));

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

    private interface IValues
    {
        static abstract bool AreBounded { get; }
    }

    private readonly struct Free : IValues
    {
        public static bool AreBounded => false;
    }

    private readonly struct Bounded : IValues
    {
        public static bool AreBounded => true;
    }
}
