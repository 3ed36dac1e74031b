using System.Diagnostics;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Search;
using Strata.Learning.Search.Pruners;
using Strata.Learning.Search.Samplers;
using Xunit;

namespace Strata.Learning.Tests.Search;

public sealed class StudyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("strata-study-").FullName;

    private string StudyPath => System.IO.Path.Combine(folder, "study.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("tpe")]
    [InlineData("cma_es")]
    public void A_study_that_is_opened_again_goes_on_as_if_it_had_never_stopped(string name)
    {
        ISampler Sampler() => name == "tpe" ? new TpeSampler(Landscapes.MixedSpace, Direction.Minimize, 4) : new CmaEsSampler(Landscapes.MixedSpace, Direction.Minimize, 4);
        using var whole = new Study(Landscapes.MixedSpace, Direction.Minimize, Sampler(), seed: 4);
        whole.Search(Landscapes.Mixed, new SearchBudget { Trials = 60 });
        foreach (int trials in new[] { 7, 23, 60 })
        {
            using var part = new Study(Landscapes.MixedSpace, Direction.Minimize, Sampler(), seed: 4, path: StudyPath);
            part.Search(Landscapes.Mixed, new SearchBudget { Trials = trials });
            part.Trials.Count.ShouldBe(trials);
        }

        Study.Read(StudyPath).Trials.Select(trial => trial.Point).ShouldBe(whole.Trials.Select(trial => trial.Point));
        Study.Read(StudyPath).Trials.Select(trial => trial.Value).ShouldBe(whole.Trials.Select(trial => trial.Value));
    }

    [Fact]
    public void A_file_cut_at_any_byte_opens_with_the_trials_before_the_cut()
    {
        using (var study = new Study(Landscapes.BraninSpace, Direction.Minimize, path: StudyPath))
        {
            study.Search(Landscapes.Branin, new SearchBudget { Trials = 4 });
        }

        byte[] bytes = File.ReadAllBytes(StudyPath);
        int header = Array.IndexOf(bytes, (byte)'\n') + 1;
        for (int length = 0; length < bytes.Length; length += length < header ? 37 : 1)
        {
            string cut = System.IO.Path.Combine(folder, "cut.jsonl");
            File.WriteAllBytes(cut, bytes[..length]);
            int ended = length < header ? 0 : System.Text.Encoding.UTF8.GetString(bytes.AsSpan(header, length - header)).Split('\n').SkipLast(1).Count(line => line.Contains("status", StringComparison.Ordinal));
            using var study = new Study(Landscapes.BraninSpace, Direction.Minimize, path: cut);
            study.Trials.Count(trial => trial.Status == TrialStatus.Completed).ShouldBe(ended);
            study.Trials.ShouldNotContain(trial => trial.Status == TrialStatus.Running);
        }
    }

    [Fact]
    public void A_point_that_the_end_of_the_process_interrupted_is_tried_again_first_but_not_for_ever()
    {
        string start = """{"trial":0,"values":{"x":1.5,"y":2.5}}""";
        using (new Study(Landscapes.BraninSpace, Direction.Minimize, path: StudyPath))
        {
        }

        File.AppendAllText(StudyPath, start + "\n");
        using (var study = new Study(Landscapes.BraninSpace, Direction.Minimize, path: StudyPath))
        {
            study.Trials.Single().Status.ShouldBe(TrialStatus.Stopped);
        }

        File.AppendAllText(StudyPath, start.Replace("0", "1", StringComparison.Ordinal) + "\n");
        using (var study = new Study(Landscapes.BraninSpace, Direction.Minimize, path: StudyPath))
        {
            study.Trials[1].Status.ShouldBe(TrialStatus.Failed);
            study.Search(Landscapes.Branin, new SearchBudget { Trials = 3 });
            study.Trials.Skip(2).ShouldNotContain(trial => trial.Point[0] == 1.5);
        }
    }

    [Fact]
    public void A_file_of_another_search_and_a_file_in_use_are_refused()
    {
        using (var study = new Study(Landscapes.BraninSpace, Direction.Minimize, path: StudyPath, subject: "income"))
        {
            Should.Throw<DataException>(() => new Study(Landscapes.BraninSpace, Direction.Minimize, path: StudyPath, subject: "income")).Message.ShouldContain("in use");
        }

        Should.Throw<DataException>(() => new Study(Landscapes.BraninSpace, Direction.Minimize, path: StudyPath, subject: "age")).Message.ShouldContain("income");
        Should.Throw<DataException>(() => new Study(Landscapes.BraninSpace, Direction.Maximize, path: StudyPath, subject: "income")).Message.ShouldContain("Maximize");
        Should.Throw<DataException>(() => new Study(Landscapes.MixedSpace, Direction.Minimize, path: StudyPath, subject: "income")).Message.ShouldContain("x=-5..10");
        string other = System.IO.Path.Combine(folder, "other.csv");
        File.WriteAllText(other, "a,b\n1,2\n");
        Should.Throw<DataException>(() => new Study(Landscapes.BraninSpace, Direction.Minimize, path: other)).Message.ShouldContain("another file");
        File.ReadAllText(other).ShouldBe("a,b\n1,2\n");
    }

    [Fact]
    public void A_failed_trial_is_kept_with_its_reason_and_the_search_goes_on()
    {
        using (var study = new Study(Landscapes.BraninSpace, Direction.Minimize, path: StudyPath))
        {
            study.Search(trial => trial.Number == 1 ? throw new DataException("no such column") : trial.Number == 2 ? double.NaN : trial.Number, new SearchBudget { Trials = 5 });
        }

        IReadOnlyList<Trial> trials = Study.Read(StudyPath).Trials;
        trials.Select(trial => trial.Status).ShouldBe([TrialStatus.Completed, TrialStatus.Failed, TrialStatus.Failed, TrialStatus.Completed, TrialStatus.Completed]);
        trials[1].Reason.ShouldBe("no such column");
        trials[2].Reason.ShouldBe("The objective gave NaN.");
        trials[2].Value.ShouldBe(double.NaN);
    }

    [Fact]
    public void Reports_and_notes_are_kept()
    {
        using (var study = new Study(Landscapes.BraninSpace, Direction.Minimize, path: StudyPath))
        {
            study.Search(
                trial =>
                {
                    trial.Report(0, 3.5).ShouldBeTrue();
                    trial.Report(4, double.PositiveInfinity).ShouldBeTrue();
                    trial.Note("deviation", 0.25);
                    return 1;
                },
                new SearchBudget { Trials = 1 });
        }

        Trial trial = Study.Read(StudyPath).Trials.Single();
        trial.Reports.ShouldBe([new TrialReport(0, 3.5), new TrialReport(4, double.PositiveInfinity)]);
        trial.Notes["deviation"].ShouldBe(0.25);
    }

    [Fact]
    public void A_time_budget_stops_a_trial_that_obeys_its_token()
    {
        using var study = new Study(Landscapes.BraninSpace, Direction.Minimize);
        var watch = Stopwatch.StartNew();
        study.Search(
            trial =>
            {
                if (trial.Number < 2)
                {
                    return trial.Number;
                }

                trial.Cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(30));
                trial.Cancellation.ThrowIfCancellationRequested();
                return 0;
            },
            new SearchBudget { Time = TimeSpan.FromSeconds(0.3) });
        watch.Elapsed.TotalSeconds.ShouldBeLessThan(10);
        study.Trials.Select(trial => trial.Status).ShouldBe([TrialStatus.Completed, TrialStatus.Completed, TrialStatus.Stopped]);
        study.Trials[2].Reason.ShouldBe("The time budget of 0.3 s was used up.");
    }

    [Fact]
    public void Cancelling_ends_the_search_and_keeps_what_is_ready()
    {
        using var cancel = new CancellationTokenSource();
        using var study = new Study(Landscapes.BraninSpace, Direction.Minimize, path: StudyPath);
        Should.Throw<OperationCanceledException>(() => study.Run(
            trial =>
            {
                if (trial.Number == 3)
                {
                    cancel.Cancel();
                    trial.Cancellation.ThrowIfCancellationRequested();
                }

                return trial.Number;
            },
            new SearchBudget { Trials = 10 },
            cancel.Token));
        study.Trials.Count(trial => trial.Status == TrialStatus.Completed).ShouldBe(3);
        study.Trials[3].Status.ShouldBe(TrialStatus.Stopped);
    }

    [Fact]
    public void The_youngest_trial_is_given_up_when_memory_runs_out()
    {
        long inUse = 100;
        using var study = new Study(Landscapes.BraninSpace, Direction.Minimize) { MemoryInUse = () => Interlocked.Read(ref inUse) };
        study.Search(
            trial =>
            {
                if (trial.Number == 1)
                {
                    Interlocked.Exchange(ref inUse, 5_000_000);
                    trial.Cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(30));
                    Interlocked.Exchange(ref inUse, 100);
                    trial.Cancellation.ThrowIfCancellationRequested();
                }

                return trial.Number;
            },
            new SearchBudget { Trials = 3, MemoryInBytes = 1_000_000 });
        study.Trials.Select(trial => trial.Status).ShouldBe([TrialStatus.Completed, TrialStatus.Failed, TrialStatus.Completed]);
        study.Trials[1].Reason.ShouldBe("The process took more than 1 MB.");
    }

    [Fact]
    public void A_memory_budget_below_what_the_process_takes_is_told_before_any_trial()
    {
        using var study = new Study(Landscapes.BraninSpace, Direction.Minimize);
        Should.Throw<DataException>(() => study.Search(_ => 0, new SearchBudget { MemoryInBytes = 1000 })).Message.ShouldContain("memory budget");
        study.Trials.ShouldBeEmpty();
    }

    [Fact]
    public void Parallel_trials_overlap_and_all_count()
    {
        var study = new Study(Landscapes.BraninSpace, Direction.Minimize, path: StudyPath);
        using var both = new Barrier(2);
        study.Search(
            trial =>
            {
                // The first two only come through together.
                (trial.Number > 1 || both.SignalAndWait(TimeSpan.FromSeconds(30))).ShouldBeTrue();
                return Landscapes.Branin(trial);
            },
            new SearchBudget { Trials = 40, Parallel = 4 });
        Should.Throw<DataException>(() => Study.Read(StudyPath)).Message.ShouldContain("in use");
        study.Dispose();
        Study.Read(StudyPath).Trials.Select(trial => trial.Number).ShouldBe(Enumerable.Range(0, 40));
        study.Trials.ShouldAllBe(trial => trial.Status == TrialStatus.Completed);
    }

    [Fact]
    public void A_point_that_was_asked_for_comes_first_and_only_once()
    {
        var wish = new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["x"] = 1, ["y"] = 2 };
        for (int sitting = 1; sitting <= 2; sitting++)
        {
            using var study = new Study(Landscapes.BraninSpace, Direction.Minimize, path: StudyPath);
            study.Enqueue(wish);
            study.Search(Landscapes.Branin, new SearchBudget { Trials = 3 * sitting });
        }

        Study.Read(StudyPath).Trials.Where(trial => trial.Point[0] == 1).Select(trial => trial.Number).ShouldBe([0]);
    }

    [Fact]
    public void A_budget_that_is_none_is_refused_with_all_problems()
    {
        using var study = new Study(Landscapes.BraninSpace, Direction.Minimize);
        var budget = new SearchBudget { Trials = 0, Time = TimeSpan.Zero, MemoryInBytes = 0, Parallel = 0 };
        Should.Throw<DataException>(() => study.Search(_ => 0, budget)).Problems.Count.ShouldBe(4);
    }

    [Fact]
    public void A_pruned_trial_is_cancelled_and_kept_with_its_reports()
    {
        using var study = new Study(Landscapes.BraninSpace, Direction.Maximize, pruner: new MedianPruner { StartupTrials = 3 });
        study.Search(
            trial =>
            {
                for (int step = 0; step < 5; step++)
                {
                    trial.Report(step, trial.Number < 4 ? trial.Number : -1);
                    trial.Cancellation.ThrowIfCancellationRequested();
                }

                return trial.Number;
            },
            new SearchBudget { Trials = 6 });
        study.Trials.Select(trial => trial.Status).ShouldBe([TrialStatus.Completed, TrialStatus.Completed, TrialStatus.Completed, TrialStatus.Completed, TrialStatus.Pruned, TrialStatus.Pruned]);
        study.Trials[5].Reports.Count.ShouldBe(1);
        study.Best!.Number.ShouldBe(3);
    }
}
