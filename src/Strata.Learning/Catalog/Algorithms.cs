using Strata.Learning.Data;

namespace Strata.Learning.Catalog;

/// <summary>The one table of algorithms. The command line, REST, the web form and model files know an algorithm by its row here.</summary>
public static class Algorithms
{
    public static IReadOnlyList<Algorithm> All { get; } = [];

    /// <exception cref="DataException">There is no such algorithm; the message lists them.</exception>
    public static Algorithm Named(string name) => All.FirstOrDefault(algorithm => algorithm.Name == name)
        ?? throw new DataException(NearNames.Nearest(name, All.Select(algorithm => algorithm.Name)) is string near
            ? $"There is no algorithm '{name}'. Did you mean '{near}'?"
            : $"There is no algorithm '{name}'. There are: {string.Join(", ", All.Select(algorithm => algorithm.Name))}.");
}
