using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Preparation;

/// <summary>Steps make of sparse columns what they make of the same columns in full, and make sparse columns where most is 0.</summary>
public class SparsePreparationTests
{
    private static readonly FitContext Context = new() { Threads = 2, Seed = 1 };

    public static TheoryData<string, IStep, bool> Numeric => new()
    {
        { "standard", new Scale(), true }, { "min-max", new Scale { Method = ScaleMethod.MinMax, Clip = true }, true }, { "robust", new Scale { Method = ScaleMethod.Robust }, true }, { "max-abs", new Scale { Method = ScaleMethod.MaxAbs }, true },
        { "median", new Impute(), true }, { "mean", new Impute { Numbers = NumberFill.Mean }, true }, { "most frequent", new Impute { Numbers = NumberFill.MostFrequent }, true },
        { "variance", new SelectVariance { Threshold = 0.04 }, true }, { "chi-square", new SelectBest { Score = ScoreKind.ChiSquare }, true }, { "correlation", new SelectBest { Score = ScoreKind.Correlation }, true },
        { "ANOVA", new SelectBest { Score = ScoreKind.AnovaF }, true }, { "mutual information", new SelectBest(), true },
        { "quantiles", new QuantileScale(), false }, { "pca", new PrincipalComponents { Components = 5 }, false }, { "svd", new PrincipalComponents { Components = 5, Center = false, Whiten = true }, false }, { "pca by share", new PrincipalComponents(), false },
    };

    [Theory]
    [MemberData(nameof(Numeric))]
    public void Numbers_are_those_of_columns_in_full(string what, IStep step, bool staysSparse)
    {
        foreach (bool weighted in new[] { true, false })
        {
            SparseTables tables = SparseTables.Of(LearningTask.MulticlassClassification, weighted: weighted, counts: what == "chi-square");
            (IFittedStep sparse, IFittedStep full) = (step.Fit(tables.Sparse, Context), step.Fit(tables.Full, Context));
            Frame made = sparse.Apply(tables.Sparse.Features), expected = full.Apply(tables.Full.Features);

            made.Names.ShouldBe(expected.Names, what);
            sparse.Notes.ShouldBe(full.Notes);
            foreach (Column column in expected.Columns)
            {
                Numbers(made[column.Name]).ShouldBe(Numbers(column), 1e-9, $"{what}: {column.Name}");
                made[column.Name].Type.ShouldBe(column.Type);
            }

            made.Columns.Any(column => column is SparseNumberColumn).ShouldBe(staysSparse, what);
        }
    }

    public static TheoryData<string> EveryStep => [.. Steps.All.Select(step => step.Name).Except(["pca", "fold_series"])];

    [Theory]
    [MemberData(nameof(EveryStep))]
    public void Every_step_as_it_is_makes_the_same_training_rows_of_sparse_columns(string name)
    {
        IStep step = name == "balance" ? new Balance { Method = BalanceMethod.Smote } : Steps.Named(name).Create();
        SparseTables tables = SparseTables.Of(LearningTask.BinaryClassification, rows: 120, columns: 30);

        (TrainingTable? sparse, Type? refused) = Prepared(step, tables.Sparse);
        (TrainingTable? full, Type? expected) = Prepared(step, tables.Full);

        refused.ShouldBe(expected);
        if (full is not null)
        {
            sparse!.Features.Names.ShouldBe(full.Features.Names);
            sparse.RowCount.ShouldBe(full.RowCount);
            foreach (Column column in full.Features.Columns)
            {
                sparse.Features[column.Name].Type.ShouldBe(column.Type);
                // A power found by search is no more exact than the likelihood's rounding lets it be.
                double tolerance = name == "yeo_johnson" ? 1e-5 : 1e-9;
                Numbers(sparse.Features[column.Name]).Zip(Numbers(column)).ShouldAllBe(pair => pair.First.Equals(pair.Second) || Math.Abs(pair.First - pair.Second) <= tolerance, column.Name);
            }
        }
    }

    [Fact]
    public void Gaps_among_entries_and_common_values_are_filled()
    {
        var frame = new Frame(
            new SparseNumberColumn("x", 80, [1, 5, 9], [4, double.NaN, 6], common: 1), new SparseNumberColumn("mostly missing", 80, [1, 5, 9], [4, 5, 6], common: double.NaN),
            new SparseNumberColumn("flag", 80, [3, 4], [1, double.NaN], type: ColumnType.Boolean));
        var target = new NumberTarget("y", [.. Enumerable.Range(0, 80).Select(row => (double)row)]);

        Frame made = new Impute().Fit(new TrainingTable(frame, target), Context).Apply(frame), expected = new Impute().Fit(new TrainingTable(SparseTables.InFull(frame), target), Context).Apply(SparseTables.InFull(frame));

        made.Columns.Select(column => (column.Name, column.Type)).ShouldBe(expected.Columns.Select(column => (column.Name, column.Type)));
        made.Columns.Zip(expected.Columns).ShouldAllBe(pair => Numbers(pair.First).SequenceEqual(Numbers(pair.Second)));
    }

    [Fact]
    public void Of_many_columns_the_first_directions_are_those_of_all_products()
    {
        SparseTables tables = SparseTables.Of(LearningTask.Regression, rows: 300, columns: SparseDirections.MostColumnsOfFullMatrix + 30);
        foreach (bool center in new[] { true, false })
        {
            var step = new PrincipalComponents { Components = 6, Center = center };
            Frame made = step.Fit(tables.Sparse, Context).Apply(tables.Sparse.Features), expected = step.Fit(tables.Full, Context).Apply(tables.Full.Features);

            made.Columns.Zip(expected.Columns).ShouldAllBe(pair => Numbers(pair.First).Zip(Numbers(pair.Second), (a, b) => Math.Abs(a - b)).Max() < 1e-8);
        }
    }

    [Fact]
    public void Categories_and_texts_give_sparse_columns()
    {
        var random = RandomSource.For(2, "texts");
        string[] words = [.. Enumerable.Range(0, 200).Select(i => $"word{i}")];
        string?[] texts = [.. Enumerable.Range(0, 300).Select(row => row == 5 ? null : string.Join(' ', Enumerable.Range(0, 8).Select(_ => words[random.NextInt(200)])))];
        var frame = new Frame(new TextColumn("text", texts), CategoryColumn.Of("kind", [.. texts.Select((_, row) => row % 40 == 0 ? null : words[row % 37])]));
        var table = new TrainingTable(frame, new NumberTarget("y", new double[300]));

        foreach (IStep step in new IStep[] { new OneHot(), new HashCategories { Width = 64 }, new TextFrequencies(), new TextFrequencies { Sublinear = true, Longest = 2 }, new HashText { Width = 256 } })
        {
            IFittedStep fitted = step.Fit(table, Context);
            Frame all = fitted.Apply(frame);
            all.Columns.Count(column => column is SparseNumberColumn).ShouldBeGreaterThan(20, step.Name);
            // A few rows alone are made in full.
            int[] some = [0, 5, 40, 299];
            Frame few = fitted.Apply(frame.Take(some));
            few.Columns.ShouldAllBe(column => !(column is SparseNumberColumn));
            few.Columns.Where(column => column.IsNumeric).ShouldAllBe(column => Numbers(column).SequenceEqual(Numbers(all[column.Name].Take(some))), step.Name);
        }
    }

    private static (TrainingTable? Table, Type? Refused) Prepared(IStep step, TrainingTable table)
    {
        try
        {
            return (step.FitTransform(table, Context).Prepared, null);
        }
        catch (Exception e) when (e is DataException or InvalidOperationException)
        {
            return (null, e.GetType());
        }
    }

    private static double[] Numbers(Column column)
    {
        var numbers = new double[column.Count];
        column.CopyNumbers(numbers);
        return numbers;
    }
}
