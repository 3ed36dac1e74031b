using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Learning.Workflow;
using Strata.Solutions;
using Strata.Solutions.Exoplanets;

namespace Strata.Bench.Exoplanets;

/// <summary>A mission's real table, made ready by its preset.</summary>
internal sealed record MissionRows(Mission Mission, string Path, TableReading Reading, PreparedTable Prepared)
{
    public static MissionRows Read(Mission mission, string folder)
    {
        string file = mission.Name switch
        {
            "kepler" => "koi_cumulative.csv",
            "tess" => "toi.csv",
            _ => "k2pandc.csv",
        };
        string path = System.IO.Path.Join(folder, file);
        TableReading reading = TableFile.Read(path);
        return new MissionRows(mission, path, reading, mission.Preset.Prepare(reading.Frame));
    }

    public Frame Table => Prepared.Table;

    /// <summary>The target and the stars, with any features of the same rows.</summary>
    public TrainingTable With(Frame features)
    {
        TablePreset preset = Mission.Preset;
        var plan = new TrainingPlan { Target = preset.Target, Group = preset.Group };
        return PlannedTable.Of(plan, Table.Select([preset.Target!, preset.Group!, "ra"])).Table.WithFeatures(features);
    }

    /// <summary>The table's own columns, as the preset leaves them.</summary>
    public Frame OwnColumns()
    {
        string[] left = [.. Mission.Preset.DropIn(Table.Schema), Mission.Preset.Target!, Mission.Preset.Group!];
        return Table.Drop(left.Distinct());
    }

    public Frame SurveyColumns() => SurveyFeatures.Of(Table, Mission, Mission.Columns).Features;

    public Frame CommonColumns() => TransitFeatures.Of(Table, Mission.Columns);

    /// <summary>All numbers but the named ones, target and star: what a run of another program took.</summary>
    public Frame NumbersBut(params IEnumerable<string> left)
    {
        HashSet<string> names = [.. left, Mission.Preset.Target!, Mission.Preset.Group!];
        return new Frame(Table.Columns.Where(column => column.IsNumeric && column.MissingCount < column.Count && !names.Contains(column.Name)));
    }
}
