using Shouldly;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Learning.Neighbors;
using Strata.Learning.Onnx;
using Strata.Learning.Preparation;
using Strata.Testing;
using Xunit;

namespace Strata.Onnx.Tests;

/// <summary>What ONNX cannot express is refused by name, never written approximately.</summary>
public sealed class RefusalTests
{
    private static readonly FitContext Context = new() { Seed = 1, Threads = 1 };

    [Fact]
    public void Every_step_without_an_ONNX_form_is_named()
    {
        var pipeline = new Pipeline([new HashText(), new DateParts(), new ImputeNeighbors(), new Impute(), new OneHot()], new Ridge());
        IModel model = pipeline.Fit(SampleTables.WithTextAndDates(LearningTask.Regression), Context);

        DataException refusal = Should.Throw<DataException>(() => OnnxExport.Of(model));

        refusal.Message.ShouldContain("impute_neighbors");
    }

    [Fact]
    public void Columns_without_an_ONNX_form_are_all_named()
    {
        var pipeline = new Pipeline([new HashText(), new Impute(), new OneHot()], new Ridge());
        IModel model = pipeline.Fit(SampleTables.WithTextAndDates(LearningTask.Regression), Context);

        Should.Throw<DataException>(() => OnnxExport.Of(model)).Message.ShouldContain("'hash_text' has no ONNX form for column 'remark', which is Text");
    }

    [Fact]
    public void A_model_whose_last_bits_decide_is_refused_with_the_reason()
    {
        IModel model = new NearestNeighbors { Metric = NeighborMetric.Cosine, Weights = NeighborWeights.Distance }.Fit(SampleTables.Numbers(LearningTask.Regression), Context);

        Should.Throw<DataException>(() => OnnxExport.Of(model)).Message.ShouldContain("near 0 a cosine's distance is rounding");
    }

    [Fact]
    public void Columns_that_no_part_of_the_model_reads_are_no_inputs()
    {
        TrainingTable table = SampleTables.WithTextAndDates(LearningTask.Regression);
        OnnxFile file = OnnxExport.Of(new Pipeline([new SelectColumns(["mass", "visits"]), new Impute()], new Ridge()).Fit(table, Context));

        file.Inputs.Select(input => input.Name).ShouldBe(["mass", "visits"]);
        file.Notes.ShouldContain(note => note.Contains("do not use") || note.Contains("does not use"));
        file.Certify(table.Features).Agrees.ShouldBeTrue();
    }

    [Fact]
    public void A_certificate_tells_of_a_graph_that_differs()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression);
        OnnxFile one = OnnxExport.Of(new Ridge().Fit(table, Context)), other = OnnxExport.Of(new Ridge { Alpha = 1000 }.Fit(table, Context));

        one.Sha256.ShouldNotBe(other.Sha256);
        (one.Certify(table.Features) with { LargestDifference = 2 * ParityCertificate.Tolerance }).Agrees.ShouldBeFalse();
        one.Certify(table.Features).Agrees.ShouldBeTrue();
    }

    [Fact]
    public void Made_up_rows_lie_where_the_model_has_something_to_say()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression);
        ParityCertificate certificate = OnnxExport.Of(new Pipeline([], new Strata.Learning.Trees.RandomForest { Trees = 5 }).Fit(table, Context)).Certify();

        double[] heights = [.. certificate.Inputs.Single(input => input.Name == "height").Values.Where(value => value is not null).Select(value => value!.GetValue<double>())];
        certificate.RowsAreMadeUp.ShouldBeTrue();
        heights.Order().ElementAt(heights.Length / 2).ShouldBeInRange(150, 190);
        certificate.Expected.Single().Values.Select(value => value!.GetValue<double>()).Distinct().Count().ShouldBeGreaterThan(20);
    }
}
