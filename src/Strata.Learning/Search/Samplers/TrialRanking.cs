namespace Strata.Learning.Search.Samplers;

/// <summary>The order from good to bad in which samplers see trials that have ended: completed by value, pruned by how far and how well they came, failed.</summary>
internal sealed class TrialRanking(Direction direction) : IComparer<Trial>
{
    public int Compare(Trial? x, Trial? y)
    {
        int byKind = Kind(x!).CompareTo(Kind(y!));
        if (byKind != 0)
        {
            return byKind;
        }

        int byMerit = x!.Status switch
        {
            TrialStatus.Completed => direction.Cost(x.Value).CompareTo(direction.Cost(y!.Value)),
            TrialStatus.Pruned => (-LastStep(x), LastCost(x)).CompareTo((-LastStep(y!), LastCost(y!))),
            _ => 0,
        };
        return byMerit != 0 ? byMerit : x.Number.CompareTo(y!.Number);
    }

    private static int Kind(Trial trial) => trial.Status switch { TrialStatus.Completed => 0, TrialStatus.Pruned => 1, _ => 2 };

    private static int LastStep(Trial trial) => trial.Reports.Count == 0 ? -1 : trial.Reports[^1].Step;

    private double LastCost(Trial trial) => trial.Reports.Count == 0 ? double.PositiveInfinity : direction.Cost(trial.Reports[^1].Value);
}
