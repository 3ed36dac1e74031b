using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Xunit;
using static Strata.Learning.Tests.Preparation.StepFixture;

namespace Strata.Learning.Tests.Preparation;

public class ImputationTests
{
    private static readonly double Gap = double.NaN;

    [Fact]
    public void Neighbours_fill_gaps_as_in_scikit_learn()
    {
        IFittedStep uniform = Fitted(new ImputeNeighbors { Indicators = false }, Table(Numbers("train")));
        IFittedStep distance = Fitted(new ImputeNeighbors { Indicators = false, Neighbors = 3, Vote = NeighborVote.Distance }, Table(Numbers("train")));

        uniform.Apply(Numbers("asked")).ShouldBeRows(Rows("neighbors", "uniform"), 1e-10);
        distance.Apply(Numbers("asked")).ShouldBeRows(Rows("neighbors", "distance"), 1e-10);
        uniform.Apply(Numbers("train")).ShouldBeRows(Rows("neighbors", "training"), 1e-10);
    }

    [Fact]
    public void A_neighbour_of_weight_two_is_asked_twice()
    {
        Frame train = Numbers("train");
        double[] weights = [.. Enumerable.Range(0, train.RowCount).Select(row => row % 3 == 0 ? 2.0 : row % 7 == 0 ? 0 : 1)];
        int[] repeated = [.. weights.SelectMany((weight, row) => Enumerable.Repeat(row, (int)weight))];

        Frame weighted = Fitted(new ImputeNeighbors(), Table(train, weights)).Apply(Numbers("asked"));
        Frame twice = Fitted(new ImputeNeighbors(), Table(train.Take(repeated))).Apply(Numbers("asked"));

        weighted.ShouldBeRows(RowsOf(twice), 1e-10);
    }

    [Fact]
    public void Rounds_of_regressions_fill_gaps_as_in_scikit_learn()
    {
        IFittedStep fitted = Fitted(new ImputeIterative { Indicators = false }, Table(Numbers("train")));

        fitted.Apply(Numbers("asked")).ShouldBeRows(Rows("iterative", "asked"), 1e-6);
        fitted.Apply(Numbers("train")).ShouldBeRows(Rows("iterative", "training"), 1e-6);
    }

    [Fact]
    public void Booleans_stay_booleans_and_columns_without_values_are_left_out()
    {
        var mask = new MissingMask(5) { [4] = true };
        var rows = new Frame(
            new Float64Column("a", [1, 2, 3, 4, 5]), new BooleanColumn("b", [false, false, true, true, false], mask), new Float64Column("c", [Gap, Gap, Gap, Gap, Gap]), CategoryColumn.Of("d", ["x", null, "y", "x", "x"]));

        foreach (IStep step in new IStep[] { new ImputeNeighbors { Neighbors = 2 }, new ImputeIterative() })
        {
            IFittedStep fitted = Fitted(step, Table(rows));
            Frame filled = fitted.Apply(rows);

            filled.Names.ShouldBe(["a", "b", "d", "b was missing"]);
            filled["b"].ShouldBeOfType<BooleanColumn>().Values.ShouldBe([false, false, true, true, true]);
            filled["b was missing"].ShouldBeOfType<BooleanColumn>().Values.ShouldBe([false, false, false, false, true]);
            fitted.Notes.ShouldContain("1 column has no value in any training row and is left out: 'c'.");
            fitted.DependsOnOriginsOnly.ShouldBeFalse();
        }
    }

    [Fact]
    public void One_training_row_is_enough_to_fill_from()
    {
        var one = new Frame(new Float64Column("a", [3]), new Float64Column("b", [7]));
        var asked = new Frame(new Float64Column("a", [Gap, 1]), new Float64Column("b", [Gap, Gap]));

        foreach (IStep step in new IStep[] { new ImputeNeighbors(), new ImputeIterative(), new FillAlong() })
        {
            Fitted(step, Table(one)).Apply(asked).ShouldBeRows([[3, 7], [1, 7]], 1e-12);
        }
    }

    [Fact]
    public void Kept_rows_are_drawn_by_the_seed_where_there_are_too_many()
    {
        var step = new ImputeNeighbors { MaxRows = 10 };
        Frame Filled(ulong seed) => Fitted(step, Table(Numbers("train")), Context with { Seed = seed }).Apply(Numbers("asked"));

        RowsOf(Filled(1)).ShouldBe(RowsOf(Filled(1)));
        RowsOf(Filled(1)).SelectMany(row => row).ShouldNotBe(RowsOf(Filled(2)).SelectMany(row => row));
        Fitted(step, Table(Numbers("train"))).Notes.ShouldHaveSingleItem().ShouldContain("10 of");
    }

    [Fact]
    public void Values_are_carried_forward_in_time_and_never_across_groups()
    {
        var rows = new Frame(new Float64Column("x", [Gap, 2, Gap, 9, Gap, Gap]), CategoryColumn.Of("c", ["a", null, null, "b", null, "c"]));
        var table = new TrainingTable(rows, new NumberTarget("y", new double[6]), groups: [0, 0, 0, 1, 1, 2], times: [1, 2, 3, 5, 4, 6]);

        (IFittedStep fitted, TrainingTable prepared) = ((IStep)new FillAlong()).FitTransform(table, Context);

        // Row 1 has nothing before it in its group and takes what comes after; the lone row of group 2 takes the last value of all.
        prepared.Features["x"].ShouldBeOfType<Float64Column>().Values.ShouldBe([2, 2, 2, 9, 9, 9]);
        Enumerable.Range(0, 6).Select(prepared.Features["c"].TextAt).ShouldBe(["a", "a", "a", "b", "b", "c"]);
        Frame alone = Reread(fitted).Apply(new Frame(new Float64Column("x", [Gap, 4]), CategoryColumn.Of("c", [null, "a"])));
        alone["x"].ShouldBeOfType<Float64Column>().Values.ShouldBe([9, 4], "new rows take the last value known, each alone");
        alone["c"].TextAt(0).ShouldBe("c");
    }

    [Fact]
    public void Values_are_carried_backward_when_asked()
    {
        var rows = new Frame(new Float64Column("x", [Gap, 2, Gap, 9, Gap]));

        (IFittedStep fitted, TrainingTable prepared) = ((IStep)new FillAlong { Direction = FillDirection.Backward }).FitTransform(Table(rows), Context);

        prepared.Features["x"].ShouldBeOfType<Float64Column>().Values.ShouldBe([2, 2, 9, 9, 9]);
        fitted.Apply(new Frame(new Float64Column("x", [Gap])))["x"].NumberAt(0).ShouldBe(2);
    }
}
