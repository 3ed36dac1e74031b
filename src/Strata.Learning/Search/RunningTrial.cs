using System.Text.Json.Nodes;
using Strata.Learning.Data;

namespace Strata.Learning.Search;

/// <summary>What an objective sees of its trial: the values to try, and where to report how it goes.</summary>
public sealed class RunningTrial
{
    private readonly SearchSpace space;
    private readonly double[] point;
    private readonly Func<int, double, bool> shouldPrune;
    private readonly CancellationTokenSource cancel;
    private readonly List<TrialReport> reports = [];
    private readonly Dictionary<string, double> notes = new(StringComparer.Ordinal);

    internal RunningTrial(SearchSpace space, Trial trial, ulong seed, Func<int, double, bool> shouldPrune, CancellationTokenSource cancel)
    {
        (this.space, point, this.shouldPrune, this.cancel) = (space, trial.Point, shouldPrune, cancel);
        (Number, Seed) = (trial.Number, seed);
        Values = space.Named(point);
    }

    /// <summary>0-based, in the order of starting.</summary>
    public int Number { get; }

    /// <summary>A seed of the trial's own.</summary>
    public ulong Seed { get; }

    /// <summary>The values that count at this point, by name.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Values { get; }

    /// <summary>Cancelled when the trial is pruned, its budget is over or the search is cancelled; an evaluation then leaves by <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation => cancel.Token;

    /// <summary>Whether a report led to the trial being given up.</summary>
    public bool IsPruned { get; private set; }

    internal IReadOnlyList<TrialReport> Reports => reports;

    internal IReadOnlyDictionary<string, double> Notes => notes;

    /// <summary>Why the trial was cancelled from outside; null while it was not.</summary>
    internal string? StopReason { get; private set; }

    /// <summary>Whether what cancelled it speaks against the point, as running out of memory does.</summary>
    internal bool IsAtFault { get; private set; }

    /// <summary>A number's value.</summary>
    public double Value(string name) => point[Index(name)];

    /// <summary>A whole number's value.</summary>
    public int Integer(string name) => checked((int)point[Index(name)]);

    /// <summary>A choice's value.</summary>
    public string Choice(string name) => space.Parameters[Index(name)].TextOf(point[Index(name)]);

    /// <summary>A boolean's value.</summary>
    public bool Boolean(string name) => Choice(name) == "true";

    /// <summary>Whether a parameter counts at this point.</summary>
    public bool Has(string name) => space.IndexOf(name) is >= 0 and int at && !double.IsNaN(point[at]);

    /// <summary>Reports an intermediate value. When the pruner gives the trial up, this returns false and <see cref="Cancellation"/> is cancelled.</summary>
    public bool Report(int step, double value)
    {
        if (reports.Count > 0 && step <= reports[^1].Step)
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, $"Steps rise; the last one was {reports[^1].Step}.");
        }

        if (IsPruned || double.IsNaN(value))
        {
            return !IsPruned;
        }

        reports.Add(new TrialReport(step, value));
        if (shouldPrune(step, value))
        {
            IsPruned = true;
            cancel.Cancel();
        }

        return !IsPruned;
    }

    /// <summary>Keeps a further number with the trial.</summary>
    public void Note(string name, double value) => notes[name] = value;

    internal void Stop(string reason, bool isAtFault)
    {
        (StopReason, IsAtFault) = (StopReason ?? reason, IsAtFault || isAtFault);
        cancel.Cancel();
    }

    private int Index(string name) => space.IndexOf(name) is >= 0 and int at
        ? !double.IsNaN(point[at]) ? at : throw new DataException($"The parameter '{name}' does not count at this point; ask Has(\"{name}\") first.")
        : throw new DataException($"The search space has no parameter '{name}'.");
}
