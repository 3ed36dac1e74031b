using Shouldly;
using Strata.Learning;
using Strata.Learning.Data;
using Xunit;

namespace Strata.Testing;

/// <content>Awkward input gives sound predictions or a <see cref="DataException"/>, never anything else; a cancelled fit stops.</content>
public abstract partial class RecipeContract
{
    [Fact]
    public virtual void A_missing_column_is_named()
    {
        IModel model = Fitted;
        string name = Sample.Features.Columns[1].Name;

        DataException refusal = Should.Throw<DataException>(() => model.Predict(Sample.Features.Drop([name])));

        refusal.Message.ShouldContain(name);
    }

    [Fact]
    public virtual void A_column_of_another_kind_is_named()
    {
        IModel model = Fitted;
        string name = Sample.Features.Columns[0].Name;
        var words = new TextColumn(name, [.. AllRows(Sample).Select(_ => "words")]);

        DataException refusal = Should.Throw<DataException>(() => model.Predict(Sample.Features.With(words)));

        refusal.Message.ShouldContain(name);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("infinite")]
    [InlineData("enormous")]
    [InlineData("unseen level")]
    public virtual void Awkward_cells_are_predicted_or_refused(string cells)
    {
        IModel model = Fitted;
        var rows = new Frame(Sample.Features.Columns.Select(column => AwkwardCells(column, cells)));

        ShouldBeSoundOrRefused(() => model.Predict(rows), rows.RowCount);
    }

    [Theory]
    [InlineData("a constant column")]
    [InlineData("a column missing throughout")]
    [InlineData("infinite cells")]
    [InlineData("enormous cells")]
    [InlineData("one column")]
    [InlineData("no columns")]
    [InlineData("one row")]
    [InlineData("two rows")]
    [InlineData("no rows")]
    [InlineData("equal rows")]
    [InlineData("one class or number")]
    [InlineData("weights of zero")]
    [InlineData("most weights zero")]
    [InlineData("tiny weights")]
    [InlineData("more columns than rows")]
    [InlineData("a category with a level a row")]
    public virtual void Awkward_tables_are_learned_or_refused(string kind)
    {
        TrainingTable table = AwkwardTable(kind);

        ShouldBeSoundOrRefused(() => Fit(table).Predict(table.Features), table.Features.RowCount);
    }

    [Fact]
    public virtual void A_fit_that_was_cancelled_before_it_began_stops()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Should.Throw<OperationCanceledException>(() => Recipe.Fit(Sample, Context with { Cancellation = cancellation.Token }));
    }

    [Fact]
    public virtual void A_fit_that_is_cancelled_on_its_way_stops()
    {
        using var cancellation = new CancellationTokenSource();
        var reports = new Reports(_ => cancellation.Cancel());

        try
        {
            Recipe.Fit(Sample, Context with { Cancellation = cancellation.Token, Progress = reports });
            FitProgress last = reports.Seen.ShouldHaveSingleItem("it went on after it was cancelled");
            last.Step.ShouldBe(last.StepCount - 1, "it was cancelled on its way but returned a model");
        }
        catch (OperationCanceledException)
        {
            reports.Seen.ShouldHaveSingleItem("it went on after it was cancelled");
        }
    }

    private static void ShouldBeSoundOrRefused(Func<Predictions> predict, int rowCount)
    {
        try
        {
            ShouldBeSound(predict(), rowCount);
        }
        catch (DataException refusal)
        {
            refusal.Message.ShouldNotBeNullOrWhiteSpace();
        }
    }

    /// <summary>The column with every other cell made awkward; a column that cannot hold such a cell stays as it is.</summary>
    private static Column AwkwardCells(Column column, string cells)
    {
        bool At(int row) => row % 2 == 1;
        double number = cells switch { "missing" => double.NaN, "infinite" => double.PositiveInfinity, "enormous" => 1e300, _ => 0 };
        int[] rows = [.. Enumerable.Range(0, column.Count)];
        return (column, cells) switch
        {
            (CategoryColumn category, "unseen level") =>
                CategoryColumn.Of(category.Name, [.. rows.Select(row => At(row) ? "never seen" : category.TextAt(row))]),
            (CategoryColumn category, "missing") => new CategoryColumn(category.Name, [.. rows.Select(row => At(row) ? -1 : category.Codes[row])], category.Levels),
            (_, "unseen level") or (CategoryColumn, _) => column,
            (ArrayColumn arrays, "missing") => new ArrayColumn(arrays.Name, arrays.Type, arrays.Channels, [.. rows.Select(row => At(row) ? null : arrays.Values[row])], arrays.Widths),
            (ArrayColumn arrays, _) => new ArrayColumn(arrays.Name, arrays.Type, arrays.Channels, [.. rows.Select(row => At(row) ? Filled(arrays.Values[row], (float)number) : arrays.Values[row])], arrays.Widths),
            (BooleanColumn or Int64Column or DateColumn, not "missing") => column,
            (TextColumn text, _) => new TextColumn(text.Name, [.. rows.Select(row => At(row) ? null : text.TextAt(row))]),
            (DateColumn date, _) => new DateColumn(date.Name, date.Ticks, Mask(date.Count, At)),
            (BooleanColumn boolean, _) => new BooleanColumn(boolean.Name, boolean.Values, Mask(boolean.Count, At)),
            (Int64Column whole, _) => new Int64Column(whole.Name, whole.Values, Mask(whole.Count, At)),
            _ => new Float64Column(column.Name, [.. rows.Select(row => At(row) ? number : column.NumberAt(row))]),
        };
    }

    /// <summary>Every third number of a cell replaced.</summary>
    private static float[]? Filled(float[]? cell, float by) => cell is null ? null : [.. cell.Select((value, i) => i % 3 == 0 ? by : value)];

    private TrainingTable AwkwardTable(string kind)
    {
        TrainingTable table = Sample;
        int[] rows = AllRows(table);
        TrainingTable With(Column column) => table.WithFeatures(table.Features.With(column));
        TrainingTable Weighted(Func<int, double> weight) => new(table.Features, table.Target, [.. rows.Select(weight)]);
        return kind switch
        {
            "a constant column" => With(new Float64Column("constant", [.. rows.Select(_ => 0.1)])),
            "a column missing throughout" => With(new Float64Column("absent", [.. rows.Select(_ => double.NaN)])),
            "infinite cells" => With(new Float64Column("odd", [.. rows.Select(row => row % 7 == 3 ? double.NegativeInfinity : row)])),
            "enormous cells" => With(new Float64Column("odd", [.. rows.Select(row => row % 2 == 0 ? -1e300 : 1e300)])),
            "one column" => table.WithFeatures(new Frame(table.Features.Columns[0])),
            "no columns" => table.WithFeatures(new Frame()),
            "one row" => table.Take([0]),
            "two rows" => table.Take([0, 1]),
            "no rows" => table.Take([]),
            "equal rows" => table.Take([.. rows.Select(_ => 5)]),
            "one class or number" => new TrainingTable(table.Features, table.Target.Take([.. rows.Select(_ => 5)])),
            "weights of zero" => Weighted(_ => 0),
            "most weights zero" => Weighted(row => row < 20 ? 1 : 0),
            "tiny weights" => Weighted(_ => 1e-200),
            "more columns than rows" => SampleTables.Numbers(Task, rows: 20, columns: 60),
            "a category with a level a row" when !NeedsCompleteNumbers => With(CategoryColumn.Of("name", [.. rows.Select(row => $"name {row}")])),
            "a category with a level a row" => With(new Float64Column("number", [.. rows.Select(row => (double)row)])),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such awkward table"),
        };
    }

    private static MissingMask Mask(int count, Func<int, bool> missing)
    {
        var mask = new MissingMask(count);
        for (int row = 0; row < count; row++)
        {
            mask[row] = missing(row);
        }

        return mask;
    }
}
