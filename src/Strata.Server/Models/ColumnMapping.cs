using Strata.Learning;
using Strata.Learning.Data;

namespace Strata.Server.Models;

/// <summary>Gives a table's columns the names that a model knows them by.</summary>
internal static class ColumnMapping
{
    /// <param name="rows">The table.</param>
    /// <param name="mapping">The table's column for a model's column, where the names differ.</param>
    /// <param name="signature">What the model wants.</param>
    /// <exception cref="DataException">A name is unknown on either side; every one is named.</exception>
    public static Frame Apply(Frame rows, IReadOnlyDictionary<string, string>? mapping, ModelSignature signature)
    {
        if (mapping is null || mapping.Count == 0)
        {
            return rows;
        }

        string[] features = [.. signature.Features.Names];
        var problems = new List<string>();
        foreach ((string wanted, string given) in mapping)
        {
            if (!features.Contains(wanted, StringComparer.Ordinal))
            {
                problems.Add($"The mapping names a column that the model does not want. {DataException.NoSuchColumn(wanted, features).Message}");
            }

            if (!rows.Contains(given))
            {
                problems.Add($"The mapping names a column that the table does not have. {DataException.NoSuchColumn(given, rows.Names).Message}");
            }
        }

        DataException.ThrowIfAny(problems);
        Frame mapped = mapping.Aggregate(rows, (frame, pair) => frame.With(rows[pair.Value].Named(pair.Key)));
        return mapped.Drop(mapping.Values.Except(features));
    }
}
