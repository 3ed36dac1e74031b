using Strata.Learning.Validation;

namespace Strata.Learning.Ensembles;

/// <summary>Fits that make up one longer fit: each is told its share of the progress, and none watches or checkpoints for itself.</summary>
internal sealed class MemberFits(FitContext context, int fitCount)
{
    private const int StepsPerFit = 1000;
    private int done;

    public IModel Fit(IRecipe recipe, TrainingTable table)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        IModel model = recipe.Fit(table, ContextOfNext());
        context.Cancellation.ThrowIfCancellationRequested();
        done++;
        return model;
    }

    public IReadOnlyList<FittedMember> FitAll(IReadOnlyList<Member> members, TrainingTable table) =>
        [.. members.Select(member => new FittedMember(member.Name, Fit(member.Recipe, table)))];

    private FitContext ContextOfNext() => context with
    {
        Watched = null,
        Validation = null,
        Checkpoints = null,
        Progress = context.Progress is null ? null : new RisingProgress(new PartOfProgress(context.Progress, done * StepsPerFit, StepsPerFit, fitCount * StepsPerFit), StepsPerFit),
    };
}

/// <summary>Passes on only what comes further than before: a fit of many more steps than its share would report one step many times.</summary>
internal sealed class RisingProgress(IProgress<FitProgress> next, int steps) : IProgress<FitProgress>
{
    private long last = -1;

    public void Report(FitProgress value)
    {
        long step = Math.Max(1, (value.Step + 1L) * steps / Math.Max(1, value.StepCount));
        if (step > last)
        {
            last = step;
            next.Report(value);
        }
    }
}
