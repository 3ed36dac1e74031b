using Shouldly;
using Strata.Learning.Data;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Validation;

public sealed class TimeSeriesTests
{
    [Fact]
    public void Rows_of_the_first_tested_moment_are_never_learned_from()
    {
        double[] times = [1, 1, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5];
        foreach (RowSplit fold in RowSplits.TimeSeries(times, 3))
        {
            fold.Train.Max(row => times[row]).ShouldBeLessThan(fold.Test.Min(row => times[row]));
        }
    }

    [Fact]
    public void Too_few_rows_for_the_asked_parts_are_refused() =>
        Should.Throw<DataException>(() => RowSplits.TimeSeries([1, 2, 3, 4, 5, 6], 3, testRows: 2)).Message.ShouldContain("leave none to learn from");

    [Fact]
    public void Repeated_folds_differ_and_obey_groups()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, 60);
        var grouped = new TrainingTable(table.Features, table.Target, groups: [.. Enumerable.Range(0, 60).Select(row => row / 3)]);

        IReadOnlyList<IReadOnlyList<RowSplit>> repeats = RowSplits.RepeatedFolds(grouped, 4, 3, 1);

        repeats.Count.ShouldBe(3);
        repeats[0][0].Test.ShouldNotBe(repeats[1][0].Test);
        repeats.SelectMany(folds => folds).ShouldAllBe(fold => !fold.Train.Select(row => row / 3).Intersect(fold.Test.Select(row => row / 3)).Any());
    }
}
