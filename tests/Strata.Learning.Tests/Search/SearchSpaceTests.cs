using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Search;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Search;

public class SearchSpaceTests
{
    [Theory]
    [InlineData("trees=50..500:log")]
    [InlineData("rate=0.01..0.3:log")]
    [InlineData("depth=2..10:step=2")]
    [InlineData("share=0.1..0.9:step=0.2")]
    [InlineData("kernel=linear|rbf")]
    [InlineData("gamma=0.0001..1:log@kernel=rbf|poly")]
    [InlineData("bootstrap=false|true")]
    public void A_parameter_is_written_as_it_is_read(string text) => SpaceText.Of(SpaceText.Parse(text)).ShouldBe(text);

    [Theory]
    [InlineData("trees")]
    [InlineData("=1..2")]
    [InlineData("trees=a..b")]
    [InlineData("trees=1..2:exp")]
    [InlineData("trees=1..2@kernel")]
    public void Other_text_is_refused_with_the_forms_that_are_taken(string text) =>
        Should.Throw<DataException>(() => SpaceText.Parse(text)).Message.ShouldContain("NAME=MIN..MAX:log");

    [Fact]
    public void Bounds_without_a_point_are_whole_unless_the_algorithm_says_otherwise()
    {
        ((NumberParameter)SpaceText.Parse("a=1..5")).IsInteger.ShouldBeTrue();
        ((NumberParameter)SpaceText.Parse("a=1.0..5")).IsInteger.ShouldBeFalse();
        ((NumberParameter)SpaceText.Parse("a=1..5", _ => false)).IsInteger.ShouldBeFalse();
    }

    [Fact]
    public void All_problems_of_a_space_are_told_at_once()
    {
        IReadOnlyList<string> problems = Should.Throw<DataException>(() => new SearchSpace(
            new NumberParameter("a", 5, 1),
            new NumberParameter("b", 0, 1) { LogScale = true },
            new NumberParameter("b", 0, 1) { Step = 3 },
            new ChoiceParameter("c", ["x", "x"]),
            new NumberParameter("d", 0, 1) { When = new Condition("z", ["x"]) },
            new NumberParameter("e", 0, 1) { When = new Condition("c", ["y"]) })).Problems;

        foreach (string part in new[] { "5 to 1", "log scale", "step 3", "'x' 2 times", "'z'", "'y'", "'b' stands twice" })
        {
            problems.ShouldContain(problem => problem.Contains(part, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_value_of_a_grid_takes_an_equal_part_of_the_unit_interval()
    {
        var depth = new NumberParameter("depth", 3, 6) { IsInteger = true };
        Enumerable.Range(0, 400).GroupBy(i => depth.Decode((i + 0.5) / 400)).ShouldAllBe(group => group.Count() == 100);
        var share = new NumberParameter("share", 0.1, 0.9) { Step = 0.2 };
        Enumerable.Range(0, 500).Select(i => share.Decode((i + 0.5) / 500)).Distinct().ShouldBe([0.1, 0.3, 0.5, 0.7, 0.9]);
    }

    [Fact]
    public void Values_come_back_from_their_places()
    {
        var random = new RandomSource(5);
        for (int i = 0; i < 1000; i++)
        {
            double[] point = Landscapes.MixedSpace.Draw(random);
            for (int k = 0; k < point.Length; k++)
            {
                Parameter parameter = Landscapes.MixedSpace.Parameters[k];
                if (!double.IsNaN(point[k]))
                {
                    parameter.Decode(parameter.Encode(point[k])).ShouldBe(point[k], 1e-15 + Math.Abs(point[k]) * 1e-12);
                    parameter.Contains(point[k]).ShouldBeTrue();
                }
            }
        }
    }

    [Fact]
    public void Points_and_names_say_the_same()
    {
        var random = new RandomSource(6);
        for (int i = 0; i < 200; i++)
        {
            double[] point = Landscapes.MixedSpace.Draw(random);
            Landscapes.MixedSpace.Point(Landscapes.MixedSpace.Named(point)).ShouldBe(point);
        }
    }

    [Fact]
    public void A_point_from_outside_is_checked()
    {
        var values = new Dictionary<string, JsonNode?> { ["x"] = 11, ["z"] = 1 };
        IReadOnlyList<string> problems = Should.Throw<DataException>(() => Landscapes.BraninSpace.Point(values)).Problems;
        problems.Count.ShouldBe(3);
        problems.ShouldContain("'x' is '11', which lies outside x=-5..10.");
    }

    [Fact]
    public void Countable_spaces_are_counted_with_their_conditions()
    {
        new SearchSpace(new ChoiceParameter("a", ["x", "y", "z"]), new NumberParameter("b", 1, 4) { IsInteger = true, When = new Condition("a", ["x"]) }).PointCount().ShouldBe(4 + 2);
        Landscapes.BraninSpace.PointCount().ShouldBeNull();
    }
}
