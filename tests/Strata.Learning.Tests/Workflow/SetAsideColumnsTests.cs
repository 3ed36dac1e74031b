using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Xunit;

namespace Strata.Learning.Tests.Workflow;

public sealed class SetAsideColumnsTests
{
    private static readonly Frame Table = new(
        new Float64Column("kepid", [10797460, 10797460]),
        new TextColumn("name", ["K1 b", "K1 c"]),
        new TextColumn("note", ["good", "good"]),
        new Float64Column("score", [0.5, 0.75]),
        new Float64Column("koi_score", [0, 1]),
        new TextColumn("gap", ["x", null]),
        new TextColumn("unknown", ["a", "b"]));

    [Fact]
    public void Identifiers_are_the_group_dropped_texts_that_differ_and_what_is_called_so_but_no_other_numbers()
    {
        var plan = (JsonObject)JsonNode.Parse("""{"group":"note","drop":["score","name","kepid","koi_score","gap","gone"]}""")!;

        SetAsideColumns.Of(plan).IdentifiersIn(Table).Names.ShouldBe(["kepid", "name", "note"]);
        SetAsideColumns.Of(null).IdentifiersIn(Table).ColumnCount.ShouldBe(0);
        SetAsideColumns.Of(new JsonObject { ["group"] = 3, ["drop"] = "name" }).IdentifiersIn(Table).ColumnCount.ShouldBe(0);
    }

    [Fact]
    public void Columns_stand_behind_the_row_under_names_of_their_own()
    {
        Frame answers = PredictionTable.Of(Predictions.OfNumbers([2, 5]));
        var kept = new Frame(new TextColumn("prediction", ["a", "b"]), new TextColumn("prediction (table)", ["c", "d"]), new TextColumn("name", ["e", "f"]));

        answers.Beside(kept).Names.ShouldBe(["row", "prediction (table) (table)", "prediction (table)", "name", "prediction"]);
        answers.Beside(new Frame()).Names.ShouldBe(["row", "prediction"]);
    }
}
