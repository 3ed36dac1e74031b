using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Search;

/// <summary>Where a search looks: parameters with their ranges, some of which only count while another has a certain value.</summary>
/// <remarks>A point has one value a parameter, in order; NaN for parameters that do not count at the point.</remarks>
public sealed class SearchSpace
{
    private readonly Dictionary<string, int> indexOf = new(StringComparer.Ordinal);
    private readonly (int Parameter, double[] Values)?[] conditions;

    /// <exception cref="DataException">A range is empty, a name stands twice, or a condition speaks of a parameter or value that is not there; all problems at once.</exception>
    public SearchSpace(params IEnumerable<Parameter> parameters)
    {
        Parameters = [.. parameters];
        conditions = new (int, double[])?[Parameters.Count];
        var problems = new List<string>();
        if (Parameters.Count == 0)
        {
            problems.Add("The search space has no parameter; it takes at least one.");
        }

        for (int i = 0; i < Parameters.Count; i++)
        {
            Parameter parameter = Parameters[i];
            int before = problems.Count;
            problems.AddRange(parameter.Problems());
            conditions[i] = problems.Count > before ? null : Resolve(parameter, problems);
            if (!indexOf.TryAdd(parameter.Name, i))
            {
                problems.Add($"The parameter '{parameter.Name}' stands twice.");
            }
        }

        DataException.ThrowIfAny(problems);
        Groups = [.. Enumerable.Range(0, Parameters.Count).GroupBy(i => Parameters[i].When).Select(group => group.ToArray())];
    }

    public IReadOnlyList<Parameter> Parameters { get; }

    public int Count => Parameters.Count;

    /// <summary>The parameters that count at the same points, by index; a group comes after those that its condition speaks of.</summary>
    internal IReadOnlyList<int[]> Groups { get; }

    /// <summary>How many different points there are; null when they are not countable or more than a long holds.</summary>
    public long? PointCount()
    {
        if (Parameters.Any(parameter => parameter.Count is null))
        {
            return null;
        }

        double most = Parameters.Aggregate(1.0, (product, parameter) => product * (long)parameter.Count!);
        return most > 1e6 && Groups.Count > 1 || most > 9e18 ? null
            : Groups.Count == 1 ? (long)most
            : CountFrom(new double[Count], 0);
    }

    /// <summary>The 0-based place of a parameter; -1 for none.</summary>
    public int IndexOf(string name) => indexOf.GetValueOrDefault(name, -1);

    /// <summary>Whether a parameter counts, given the values of those before it.</summary>
    public bool IsActive(int parameter, ReadOnlySpan<double> point) => conditions[parameter] is not { } condition || Array.IndexOf(condition.Values, point[condition.Parameter]) >= 0;

    /// <summary>Sets parameters that do not count to NaN, in place.</summary>
    public void Prune(Span<double> point)
    {
        for (int i = 0; i < point.Length; i++)
        {
            if (!IsActive(i, point))
            {
                point[i] = double.NaN;
            }
        }
    }

    /// <summary>Whether every value lies in its range, and just those that count are there.</summary>
    public bool Contains(ReadOnlySpan<double> point)
    {
        if (point.Length != Count)
        {
            return false;
        }

        for (int i = 0; i < Count; i++)
        {
            if (IsActive(i, point) ? !Parameters[i].Contains(point[i]) : !double.IsNaN(point[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A point drawn uniformly (by logarithm on a log scale).</summary>
    public double[] Draw(RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var point = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            // Drawn whether it counts or not, so that later parameters get the same numbers.
            point[i] = Parameters[i].Decode(random.NextDouble());
        }

        Prune(point);
        return point;
    }

    /// <summary>The values that count, by name: what an objective or a recipe reads.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Named(ReadOnlySpan<double> point)
    {
        var values = new OrderedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        for (int i = 0; i < Count; i++)
        {
            if (!double.IsNaN(point[i]))
            {
                values.Add(Parameters[i].Name, Parameters[i].JsonOf(point[i]));
            }
        }

        return values;
    }

    /// <summary>The point of named values; each that counts is needed.</summary>
    /// <exception cref="DataException">A name is unknown, a value lies outside its range, or one that counts is absent; all problems at once.</exception>
    public double[] Point(IReadOnlyDictionary<string, JsonNode?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var problems = new List<string>();
        problems.AddRange(values.Keys.Where(name => IndexOf(name) < 0).Select(name => $"The search space has no parameter '{name}'."));
        var point = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            Parameter parameter = Parameters[i];
            if (!IsActive(i, point))
            {
                point[i] = double.NaN;
                continue;
            }

            values.TryGetValue(parameter.Name, out JsonNode? given);
            string text = given is JsonValue value && value.TryGetValue(out string? literal) ? literal : given?.ToJsonString() ?? string.Empty;
            point[i] = parameter.ValueOf(text);
            if (double.IsNaN(point[i]))
            {
                problems.Add(given is null ? $"'{parameter.Name}' has no value." : $"'{parameter.Name}' is '{text}', which lies outside {SpaceText.Of(parameter)}.");
            }
        }

        DataException.ThrowIfAny(problems);
        return point;
    }

    public override string ToString() => string.Join("  ", Parameters.Select(SpaceText.Of));

    /// <summary>Whether the other space has the same parameters in the same order.</summary>
    public bool IsSameAs(SearchSpace other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Parameters.SequenceEqual(other.Parameters);
    }

    private (int, double[])? Resolve(Parameter parameter, List<string> problems)
    {
        if (parameter.When is not Condition condition)
        {
            return null;
        }

        int at = IndexOf(condition.Parameter);
        if (at < 0)
        {
            problems.Add($"'{parameter.Name}' depends on '{condition.Parameter}', which is no earlier parameter of the search space.");
            return null;
        }

        double[] values = [.. condition.Values.Select(Parameters[at].ValueOf)];
        problems.AddRange(condition.Values.Where((_, i) => double.IsNaN(values[i]))
            .Select(text => $"'{parameter.Name}' depends on '{condition.Parameter}' being '{text}', which lies outside {SpaceText.Of(Parameters[at])}."));
        if (values.Length == 0)
        {
            problems.Add($"'{parameter.Name}' depends on no value of '{condition.Parameter}'.");
        }

        return (at, values);
    }

    private long CountFrom(double[] point, int i)
    {
        if (i == Count)
        {
            return 1;
        }

        if (!IsActive(i, point))
        {
            point[i] = double.NaN;
            return CountFrom(point, i + 1);
        }

        long sum = 0;
        for (long k = 0; k < Parameters[i].Count; k++)
        {
            point[i] = Parameters[i].Decode((k + 0.5) / (long)Parameters[i].Count!);
            sum += CountFrom(point, i + 1);
        }

        return sum;
    }
}
