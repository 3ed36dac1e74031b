using Strata.Learning.Data;

namespace Strata.Solutions.Exoplanets;

/// <summary>What a model of one mission learns from: the measurements of the mission's own table that its preset allows, and the physics that ties them together.</summary>
public static class SurveyFeatures
{
    /// <summary>How few of the common quantities a table may have and still be of a mission.</summary>
    private const int FewestQuantities = 4;

    /// <summary>The features of each row, in row order, all numbers; a measurement that the table lacks is missing in every row.</summary>
    /// <exception cref="DataException">The table has too little of the mission's measurements, or text where numbers belong; all problems at once.</exception>
    public static (Frame Features, IReadOnlyList<string> Notes) Of(Frame table, Mission mission, MissionColumns columns)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(mission);
        ArgumentNullException.ThrowIfNull(columns);
        ThrowIfForeign(table, mission, columns);
        string[] names = Measurements(mission);
        var problems = new List<string>();
        var features = new List<Column>(names.Length);
        foreach (string name in names)
        {
            features.Add(Numbers(table, name, columns, mission.Columns, problems));
        }

        DataException.ThrowIfAny(problems);
        Frame derived = TransitFeatures.Of(table, columns);
        features.AddRange(TransitFeatures.Derived.Select(column => derived[column.Name]));
        string[] absent = [.. features.Take(names.Length).Where(column => column.MissingCount == column.Count).Select(column => column.Name)];
        string[] notes = absent.Length == 0 ? [] : [$"{absent.Length} of the {names.Length} measurements of {mission.Title} are not in the table: {NearNames.List(absent, 8)}."];
        return (new Frame(features), notes);
    }

    /// <summary>The columns of a mission's table that a model may see and that hold numbers.</summary>
    public static string[] Measurements(Mission mission)
    {
        ArgumentNullException.ThrowIfNull(mission);
        TablePreset preset = mission.Preset;
        HashSet<string> left = [preset.Target!, preset.Group!, .. preset.Drop.Select(drop => drop.Column)];
        return [.. preset.Columns.Select(column => column.Name).Where(name => !left.Contains(name))];
    }

    /// <exception cref="DataException">The table has no period, or hardly anything else that the mission measures.</exception>
    internal static void ThrowIfForeign(Frame table, Mission mission, MissionColumns columns)
    {
        var names = table.Names.ToHashSet(StringComparer.Ordinal);
        if (columns.CountIn(names) < FewestQuantities || !names.Contains(columns.Period!))
        {
            string[] absent = [.. columns.Names.Where(pair => !names.Contains(pair.Value)).Select(pair => $"'{pair.Value}' ({MissionColumns.NameOf(pair.Key).Replace('_', ' ')})")];
            throw new DataException(
                $"The table is not one of {mission.Title}: it lacks {string.Join(", ", absent.Take(8))}{(absent.Length > 8 ? $" and {absent.Length - 8} more" : string.Empty)}. "
                + "Name the columns as the archive does, choose another dataset_name, or say by a mapping where the quantities stand.");
        }
    }

    /// <summary>The column as numbers; where a user's mapping says that the quantity stands under another name, from there.</summary>
    private static Float64Column Numbers(Frame table, string name, MissionColumns given, MissionColumns own, List<string> problems)
    {
        TransitQuantity? quantity = own.Names.Where(pair => pair.Value == name).Select(pair => (TransitQuantity?)pair.Key).FirstOrDefault();
        string source = quantity is TransitQuantity known && given.Names.TryGetValue(known, out string? mapped) ? mapped : name;
        var numbers = new double[table.RowCount];
        Array.Fill(numbers, double.NaN);
        if (table.TryGet(source) is Column column && column.MissingCount < column.Count)
        {
            if (column.IsNumeric)
            {
                column.CopyNumbers(numbers);
            }
            else
            {
                int row = Enumerable.Range(0, column.Count).First(at => !column.IsMissing(at));
                problems.Add($"Column '{source}' is '{column.TextAt(row)}' in row {row + 1}; it takes numbers.");
            }
        }

        return new Float64Column(name, numbers);
    }
}
