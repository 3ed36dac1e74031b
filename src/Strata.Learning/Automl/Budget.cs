using System.Globalization;

namespace Strata.Learning.Automl;

/// <summary>How much time and memory the study may still take, and what candidates of each algorithm took so far.</summary>
internal sealed class Budget
{
    private const long Megabyte = 1_000_000;

    /// <summary>A candidate that is unlike its kin may be this much quicker.</summary>
    private const double QuickerThanKin = 0.5;

    private readonly AutomlRecipe recipe;
    private readonly FitContext context;
    private readonly long began;
    private readonly long mostBytes;
    private readonly Dictionary<string, double> secondsOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> bytesOf = new(StringComparer.Ordinal);
    private long bytes;

    public Budget(AutomlRecipe recipe, FitContext context)
    {
        (this.recipe, this.context, began) = (recipe, context, context.Began ?? context.Clock.GetTimestamp());
        mostBytes = recipe.MemoryLimit > 0 ? (long)(recipe.MemoryLimit * Megabyte) : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
        Limit = recipe.Deterministic ? double.PositiveInfinity : recipe.TimeLimit;
        End = Limit - Math.Clamp(0.08 * Limit, 0.3, 30);
    }

    /// <summary>Seconds in all; infinite where the clock decides nothing.</summary>
    public double Limit { get; }

    /// <summary>By when the model is to be ready, so that there is time to test it.</summary>
    public double End { get; }

    public double Elapsed => context.Clock.GetElapsedTime(began).TotalSeconds;

    public bool IsEnough => recipe.Enough.IsCancellationRequested;

    public double Left(double until) => until - Elapsed;

    public CandidateTime Begin(double seconds, double? most = null) => new(seconds, most ?? seconds, context.Clock, context.Cancellation, recipe.Enough);

    /// <summary>Why a candidate is not begun; null where it is.</summary>
    /// <param name="candidate">Which.</param>
    /// <param name="until">By when it has to be done, in seconds from the beginning.</param>
    public string? ProblemOf(Candidate candidate, double until)
    {
        double left = Left(until);
        string? time = IsEnough ? "The study was asked to end."
            : left <= 0 ? "No time was left."
            : secondsOf.TryGetValue(candidate.Algorithm, out double kin) && kin * QuickerThanKin > left ? Text($"{left:0.#} s were left, and {candidate.Algorithm} took {kin:0.#} s or more.")
            : null;
        return time ?? ProblemOfMemory(candidate);
    }

    /// <summary>Why a fitted candidate is not kept, as it turned out larger than what is left; null where it is. Its kin are then expected to be as large.</summary>
    public string? ProblemOf(FittedCandidate fitted)
    {
        long own = fitted.Bytes + fitted.AnswerBytes;
        if (bytes + own <= mostBytes)
        {
            return null;
        }

        bytesOf[fitted.Candidate.Algorithm] = Math.Max(bytesOf.GetValueOrDefault(fitted.Candidate.Algorithm), own);
        return Text($"Its model and predictions take {own / Megabyte} MB, and {(mostBytes - bytes) / Megabyte} MB of {mostBytes / Megabyte} MB were left.");
    }

    /// <summary>Takes note of what a fitted candidate took.</summary>
    public void Enter(FittedCandidate fitted)
    {
        string algorithm = fitted.Candidate.Algorithm;
        bytes += fitted.Bytes + fitted.AnswerBytes;
        bytesOf[algorithm] = Math.Max(bytesOf.GetValueOrDefault(algorithm), fitted.Bytes + fitted.AnswerBytes);
        EnterTime(algorithm, fitted.Seconds);
    }

    /// <summary>Takes note of what a candidate took that was given up.</summary>
    public void EnterTime(string algorithm, double seconds) =>
        secondsOf[algorithm] = secondsOf.TryGetValue(algorithm, out double least) ? Math.Min(least, seconds) : seconds;

    private string? ProblemOfMemory(Candidate candidate)
    {
        long expected = bytesOf.GetValueOrDefault(candidate.Algorithm);
        return bytes + expected > mostBytes
            ? Text($"Models and predictions take {bytes / Megabyte} MB of {mostBytes / Megabyte} MB, and {candidate.Algorithm} took {expected / Megabyte} MB.")
            : !recipe.Deterministic && recipe.MemoryLimit > 0 && GC.GetTotalMemory(forceFullCollection: false) > mostBytes && GC.GetTotalMemory(forceFullCollection: true) > mostBytes
                ? Text($"The program takes more than {mostBytes / Megabyte} MB.")
                : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
