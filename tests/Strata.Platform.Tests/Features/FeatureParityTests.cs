using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Platform.Features;
using Xunit;

namespace Strata.Platform.Tests.Features;

/// <summary>What pandas says of the same tables; <c>Fixtures/make.py</c> made them.</summary>
public sealed class FeatureParityTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7), Month = TimeSpan.FromDays(30);

    [Theory]
    [InlineData("amount")]
    [InlineData("shop")]
    [InlineData("mean_7d")]
    [InlineData("sum_1d")]
    [InlineData("max_30d")]
    [InlineData("std_30d")]
    [InlineData("count_7d")]
    public void Joined_features_are_those_of_rolling_windows_and_merge_asof(string feature)
    {
        var plan = new FeaturePlan(
            ["customer"],
            "at",
            [
                new("amount", "amount"),
                new("shop", "shop"),
                new("mean_7d", "amount", FeatureAggregate.Mean, Week),
                new("sum_1d", "amount", FeatureAggregate.Sum, TimeSpan.FromDays(1)),
                new("max_30d", "amount", FeatureAggregate.Max, Month),
                new("std_30d", "amount", FeatureAggregate.Std, Month),
                new("count_7d", "amount", FeatureAggregate.Count, Week),
            ])
        { Ttl = TimeSpan.FromDays(10) };
        Frame values = FeatureMaterialisation.Run(plan, Read("events.csv"), TestContext.Current.CancellationToken).Values;
        var order = new JoinOrder("asked_at", [new JoinedGroup("spending", 1, plan, [feature])]) { EntityColumns = new Dictionary<string, string> { ["customer"] = "client" } };
        Column joined = PointInTimeJoin.Run(order, Read("spine.csv"), _ => values, _ => { }, TestContext.Current.CancellationToken)[feature];
        Column expected = Read("joined.csv")[feature];
        joined.Count.ShouldBe(250);
        joined.MissingCount.ShouldBeInRange(20, 150);
        for (int row = 0; row < joined.Count; row++)
        {
            // pandas' mean of sums in a moving window goes up and down by what leaves it; ours sums anew.
            if (feature == "shop")
            {
                joined.TextAt(row).ShouldBe(expected.TextAt(row), $"row {row}");
            }
            else if (!(double.IsNaN(joined.NumberAt(row)) && double.IsNaN(expected.NumberAt(row))))
            {
                joined.NumberAt(row).ShouldBe(expected.NumberAt(row), 1e-8, $"row {row}");
            }
        }
    }

    private static Frame Read(string name) => TableFile.Read(Path.Join(AppContext.BaseDirectory, "Features", "Fixtures", name)).Frame;
}
