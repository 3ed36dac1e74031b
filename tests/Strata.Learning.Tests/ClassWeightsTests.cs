using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural;
using Xunit;

namespace Strata.Learning.Tests;

public sealed class ClassWeightsTests
{
    private static readonly ClassTarget Target = new("kind", [0, 1, 1, 2], ["a", "b", "c"]);

    [Theory]
    [InlineData("none")]
    [InlineData("balanced")]
    [InlineData("""{"a":2,"c":0.5}""")]
    public void They_are_written_as_they_are_read(string text)
    {
        var weights = ClassWeights.Parse(text);

        weights.ToString().ShouldBe(text);
        JsonSerializer.Deserialize<ClassWeights>(JsonSerializer.Serialize(weights, ModelFileJson.Options), ModelFileJson.Options).ShouldBe(weights);
    }

    [Fact]
    public void Rows_count_by_the_weight_of_their_class_times_their_own()
    {
        ClassWeights weights = ClassWeights.Parse("a=2|c=0.5");

        weights.ShouldBe(ClassWeights.Parse("""{"c": 0.5, "a": 2.0}"""));
        weights.OfRows(Target, null).ShouldBe([2, 1, 1, 0.5]);
        weights.OfRows(Target, [1, 2, 3, 4]).ShouldBe([2, 2, 3, 2]);
    }

    [Fact]
    public void Problems_are_told_all_at_once()
    {
        Should.Throw<DataException>(() => ClassWeights.Parse("x=1|y=2").OfRows(Target, null)).Problems.Count.ShouldBe(2);
        Should.Throw<DataException>(() => ClassWeights.Parse("x=-1|y=NaN")).Problems.Count.ShouldBe(2);
        Should.Throw<DataException>(() => ClassWeights.Parse("a=0")).Message.ShouldContain("No class is given a weight above 0");
        Should.Throw<DataException>(() => ClassWeights.Parse("a=1|a=2")).Message.ShouldContain("two weights");
        Should.Throw<DataException>(() => ClassWeights.Parse("uniform")).Message.ShouldContain("'uniform' is no weight of a class, such as a=2");
        Should.Throw<DataException>(() => ClassWeights.Parse("{\"a\": \"many\"}")).Message.ShouldContain("\"many\"");
    }

    [Fact]
    public void A_plan_gives_them_as_text_or_as_an_object()
    {
        Algorithm mlp = Algorithms.Named("mlp");
        ClassWeights Read(JsonNode? given) => ((Mlp)mlp.Recipe(new Dictionary<string, JsonNode?> { ["class_weights"] = given })).ClassWeights;

        Read("balanced").ShouldBe(ClassWeighting.Balanced);
        Read("a=2|b=1").ShouldBe(ClassWeights.Of(("a", 2), ("b", 1)));
        Read(new JsonObject { ["a"] = 2, ["b"] = 1 }).ShouldBe(ClassWeights.Of(("a", 2), ("b", 1)));
        Should.Throw<DataException>(() => Read("many")).Message.ShouldContain("'class_weights' is 'many'; it takes none, balanced, or weights by class");
    }
}
