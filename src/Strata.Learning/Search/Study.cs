using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Learning.Search.Pruners;
using Strata.Learning.Search.Samplers;

namespace Strata.Learning.Search;

/// <summary>What a search evaluates: the value of a trial's point. It may report intermediate values, and leaves by cancellation when it is told to.</summary>
/// <returns>A finite number; anything else fails the trial.</returns>
public delegate double Objective(RunningTrial trial);

/// <summary>A search over a space: the trials so far, and the way to further ones. Kept in a file it goes on where it stopped, whatever ended it.</summary>
/// <example><code>
/// var space = new SearchSpace(new NumberParameter("x", -5, 10), new NumberParameter("y", 0, 15));
/// using var study = new Study(space, Direction.Minimize);
/// study.Run(trial => Math.Pow(trial.Value("x") - 2, 2) + trial.Value("y"), new SearchBudget { Trials = 100 });
/// </code></example>
public sealed class Study : IDisposable
{
    private readonly Lock gate = new();
    private readonly ISampler sampler;
    private readonly IPruner pruner;
    private readonly StudyFile? file;
    private readonly List<Trial> trials = [];
    private readonly Queue<double[]> planned = new();

    /// <param name="space">Where to look.</param>
    /// <param name="direction">Which values are good.</param>
    /// <param name="sampler">Chooses points; null for TPE.</param>
    /// <param name="pruner">Gives trials up early; null for none.</param>
    /// <param name="seed">Where chance starts; a given sampler has its own.</param>
    /// <param name="path">The file that keeps the study; null for memory only.</param>
    /// <param name="subject">What is searched for, so that a file is not taken up by another search.</param>
    /// <exception cref="DataException">The file holds another study, or another process has it open.</exception>
    public Study(SearchSpace space, Direction direction, ISampler? sampler = null, IPruner? pruner = null, ulong seed = 0, string? path = null, JsonNode? subject = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        (Space, Direction, Seed) = (space, direction, seed);
        this.sampler = sampler ?? new TpeSampler(space, direction, seed);
        this.pruner = pruner ?? new NoPruner();
        if (path is not null)
        {
            file = StudyFile.Open(path, Header(space, direction, this.sampler.Name, seed, subject));
            try
            {
                TakeUp(file.Lines, path);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
    }

    public SearchSpace Space { get; }

    public Direction Direction { get; }

    public ulong Seed { get; }

    /// <summary>A copy of all trials, by number.</summary>
    public IReadOnlyList<Trial> Trials
    {
        get
        {
            lock (gate)
            {
                return [.. trials];
            }
        }
    }

    /// <summary>The completed trial with the best value, the first of equals; null when there is none.</summary>
    public Trial? Best
    {
        get
        {
            lock (gate)
            {
                return BestOf(trials, Direction);
            }
        }
    }

    /// <summary>Where the time comes from.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What the process takes, in bytes.</summary>
    public Func<long> MemoryInUse { get; init; } = () => Environment.WorkingSet;

    /// <summary>Called after each end of a trial, one call at a time.</summary>
    public Action<Trial>? Ended { get; init; }

    /// <summary>The completed trial with the best value, the first of equals; null when there is none.</summary>
    public static Trial? BestOf(IEnumerable<Trial> trials, Direction direction) =>
        trials.Where(trial => trial.Status == TrialStatus.Completed).MinBy(trial => direction.Cost(trial.Value));

    /// <summary>The trials that a file holds, without going on with them.</summary>
    /// <exception cref="DataException">The file is no study, or a search has it open.</exception>
    public static (SearchSpace Space, Direction Direction, IReadOnlyList<Trial> Trials) Read(string path)
    {
        (StudyHeader header, IReadOnlyList<StudyLine> lines) = StudyFile.Read(path);
        SearchSpace space = header.ReadSpace();
        var trials = new List<Trial>();
        Replay(space, lines, trials, path, _ => { }, _ => { });
        return (space, header.Direction, trials);
    }

    /// <summary>What the file holds just now, from which another could be opened; empty for a study in memory.</summary>
    public byte[] Snapshot()
    {
        lock (gate)
        {
            return file?.Snapshot() ?? [];
        }
    }

    /// <summary>Has a point tried before the sampler chooses further ones, unless a trial of it is there already.</summary>
    /// <exception cref="DataException">The point does not lie in the space.</exception>
    public void Enqueue(IReadOnlyDictionary<string, JsonNode?> values)
    {
        double[] point = Space.Point(values);
        lock (gate)
        {
            if (!trials.Exists(trial => trial.Status != TrialStatus.Stopped && trial.Point.AsSpan().SequenceEqual(point)) && !planned.Any(other => other.AsSpan().SequenceEqual(point)))
            {
                planned.Enqueue(point);
            }
        }
    }

    /// <summary>Starts and evaluates trials until the budget is used up, the sampler has no further point, or the search is cancelled; whatever ended before stays.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the trials are kept.</exception>
    /// <exception cref="DataException">The budget is not one, or the process takes more than its memory before any trial.</exception>
    public void Run(Objective objective, SearchBudget budget, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(budget);
        budget.Check();
        using var sitting = new Sitting(this, objective, budget, cancellation);
        sitting.Run();
        cancellation.ThrowIfCancellationRequested();
    }

    public void Dispose() => file?.Dispose();

    /// <summary>Starts the next trial; null when the budget's trials are used up or no point is left.</summary>
    internal Trial? Start(SearchBudget budget)
    {
        lock (gate)
        {
            if (trials.Count(trial => trial.Status != TrialStatus.Stopped) >= (budget.Trials ?? int.MaxValue))
            {
                return null;
            }

            double[]? point = planned.Count > 0 ? planned.Dequeue() : sampler.Propose(trials);
            if (point is null)
            {
                return null;
            }

            var trial = new Trial { Number = trials.Count, Point = point };
            file?.Append(StudyLine.Start(Space, trial));
            trials.Add(trial);
            sampler.Started(trial);
            return trial;
        }
    }

    internal void End(Trial trial)
    {
        lock (gate)
        {
            file?.Append(StudyLine.End(trial));
            trials[trial.Number] = trial;
            sampler.Ended(trial);
            Ended?.Invoke(trial);
        }
    }

    internal bool ShouldPrune(Trial trial, IReadOnlyList<TrialReport> reports)
    {
        lock (gate)
        {
            trial = trials[trial.Number] = trial with { Reports = [.. reports] };
            return pruner.ShouldPrune(trial, [.. trials.Where(other => other.Number != trial.Number)], Direction);
        }
    }

    private static StudyHeader Header(SearchSpace space, Direction direction, string sampler, ulong seed, JsonNode? subject) => new(
        StudyHeader.Version,
        [.. space.Parameters.Select(SpaceText.Of)],
        [.. space.Parameters.OfType<NumberParameter>().Where(number => number.IsInteger).Select(number => number.Name)],
        direction,
        sampler,
        seed,
        subject);

    private void TakeUp(IReadOnlyList<StudyLine> lines, string path)
    {
        Replay(Space, lines, trials, path, sampler.Started, sampler.Ended);

        // What was running when the process ended is told so, and tried again; a point that ended the process twice is left alone.
        foreach (Trial trial in trials.Where(trial => trial.Status == TrialStatus.Running).ToArray())
        {
            int times = trials.Count(other => other.Status is TrialStatus.Stopped or TrialStatus.Running && other.Point.AsSpan().SequenceEqual(trial.Point));
            End(trial with { Status = times < 2 ? TrialStatus.Stopped : TrialStatus.Failed, Reason = times < 2 ? "The process ended." : "The process ended while it ran, twice." });
        }

        foreach (Trial trial in trials.Where(trial => trial.Status == TrialStatus.Stopped && !trials.Exists(other => other.Status != TrialStatus.Stopped && other.Point.AsSpan().SequenceEqual(trial.Point))))
        {
            if (!planned.Any(point => point.AsSpan().SequenceEqual(trial.Point)))
            {
                planned.Enqueue(trial.Point);
            }
        }
    }

    private static void Replay(SearchSpace space, IReadOnlyList<StudyLine> lines, List<Trial> trials, string path, Action<Trial> started, Action<Trial> ended)
    {
        foreach (StudyLine line in lines)
        {
            if (line.Values is JsonObject values && line.Trial == trials.Count)
            {
                trials.Add(new Trial { Number = line.Trial, Point = space.Point(values.ToDictionary()) });
                started(trials[^1]);
            }
            else if (line.Status is not null && line.Trial >= 0 && line.Trial < trials.Count && trials[line.Trial].Status == TrialStatus.Running)
            {
                trials[line.Trial] = line.Ended(trials[line.Trial]);
                ended(trials[line.Trial]);
            }
            else
            {
                throw new DataException($"The study '{path}' is damaged: trial {line.Trial} starts or ends where it cannot.");
            }
        }
    }
}
