using Strata.Learning.Data;

namespace Strata.Learning.Ensembles;

/// <summary>What several models predict together, and the columns that all of them need.</summary>
public static class JointSignature
{
    /// <summary>
    /// The target and classes that all have in common, and each column that any of them takes. Numbers of several widths become Float64, categories get the levels of all; where members
    /// read unseen levels differently the column stays text, which each reads in its own way.
    /// </summary>
    /// <param name="members">Each by a name for messages.</param>
    /// <exception cref="DataException">They do not answer one question, or take a column of one name as different things; all problems at once.</exception>
    public static ModelSignature Of(IReadOnlyList<(string Name, ModelSignature Signature)> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count == 0)
        {
            throw new DataException("An ensemble needs at least one model.");
        }

        var problems = new List<string>();
        (string first, ModelSignature signature) = members[0];
        problems.AddRange(members.Where(member => !member.Signature.Task.HasTarget()).Select(member => $"{member.Name} predicts no target, so that it cannot vote."));
        problems.AddRange(members.Skip(1).Where(member => member.Signature.Task.HasTarget()).SelectMany(member => Differences(member.Name, member.Signature, first, signature)));
        List<SchemaColumn> columns = Columns(members, problems);
        DataException.ThrowIfAny(problems);
        return signature with { Features = new Schema(columns) };
    }

    private static IEnumerable<string> Differences(string name, ModelSignature one, string first, ModelSignature other)
    {
        if (one.Target != other.Target)
        {
            yield return $"{name} predicts '{one.Target}', {first} predicts '{other.Target}'; expected the same target.";
        }

        if (one.Task.IsClassification() != other.Task.IsClassification())
        {
            yield return $"{name} predicts {Kind(one.Task)}, {first} predicts {Kind(other.Task)}.";
        }
        else if (!one.Classes.SequenceEqual(other.Classes, StringComparer.Ordinal))
        {
            yield return one.Classes.Order(StringComparer.Ordinal).SequenceEqual(other.Classes.Order(StringComparer.Ordinal), StringComparer.Ordinal)
                ? $"{name} speaks of '{one.Classes[^1]}' by its scores, {first} of '{other.Classes[^1]}'; train them with the same positive class."
                : $"{name} tells {NearNames.List(one.Classes, 5)} apart, {first} tells {NearNames.List(other.Classes, 5)}; expected the same classes.";
        }
    }

    private static string Kind(LearningTask task) => task.IsClassification() ? "classes" : "numbers";

    /// <summary>In the order in which members name them.</summary>
    private static List<SchemaColumn> Columns(IReadOnlyList<(string Name, ModelSignature Signature)> members, List<string> problems)
    {
        var columns = new List<SchemaColumn>();
        foreach (IGrouping<string, (string Member, SchemaColumn Column)> uses in members.SelectMany(member => member.Signature.Features.Columns.Select(column => (Member: member.Name, column))).GroupBy(use => use.column.Name, StringComparer.Ordinal))
        {
            if (Joined([.. uses.Select(use => use.Column)]) is SchemaColumn joined)
            {
                columns.Add(joined);
            }
            else
            {
                problems.Add($"Column '{uses.Key}' is {string.Join(" and ", uses.GroupBy(use => What(use.Column)).Select(kind => $"{kind.Key} for {kind.First().Member}"))}; expected the same kind for all.");
            }
        }

        return columns;
    }

    /// <summary>A column that holds what each of the members' holds; null where there is none.</summary>
    private static SchemaColumn? Joined(SchemaColumn[] columns)
    {
        SchemaColumn first = columns[0];
        bool IsOf(params ReadOnlySpan<ColumnType> types)
        {
            foreach (SchemaColumn column in columns)
            {
                if (!types.Contains(column.Type))
                {
                    return false;
                }
            }

            return true;
        }

        return IsOf(ColumnType.Category) ? OfLevels(columns)
            : IsOf(first.Type) && (!first.Type.IsArray() || Array.TrueForAll(columns, column => (column.Levels ?? []).SequenceEqual(first.Levels ?? [], StringComparer.Ordinal))) ? first
            : IsOf(ColumnType.Float32, ColumnType.Float64, ColumnType.Int64) ? new SchemaColumn(first.Name, ColumnType.Float64)
            : IsOf(ColumnType.Category, ColumnType.Text) ? new SchemaColumn(first.Name, ColumnType.Text)
            : null;
    }

    private static SchemaColumn OfLevels(SchemaColumn[] columns)
    {
        SchemaColumn first = columns[0];
        bool IsLike(SchemaColumn other) => other.UnseenLevel == first.UnseenLevel && (other.Levels ?? []).SequenceEqual(first.Levels ?? [], StringComparer.Ordinal);
        return Array.TrueForAll(columns, IsLike) ? first
            : Array.Exists(columns, column => column.Levels is null || column.UnseenLevel is not null) ? new SchemaColumn(first.Name, ColumnType.Text)
            : first with { Levels = [.. columns.SelectMany(column => column.Levels!).Distinct(StringComparer.Ordinal)] };
    }

    private static string What(SchemaColumn column) => column.Type switch
    {
        ColumnType.Float32 or ColumnType.Float64 or ColumnType.Int64 => "a number",
        ColumnType.Boolean => "true or false",
        ColumnType.Category => "a category",
        ColumnType.Date => "a date",
        ColumnType.Text => "text",
        ColumnType.Points => "points",
        _ => $"{(column.Type == ColumnType.Series ? "a series" : "an image")}{(column.Levels is { Count: > 0 } channels ? $" of {NearNames.List(channels, 3)}" : string.Empty)}",
    };
}
