using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Trees.Binning;

namespace Strata.Learning.Trees.Growth;

/// <summary>What the owner knows about the columns: which only raise or only lower the score, and which may meet on one path of a tree. By binned column.</summary>
internal sealed class GrowthConstraints
{
    private readonly sbyte[]? directions;

    private GrowthConstraints(sbyte[]? directions, bool[][]? groups) => (this.directions, Groups) = (directions, groups);

    public static GrowthConstraints None { get; } = new(null, null);

    /// <summary>Whether any column is bound to a direction.</summary>
    public bool HasDirections => directions is not null;

    /// <summary>Sets of columns that may meet on a path; null when all may.</summary>
    public bool[][]? Groups { get; }

    /// <summary>1 when the score may only rise with the column, -1 when it may only fall, else 0.</summary>
    public int Direction(int column) => directions is null ? 0 : directions[column];

    /// <param name="monotone"><c>age:+1,income:-1</c>, or a direction for every column in order: <c>0,1,-1</c>.</param>
    /// <param name="interactionGroups"><c>[a,b],[c,d]</c>; a column in no group is a group of its own.</param>
    /// <param name="frame">The table learned from.</param>
    /// <param name="bins">Its columns that can be split on.</param>
    /// <exception cref="DataException">A column is unknown, a category bound to a direction, or the text is none of these; all problems at once.</exception>
    public static GrowthConstraints Of(string monotone, string interactionGroups, Frame frame, IReadOnlyList<FeatureBins> bins)
    {
        var problems = new List<string>();
        sbyte[]? directions = Directions(monotone, frame, problems);
        bool[][]? groups = GroupsOf(interactionGroups, frame, problems);
        DataException.ThrowIfAny(problems);
        int[] features = [.. bins.Select(one => one.Feature)];
        sbyte[]? ofBins = directions is null ? null : [.. features.Select(feature => directions[feature])];
        return new GrowthConstraints(
            ofBins?.Any(direction => direction != 0) == true ? ofBins : null,
            groups is null ? null : [.. groups.Select(group => features.Select(feature => group[feature]).ToArray())]);
    }

    private static sbyte[]? Directions(string text, Frame frame, List<string> problems)
    {
        List<string> parts = ColumnTexts.Parts(text.Trim() is ['(', .. string inner, ')'] ? inner : text);
        if (parts.Count == 0)
        {
            return null;
        }

        var directions = new sbyte[frame.ColumnCount];
        bool inOrder = !parts.Exists(part => part.Contains(':', StringComparison.Ordinal));
        if (inOrder && parts.Count != frame.ColumnCount)
        {
            problems.Add($"'monotone' is '{text}'; it takes NAME:+1 or NAME:-1 parted by commas, or one direction for each of the {frame.ColumnCount} columns.");
            return null;
        }

        for (int i = 0; i < parts.Count; i++)
        {
            int colon = parts[i].LastIndexOf(':');
            string name = inOrder ? string.Empty : parts[i][..Math.Max(0, colon)].Trim(), given = parts[i][(colon + 1)..].Trim();
            int column = inOrder ? i : ColumnTexts.Find(frame, name, "monotone", problems);
            if (!sbyte.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out sbyte direction) || direction is < -1 or > 1)
            {
                problems.Add($"'monotone' gives '{(inOrder ? frame.Columns[i].Name : name)}' the direction '{given}'; directions are +1, -1 and 0.");
            }
            else if (column >= 0)
            {
                directions[column] = direction;
                if (direction != 0 && frame.Columns[column] is CategoryColumn)
                {
                    problems.Add($"'monotone' binds '{frame.Columns[column].Name}' to a direction, but it is a category: its levels have no order.");
                }
            }
        }

        return directions;
    }

    private static bool[][]? GroupsOf(string text, Frame frame, List<string> problems)
    {
        List<string> parts = ColumnTexts.Parts(text);
        if (parts is [['[', '[', ..]])
        {
            parts = ColumnTexts.Parts(parts[0].Trim()[1..^1]);
        }

        if (parts.Count == 0)
        {
            return null;
        }

        var groups = new List<bool[]>();
        foreach (string part in parts)
        {
            if (part is not ['[', .. string inner, ']'])
            {
                problems.Add($"'interaction_groups' has '{part}'; it takes groups of columns in brackets, such as [a,b],[c,d].");
                continue;
            }

            var group = new bool[frame.ColumnCount];
            foreach (string name in ColumnTexts.Parts(inner))
            {
                if (ColumnTexts.Find(frame, name, "interaction_groups", problems) is >= 0 and int column)
                {
                    group[column] = true;
                }
            }

            groups.Add(group);
        }

        for (int column = 0; column < frame.ColumnCount; column++)
        {
            if (!groups.Exists(group => group[column]))
            {
                groups.Add([.. Enumerable.Range(0, frame.ColumnCount).Select(other => other == column)]);
            }
        }

        return [.. groups];
    }
}
