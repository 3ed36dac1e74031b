using Strata.Learning.Data;
using Strata.Platform.Runs;

namespace Strata.Server.Mlflow;

/// <summary>Checks of what requests must say.</summary>
internal static class Asked
{
    /// <exception cref="DataException">It is not given.</exception>
    public static string Required(this string? value, string name) => value is { Length: > 0 } ? value : throw Missing(name);

    /// <inheritdoc cref="Required(string?, string)"/>
    public static T Required<T>(this T? value, string name)
        where T : struct => value ?? throw Missing(name);

    /// <inheritdoc cref="Required(string?, string)"/>
    public static IReadOnlyList<T> Required<T>(this IReadOnlyList<T>? values, string name) => values is { Count: > 0 } ? values : throw Missing(name);

    /// <summary>How many things are asked for.</summary>
    /// <exception cref="DataException">Fewer than one or more than the most.</exception>
    public static int Count(this long? asked, int usual, int most) => asked is null ? usual
        : asked is >= 1 && asked <= most ? (int)asked
        : throw new DataException($"Invalid value {asked} for parameter 'max_results'; expected 1 to {most}.");

    public static LifecycleView View(this MlflowViewType? asked) => asked switch
    {
        MlflowViewType.DeletedOnly => LifecycleView.DeletedOnly,
        MlflowViewType.All => LifecycleView.All,
        _ => LifecycleView.ActiveOnly,
    };

    public static DateTimeOffset? Time(this long? milliseconds, string name) => milliseconds is not long value ? null
        : value is >= 0 and < 253_402_300_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(value)
        : throw new DataException($"Invalid value {value} for parameter '{name}'; expected milliseconds since 1970.");

    public static IReadOnlyDictionary<string, string> Tags(this IReadOnlyList<WireTag>? tags)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (WireTag tag in tags ?? [])
        {
            all[tag.Key.Required("key")] = tag.Value ?? string.Empty;
        }

        return all;
    }

    /// <summary>MLflow leaves empty lists out.</summary>
    public static IReadOnlyList<T>? OrNull<T>(this IReadOnlyList<T> values) => values.Count == 0 ? null : values;

    private static DataException Missing(string name) => new($"Missing value for required parameter '{name}'.");
}
