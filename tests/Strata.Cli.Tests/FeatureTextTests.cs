using Shouldly;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Xunit;

namespace Strata.Cli.Tests;

public sealed class FeatureTextTests
{
    [Fact]
    public void Features_are_written_as_columns_names_and_aggregates()
    {
        FeatureText.Parse("age").ShouldBe(new FeatureRequest("age", "age"));
        FeatureText.Parse("years=age").ShouldBe(new FeatureRequest("years", "age"));
        FeatureText.Parse("spent=sum(amount,7d)").ShouldBe(new FeatureRequest("spent", "amount", FeatureAggregate.Sum, 7 * 86400));
        FeatureText.Parse("mean(amount, 90s)").ShouldBe(new FeatureRequest("amount_mean", "amount", FeatureAggregate.Mean, 90));
        FeatureText.Parse("count(amount)").ShouldBe(new FeatureRequest("amount_count", "amount", FeatureAggregate.Count));
    }

    [Theory]
    [InlineData("spent=sum(amount,7d)")]
    [InlineData("spent=sum(amount,36h)")]
    [InlineData("spent=sum(amount,90s)")]
    [InlineData("n=count(amount)")]
    [InlineData("years=age")]
    [InlineData("age")]
    public void What_is_shown_can_be_given_again(string text)
    {
        FeatureRequest feature = FeatureText.Parse(text);
        FeatureText.Of(new FeatureDefinition(feature.Name, feature.Column!, feature.Aggregate, feature.WindowSeconds)).ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x=")]
    [InlineData("a=b=c")]
    [InlineData("x=median(amount)")]
    [InlineData("x=sum(amount,7)")]
    [InlineData("x=sum(amount,d)")]
    [InlineData("x=sum(amount,-1d)")]
    public void What_is_no_feature_is_refused(string text) => Should.Throw<DataException>(() => FeatureText.Parse(text));
}
