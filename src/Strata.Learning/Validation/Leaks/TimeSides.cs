namespace Strata.Learning.Validation.Leaks;

/// <summary>How the times of test rows lie to those of training rows; rows without a time are left aside.</summary>
/// <param name="EarlierTestRows">Test rows that are earlier than the last training row.</param>
/// <param name="TestRows">Test rows with a time.</param>
/// <param name="IsReversed">Whether nine of ten test rows are earlier than nine of ten training rows.</param>
internal sealed record TimeSides(int EarlierTestRows, int TestRows, bool IsReversed)
{
    public double Share => (double)EarlierTestRows / TestRows;

    public IReadOnlyDictionary<string, double> Evidence => new Dictionary<string, double> { ["earlier_test_rows"] = EarlierTestRows, ["test_share"] = Share };

    /// <summary>Null where one side has no time at all.</summary>
    public static TimeSides? Of(double[] times, Data.RowSplit split)
    {
        double[] train = Sorted(times, split.Train), test = Sorted(times, split.Test);
        return train.Length == 0 || test.Length == 0 ? null : new TimeSides(
            test.Count(time => time < train[^1]), test.Length, test[(int)(0.9 * (test.Length - 1))] < train[(int)Math.Ceiling(0.1 * (train.Length - 1))]);
    }

    private static double[] Sorted(double[] times, int[] rows) => [.. rows.Select(row => times[row]).Where(double.IsFinite).Order()];
}
