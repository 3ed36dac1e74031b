using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Xunit;

namespace Strata.Learning.Tests.Workflow;

public class SplitPlanTests
{
    private static readonly Frame Visits = new(
        CategoryColumn.Of("site", [.. Enumerable.Range(0, 100).Select(row => $"s{row % 20}")]),
        new Int64Column("day", [.. Enumerable.Range(0, 100).Select(row => (long)row)]),
        CategoryColumn.Of("y", [.. Enumerable.Range(0, 100).Select(row => row >= 96 ? null : row % 4 == 0 ? "ill" : "well")]));

    [Fact]
    public void Each_row_stands_in_one_part_and_each_part_has_its_share_of_the_classes()
    {
        TableParts parts = new SplitPlan { Target = "y", TestSize = 0.25, ValidationSize = 0.25, Seed = 3 }.Of(Visits);

        int[] all = [.. parts.Train, .. parts.Validation, .. parts.Test];
        all.Order().ShouldBe(Enumerable.Range(0, 100));
        (parts.Train.Length, parts.Validation.Length, parts.Test.Length).ShouldBe((52, 24, 24));
        parts.Test.Count(row => row % 4 == 0).ShouldBe(6);
        parts.Validation.Count(row => row % 4 == 0).ShouldBe(6);
        parts.Train.Where(row => row >= 96).ShouldBe([96, 97, 98, 99]);
        new SplitPlan { Target = "y", TestSize = 0.25, ValidationSize = 0.25, Seed = 3 }.Of(Visits).Test.ShouldBe(parts.Test);
        new SplitPlan { Target = "y", TestSize = 0.25, ValidationSize = 0.25, Seed = 4 }.Of(Visits).Test.ShouldNotBe(parts.Test);
    }

    [Fact]
    public void Groups_stay_together_and_later_rows_are_tested_on()
    {
        TableParts grouped = new SplitPlan { Target = "y", Group = "site", TestSize = 0.2, ValidationSize = 0.2 }.Of(Visits);
        string[][] sites = [.. new[] { grouped.Train.Where(row => row < 96).ToArray(), grouped.Validation, grouped.Test }.Select(rows => rows.Select(row => Visits["site"].TextAt(row)!).Distinct().ToArray())];
        sites.SelectMany(site => site).ShouldBeUnique();

        TableParts timed = new SplitPlan { Time = "day", TestSize = 0.2, ValidationSize = 0.1 }.Of(Visits);
        timed.Test.ShouldBe(Enumerable.Range(80, 20));
        timed.Validation.ShouldBe(Enumerable.Range(70, 10));
    }

    [Fact]
    public void Parts_that_do_not_add_up_are_refused_with_all_their_problems()
    {
        DataException refused = Should.Throw<DataException>(() => new SplitPlan { Target = "z", Group = "sit", TestSize = 0.7, ValidationSize = 0.4 }.Of(Visits));

        refused.Problems.Count.ShouldBe(3);
        refused.Message.ShouldContain("leaves none to learn from");
        refused.Message.ShouldContain("Did you mean 'site'?");
    }
}
