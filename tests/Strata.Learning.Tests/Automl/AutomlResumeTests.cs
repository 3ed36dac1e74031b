using Shouldly;
using Strata.Learning.Automl;
using Strata.Learning.Ensembles;
using Xunit;

namespace Strata.Learning.Tests.Automl;

public class AutomlResumeTests
{
    private static readonly TrainingTable Table = Studies.LineAndSteps(300);

    private static AutomlRecipe Recipe => Studies.Of("gradient_boosting(trees=30)", "decision_tree(max_depth=3)") with { Layers = 2 };

    [Fact]
    public void Cancelled_after_any_candidate_it_goes_on_to_the_same_file_as_without()
    {
        var watch = new Listener(_ => false, () => { });
        byte[] whole = Studies.FileOf((Recipe with { Watch = watch }).Fit(Table, Studies.Context));
        watch.Heard.Count.ShouldBeGreaterThan(5, "the second layer is among what is cancelled");

        for (int after = 1; after <= watch.Heard.Count; after++)
        {
            var store = new Shelf();
            using var cancel = new CancellationTokenSource();
            Should.Throw<OperationCanceledException>(() =>
                (Recipe with { Watch = new Listener(heard => heard.Done == after, cancel.Cancel) }).Fit(Table, Studies.Context with { Checkpoints = store, Cancellation = cancel.Token }));
            store.Files.Count.ShouldBe(after + 1, "a part for each candidate, and the number of folds");
            string[] before = [.. store.Files.Keys];

            AutomlModel resumed = Recipe.Fit(Table, Studies.Context with { Checkpoints = store });

            Studies.FileOf(resumed).ShouldBe(whole);
            store.Saves.Where(name => before.Contains(name) && name != string.Empty).Count().ShouldBe(after, "what was finished is not fitted again");
        }
    }

    [Fact]
    public void A_study_that_is_given_more_time_goes_on_from_what_it_has()
    {
        var clock = new SteppedClock();
        var store = new Shelf();
        var fits = new List<SlowTree>();
        AutomlRecipe recipe = Recipe with { Deterministic = false, Layers = 1, Portfolio = ["slow(seconds=2.5)", "slow(seconds=5.5)"] };
        RecipeMaker real = recipe.Maker!;
        AutomlRecipe Within(double limit)
        {
            fits.Clear();
            return recipe with { TimeLimit = limit, Maker = (name, settings, task) => name == "slow" ? Noted(new SlowTree(clock, double.Parse(settings["seconds"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture))) : real(name, settings, task) };
        }

        SlowTree Noted(SlowTree tree)
        {
            fits.Add(tree);
            return tree;
        }

        FitContext context = Studies.Context with { Threads = 1, Clock = clock, Checkpoints = store };
        AutomlModel first = Within(25).Fit(Table, context);
        fits.Select(tree => tree.Fits.Count).ShouldBe([3, 1], "its first fold tells that three would take too long");
        AutomlModel more = Within(60).Fit(Table, context);

        fits.Select(tree => tree.Fits.Count).ShouldBe([0, 3]);
        first.Leaderboard.Rows.Count(row => row.Score is not null).ShouldBe(4);
        more.Leaderboard.Rows.Count(row => row.Score is not null).ShouldBe(5);
    }

    [Fact]
    public void Parts_of_other_rows_another_seed_or_a_damaged_file_are_left_alone()
    {
        var store = new Shelf();
        byte[] whole = Studies.FileOf(Recipe.Fit(Table, Studies.Context with { Checkpoints = store }));
        int count = store.Files.Count;
        foreach (string name in store.Files.Keys.ToArray())
        {
            store.Files[name] = [.. store.Files[name].Select((value, at) => at == store.Files[name].Length / 2 ? (byte)(value ^ 1) : value)];
        }

        Studies.FileOf(Recipe.Fit(Table, Studies.Context with { Checkpoints = store })).ShouldBe(whole);
        Recipe.Fit(Table, Studies.Context with { Checkpoints = store, Seed = 9 });
        store.Files.Count.ShouldBe(2 * count - 1, "only the number of folds has one place");
    }

    /// <summary>Checkpoints in memory, each part under its name.</summary>
    private sealed class Shelf : ICheckpointStore
    {
        private readonly string name = string.Empty;

        public Shelf() => (Files, Saves) = ([], []);

        private Shelf(Shelf shelf, string name) => (Files, Saves, this.name) = (shelf.Files, shelf.Saves, name);

        public Dictionary<string, byte[]> Files { get; }

        public List<string> Saves { get; }

        public void Save(ReadOnlySpan<byte> state)
        {
            Saves.Add(name);
            Files[name] = state.ToArray();
        }

        public byte[]? Load() => Files.GetValueOrDefault(name);

        public ICheckpointStore Part(string name) => new Shelf(this, name);
    }
}
