using System.IO.Enumeration;
using Strata.Learning.Data;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Transfer;

/// <summary>The layers of a network from its inputs to its head: parameters whose names differ only in their last part.</summary>
internal sealed class NetworkLayers
{
    private readonly string[] names;

    public NetworkLayers(Network network)
    {
        var standIns = network.StandIns.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        Parameters = network.Parameters;
        names = [.. Parameters.Where(parameter => !standIns.Contains(parameter.Name)).Select(LayerOf).Distinct(StringComparer.Ordinal)];
    }

    public IReadOnlyList<Parameter<float>> Parameters { get; }

    /// <summary>The first is nearest to the inputs.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>How many layers lie between this parameter's and the head; 0 for the head, and for vectors that stand in for missing parts.</summary>
    public int DistanceFromHead(Parameter<float> parameter) => Array.IndexOf(names, LayerOf(parameter)) is >= 0 and int at ? names.Length - 1 - at : 0;

    public static string LayerOf(Parameter<float> parameter) => parameter.Name.LastIndexOf('.') is > 0 and int dot ? parameter.Name[..dot] : parameter.Name;

    /// <summary>The layers that patterns name: a layer, what lies within one, or names with <c>*</c>.</summary>
    /// <exception cref="DataException">A pattern names none.</exception>
    public IReadOnlySet<string> Named(IEnumerable<string> patterns)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (string pattern in patterns)
        {
            string[] named = [.. names.Where(name => name == pattern || name.StartsWith(pattern + ".", StringComparison.Ordinal) || FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))];
            if (named.Length == 0)
            {
                throw new DataException($"No layer of the network is called '{pattern}'. There are: {NearNames.List(names, 24)}.");
            }

            found.UnionWith(named);
        }

        return found;
    }
}
