using System.Globalization;
using Dapper;

namespace Strata.Platform.Runs.Filters;

/// <summary>The values of a statement that is put together; nothing that a caller wrote gets into its text.</summary>
internal sealed class SqlParameters
{
    public DynamicParameters Values { get; } = new();

    private int count;

    /// <summary>Takes a value and gives the name that stands for it.</summary>
    public string Add(object value)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"p{count++}");
        Values.Add(name, value);
        return $"@{name}";
    }
}
