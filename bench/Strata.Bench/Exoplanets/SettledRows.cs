using Strata.Learning;
using Strata.Learning.Data;
using Strata.Solutions.Exoplanets;

namespace Strata.Bench.Exoplanets;

/// <summary>What the universal model learns from.</summary>
internal static class SettledRows
{
    /// <summary>The settled rows of all missions in the common columns, a group a star.</summary>
    public static (TrainingTable Table, int[] MissionOf) Of(MissionRows[] missions)
    {
        var columns = TransitFeatures.Columns.ToDictionary(column => column.Name, _ => new List<double>());
        var codes = new List<int>();
        var stars = new List<string>();
        var missionOf = new List<int>();
        for (int i = 0; i < missions.Length; i++)
        {
            Frame features = missions[i].CommonColumns();
            Column target = missions[i].Table[missions[i].Mission.Preset.Target!], star = missions[i].Table[missions[i].Mission.Preset.Group!];
            for (int row = 0; row < features.RowCount; row++)
            {
                Verdict verdict = Verdicts.Of(target.TextAt(row)!)!.Value;
                if (verdict == Verdict.Candidate)
                {
                    continue;
                }

                codes.Add(verdict == Verdict.Planet ? 1 : 0);
                stars.Add($"{missions[i].Mission.Name} {star.TextAt(row)}");
                missionOf.Add(i);
                foreach ((string name, List<double> values) in columns)
                {
                    values.Add(features[name].NumberAt(row));
                }
            }
        }

        var together = new Frame(TransitFeatures.Columns.Select(column => (Column)new Float64Column(column.Name, [.. columns[column.Name]])));
        int[] groups = RowSplits.GroupsOf(new TextColumn("star", [.. stars]));
        return (new TrainingTable(together, new ClassTarget("disposition", [.. codes], ["FALSE POSITIVE", "PLANET"]), groups: groups), [.. missionOf]);
    }
}
