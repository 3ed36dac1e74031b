using Shouldly;
using Strata.Learning;
using Xunit;

namespace Strata.Testing;

/// <content>The same again: twice, saved and loaded, with other threads, watched.</content>
public abstract partial class RecipeContract
{
    [Fact]
    public virtual void Fitting_twice_gives_the_same_bits()
    {
        IModel first = Fitted, second = Fit(Sample);

        FileOf(second).ShouldBe(FileOf(first));
        ShouldBeTheSameBits(second.Predict(Sample.Features), first.Predict(Sample.Features));
    }

    [Fact]
    public virtual void Any_number_of_threads_gives_the_same_model()
    {
        IModel alone = Recipe.Fit(Sample, Context with { Threads = 1 });

        foreach (int threads in new[] { 2, 3 })
        {
            IModel together = Recipe.Fit(Sample, Context with { Threads = threads });
            ShouldBeWithin(ThreadTolerance, together.Predict(Sample.Features), alone.Predict(Sample.Features));
            if (ThreadTolerance == 0)
            {
                FileOf(together).ShouldBe(FileOf(alone));
            }
        }
    }

    [Fact]
    public virtual void A_saved_model_predicts_the_same_bits()
    {
        IModel fitted = Fitted;
        byte[] file = FileOf(fitted);
        IModel read = ReadFile(file);

        ShouldBeTheSameBits(read.Predict(Sample.Features), fitted.Predict(Sample.Features));
        FileOf(read).ShouldBe(file);
        read.Algorithm.ShouldBe(Recipe.Algorithm);
        read.Notes.ShouldBe(fitted.Notes);
        (read.Signature.Task, read.Signature.Target).ShouldBe((Task, Sample.Target.Name));
        read.Signature.Classes.ShouldBe(Sample.Target.Classes);
        read.Signature.Features.Names.ShouldBe(Sample.Features.Names);
    }

    [Fact]
    public virtual void Watching_other_rows_changes_nothing()
    {
        int[] rows = AllRows(Sample);
        TrainingTable training = Sample.Take(rows.AsSpan(0, 200)), watched = Sample.Take(rows.AsSpan(200));

        IModel unwatched = Recipe.Fit(training, Context);
        IModel observed = Recipe.Fit(training, Context with { Watched = watched });

        FileOf(observed).ShouldBe(FileOf(unwatched));
    }

    [Fact]
    public virtual void Progress_counts_up_to_the_step_count_with_finite_metrics()
    {
        var reports = new Reports();

        Recipe.Fit(Sample, Context with { Progress = reports, Watched = Sample });

        reports.Seen.ShouldNotBeEmpty();
        reports.Seen.Select(report => report.Step).ShouldBe(reports.Seen.Select(report => report.Step).Order().Distinct());
        reports.Seen.ShouldAllBe(report => report.Step >= 0 && report.Step < report.StepCount);
        reports.Seen.SelectMany(report => report.Metrics.Values).ShouldAllBe(value => double.IsFinite(value));
    }

    /// <summary>Keeps reports as they come, on the reporting thread, and may answer each.</summary>
    private sealed class Reports(Action<FitProgress>? answer = null) : IProgress<FitProgress>
    {
        public List<FitProgress> Seen { get; } = [];

        public void Report(FitProgress value)
        {
            lock (Seen)
            {
                Seen.Add(value);
            }

            answer?.Invoke(value);
        }
    }
}
