using System.Text.Json.Nodes;

namespace Strata.Learning.Search;

/// <summary>One dimension of a search. A value is a number in a point: of a choice its 0-based place among the choices.</summary>
public abstract record Parameter(string Name)
{
    /// <summary>When the parameter counts; null for always.</summary>
    public Condition? When { get; init; }

    /// <summary>How many different values there are; null when they are not countable.</summary>
    public abstract long? Count { get; }

    /// <summary>The value of a place in [0, 1]; equal parts of the unit interval hold equal shares of the values (of their logarithms on a log scale).</summary>
    public abstract double Decode(double unit);

    /// <summary>The place in [0, 1] of a value: the middle of the part that <see cref="Decode"/> maps to it.</summary>
    public abstract double Encode(double value);

    public abstract bool Contains(double value);

    public abstract string TextOf(double value);

    public abstract JsonNode JsonOf(double value);

    /// <summary>The value that text stands for; NaN for none.</summary>
    public abstract double ValueOf(string text);

    /// <summary>What is wrong with the declaration.</summary>
    internal abstract IEnumerable<string> Problems();
}
