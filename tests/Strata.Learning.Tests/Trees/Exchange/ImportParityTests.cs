using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Trees.Exchange;
using Xunit;

namespace Strata.Learning.Tests.Trees.Exchange;

public sealed class ImportParityTests
{
    public static TheoryData<string> Names => [.. ExchangeFixture.Names];

    public static TheoryData<string> NamesWithContributions => [.. ExchangeFixture.Names.Where(name => ExchangeFixture.Read(name).Contributions is not null)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_imported_model_predicts_what_its_maker_predicts(string name)
    {
        ExchangeFixture fixture = ExchangeFixture.Read(name);
        IModel model = ModelImport.Read(fixture.ModelPath).Model;

        Predictions predictions = model.Predict(fixture.Rows);

        int width = fixture.Predictions[0].Length;
        bool isPositiveOnly = width == 1 && predictions.Task.IsClassification();
        for (int row = 0; row < fixture.Predictions.Length; row++)
        {
            for (int k = 0; k < width; k++)
            {
                double own = isPositiveOnly ? predictions.Probability(row, 1) : predictions.Values[row * width + k], theirs = fixture.Predictions[row][k];
                own.ShouldBe(theirs, 1e-5 * Math.Max(1, Math.Abs(theirs)), $"row {row}, output {k}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(NamesWithContributions))]
    public void Contributions_of_an_imported_model_are_those_that_its_maker_gives(string name)
    {
        ExchangeFixture fixture = ExchangeFixture.Read(name);
        IModel model = ModelImport.Read(fixture.ModelPath).Model;

        Contributions contributions = Explainer.Explain(model, fixture.Rows);

        for (int row = 0; row < fixture.Predictions.Length; row++)
        {
            for (int k = 0; k < contributions.Outputs.Count; k++)
            {
                double[] theirs = fixture.Contributions![row][k];
                double tolerance = 1e-4 * Math.Max(1, theirs.Max(Math.Abs));
                contributions.BiasOf(row, k).ShouldBe(theirs[^1], tolerance);
                for (int column = 0; column < contributions.Columns.Count; column++)
                {
                    contributions.Of(row, k)[column].ShouldBe(theirs[column], tolerance, $"row {row}, output {k}, column {contributions.Columns[column]}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_imported_model_predicts_the_same_after_a_model_file(string name)
    {
        ExchangeFixture fixture = ExchangeFixture.Read(name);
        IModel model = ModelImport.Read(fixture.ModelPath).Model;
        using var stream = new MemoryStream();
        new ModelFile(model, new ModelCard()).Save(stream);
        stream.Position = 0;

        ModelFile.Load(stream).Model.Predict(fixture.Rows).Values.ShouldBe(model.Predict(fixture.Rows).Values);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Many_rows_are_scored_as_few_are(string name)
    {
        ExchangeFixture fixture = ExchangeFixture.Read(name);
        IModel model = ModelImport.Read(fixture.ModelPath).Model;
        Frame rows = fixture.Rows;
        int[] many = [.. Enumerable.Range(0, 300).Select(i => i % rows.RowCount)];
        Predictions few = model.Predict(rows), all = model.Predict(rows.Take(many));

        int width = few.RawScores.Length / rows.RowCount;
        for (int i = 0; i < all.RawScores.Length; i++)
        {
            all.RawScores[i].ShouldBe(few.RawScores[many[i / width] * width + i % width], 1e-12);
        }
    }
}
