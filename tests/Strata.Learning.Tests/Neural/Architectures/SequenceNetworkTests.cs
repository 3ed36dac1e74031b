using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural;
using Strata.Learning.Neural.Architectures;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Neural.Architectures;

public sealed class LstmContract() : SeriesNetworkContract<Lstm>(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new Lstm { Epochs = 3, Hidden = 8, LearningRate = 1e-2 };
}

public sealed class GruContract() : SeriesNetworkContract<Gru>(LearningTask.Regression)
{
    protected override IRecipe Recipe => new Gru { Epochs = 3, Hidden = 8, Layers = 2, Patch = 3, LearningRate = 1e-2 };
}

public sealed class RnnContract() : SeriesNetworkContract<Rnn>(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new Rnn { Epochs = 3, Hidden = 8, LearningRate = 1e-2, Pooling = SeriesPooling.Attention };
}

public sealed class TransformerContract() : SeriesNetworkContract<Transformer>(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new Transformer { Epochs = 3, Layers = 1, Heads = 2, HeadWidth = 8, LearningRate = 5e-3 };
}

public abstract class FtTransformerContract(LearningTask task) : NetworkContract(task)
{
    protected override IRecipe Recipe => new FtTransformer { Epochs = 8, Layers = 1, Heads = 2, HeadWidth = 4, LearningRate = 1e-2 };

    protected override IModel Read(ModelReader reader) => NetworkModel.Read<FtTransformer>(reader);
}

public sealed class FtTransformerBinaryContract() : FtTransformerContract(LearningTask.BinaryClassification);

public sealed class FtTransformerRegressionContract() : FtTransformerContract(LearningTask.Regression);

public sealed class SequenceNetworkTests
{
    private static readonly FitContext Context = new() { Seed = 5, Threads = 2 };

    public static TheoryData<string> Recipes => [.. All.Keys];

    private static Dictionary<string, SeriesNetworkRecipe> All => new()
    {
        ["lstm"] = new Lstm { Hidden = 16, Bidirectional = false },
        ["gru"] = new Gru { Hidden = 16, Bidirectional = false },
        ["rnn"] = new Rnn { Hidden = 16 },
        ["transformer"] = new Transformer { Layers = 1, Heads = 2, HeadWidth = 8, Patch = 2 },
    };

    [Theory]
    [MemberData(nameof(Recipes))]
    public void The_order_of_steps_is_learned_also_where_rows_end_early(string name)
    {
        TrainingTable table = Orders(400, seed: 1), test = Orders(200, seed: 2);

        NetworkModel model = (All[name] with { Epochs = 25, LearningRate = 1e-2, EarlyStoppingEpochs = 0, BatchSize = 32 }).Fit(table, Context);

        Predictions predictions = model.Predict(test.Features);
        int[] codes = ((ClassTarget)test.Target).Codes;
        Enumerable.Range(0, test.RowCount).Count(row => predictions.ClassCode(row) == codes[row]).ShouldBeGreaterThan(180);
    }

    [Theory]
    [InlineData(SeriesPooling.Last)]
    [InlineData(SeriesPooling.Mean)]
    [InlineData(SeriesPooling.Max)]
    [InlineData(SeriesPooling.Attention)]
    public void What_a_row_gives_does_not_depend_on_the_longer_rows_beside_it(SeriesPooling pooling)
    {
        foreach (SeriesNetworkRecipe recipe in new SeriesNetworkRecipe[] { new Gru { Hidden = 6, Layers = 2, Patch = 3, Pooling = pooling }, new Transformer { Layers = 2, Heads = 2, HeadWidth = 4, Pooling = pooling } })
        {
            Frame rows = Orders(40, seed: 3).Features;
            NetworkModel model = (recipe with { Epochs = 1 }).Fit(Orders(64, seed: 1), Context);

            double[] together = model.Predict(rows).Values, alone = [.. Enumerable.Range(0, 40).SelectMany(row => model.Predict(rows.Take([row])).Values)];

            together.Zip(alone, (one, other) => Math.Abs(one - other)).Max().ShouldBeLessThan(1e-5);
        }
    }

    [Fact]
    public void Columns_that_act_together_are_learned_by_the_transformer_for_tables()
    {
        TrainingTable table = Products(800, seed: 1), test = Products(300, seed: 2);

        Predictions predictions = new FtTransformer { Layers = 1, Heads = 2, HeadWidth = 8, Epochs = 40, LearningRate = 5e-3, AttentionDropout = 0, Dropout = 0 }.Fit(table, Context).Predict(test.Features);

        int[] codes = ((ClassTarget)test.Target).Codes;
        Enumerable.Range(0, test.RowCount).Count(row => predictions.ClassCode(row) == codes[row]).ShouldBeGreaterThan(270);
    }

    /// <summary>A bump up and a bump down at chance places in noise; the class is which comes first.</summary>
    private static TrainingTable Orders(int rows, ulong seed)
    {
        var random = new RandomSource(seed);
        var (cells, codes) = (new float[rows][], new int[rows]);
        for (int row = 0; row < rows; row++)
        {
            cells[row] = [.. Enumerable.Range(0, 14 + random.NextInt(8)).Select(_ => (float)(0.1 * random.NextGaussian()))];
            int first = random.NextInt(6), second = 7 + random.NextInt(cells[row].Length - 7);
            codes[row] = random.NextInt(2);
            cells[row][first] += codes[row] == 0 ? 2 : -2;
            cells[row][second] -= codes[row] == 0 ? 2 : -2;
        }

        return new TrainingTable(new Frame(new ArrayColumn("series", ColumnType.Series, ArrayColumn.OneChannel, cells)), new ClassTarget("first", codes, ["up", "down"]));
    }

    /// <summary>A category decides which of two numbers' signs is the class.</summary>
    private static TrainingTable Products(int rows, ulong seed)
    {
        var random = new RandomSource(seed);
        double[] a = [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())], b = [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())];
        int[] which = [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(2))];
        int[] codes = [.. Enumerable.Range(0, rows).Select(row => (which[row] == 0 ? a[row] : b[row]) > 0 ? 1 : 0)];
        return new TrainingTable(
            new Frame(new Float64Column("a", a), new Float64Column("b", b), new CategoryColumn("which", which, ["a", "b"])), new ClassTarget("positive", codes, ["no", "yes"]));
    }
}
