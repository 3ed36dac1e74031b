using Shouldly;
using Strata.Learning.Neural;
using Strata.Learning.Neural.Architectures;
using Strata.Learning.Neural.Layers;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Neural;

/// <summary>Networks that compute the inside of their blocks again on the way back, beside the same networks that keep it.</summary>
public sealed class RecomputeTests
{
    private static readonly FitContext Context = new() { Seed = 5, Threads = 2 };

    private static readonly Dictionary<string, (NetworkRecipe Kept, NetworkRecipe Again, Func<TrainingTable> Table)> Trainings = new()
    {
        ["transformer"] = Pair(new Transformer { Layers = 2, Heads = 2, HeadWidth = 8, Dropout = 0.2 }, recipe => recipe with { Recompute = true }, Series),
        ["resnet1d"] = Pair(new Resnet1d { Blocks = 2, Filters = 8 }, recipe => recipe with { Recompute = true }, Series),
        ["inception_time"] = Pair(new InceptionTime { Modules = 3, Filters = 4, KernelSize = 8 }, recipe => recipe with { Recompute = true }, Series),
        ["resnet2d"] = Pair(new Resnet2d { Filters = 4 }, recipe => recipe with { Recompute = true }, () => SampleArrays.Images(LearningTask.BinaryClassification, rows: 60)),
        ["ft_transformer"] = Pair(new FtTransformer { Layers = 2, Heads = 2, HeadWidth = 4 }, recipe => recipe with { Recompute = true }, () => SampleTables.Mixed(LearningTask.BinaryClassification)),
    };

    public static TheoryData<string> Names => [.. Trainings.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_training_gives_the_same_network_to_the_last_bit(string name)
    {
        (NetworkRecipe kept, NetworkRecipe again, Func<TrainingTable> make) = Trainings[name];
        TrainingTable table = make();

        NetworkModel expected = (kept with { Epochs = 1 }).Fit(table, Context), actual = (again with { Epochs = 1 }).Fit(table, Context);

        foreach ((Parameter<float> one, Parameter<float> other) in expected.Network.State.Zip(actual.Network.State))
        {
            other.Values.ToArray().ShouldBe(one.Values.ToArray(), one.Name);
        }
    }

    [Fact]
    public void A_step_of_a_deep_transformer_holds_a_fraction_of_the_memory_and_takes_none_from_the_runtime()
    {
        (long kept, long _) = Step(new Transformer { Layers = 8, Heads = 4, HeadWidth = 8, Patch = 1 });
        (long again, long allocated) = Step(new Transformer { Layers = 8, Heads = 4, HeadWidth = 8, Patch = 1, Recompute = true });

        again.ShouldBeLessThan(kept / 4);
        allocated.ShouldBeLessThan(2000);
    }

    [Fact]
    public void A_step_of_a_deep_residual_network_holds_less_memory_and_takes_none_from_the_runtime()
    {
        (long kept, long _) = Step(new Resnet1d { Blocks = 6, Filters = 8 });
        (long again, long allocated) = Step(new Resnet1d { Blocks = 6, Filters = 8, Recompute = true });

        again.ShouldBeLessThan(kept / 2);
        allocated.ShouldBeLessThan(2000);
    }

    private static (long Bytes, long Allocated) Step(SeriesNetworkRecipe recipe)
    {
        using var team = new ThreadTeam(1);
        using var backend = new CpuBackend(team);
        using var tape = new Tape<float>(backend);
        using Encoder encoder = recipe.Encoder("encoder", 2, new RandomSource(1));
        var random = new RandomSource(2);
        float[] x = [.. Enumerable.Range(0, 4 * 48 * 2).Select(_ => (float)random.NextGaussian())];
        int[] lengths = [.. Enumerable.Range(0, 4).Select(row => 48 - row)];
        void Run()
        {
            tape.Reset();
            tape.Backward(tape.Sum(encoder.Encode(tape.Constant(x, new Shape(4, 48, 2)), lengths, new Pass(tape, random))));
        }

        Run();
        Run();
        return (tape.UsedBytes, Allocations.Of(Run));
    }

    private static (NetworkRecipe Kept, NetworkRecipe Again, Func<TrainingTable> Table) Pair<TRecipe>(TRecipe recipe, Func<TRecipe, TRecipe> again, Func<TrainingTable> table)
        where TRecipe : NetworkRecipe => (recipe, again(recipe), table);

    private static TrainingTable Series() => SampleArrays.Series(LearningTask.BinaryClassification, rows: 60, shortest: 9, longest: 16);
}
