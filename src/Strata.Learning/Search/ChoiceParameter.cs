using System.Globalization;
using System.Text.Json.Nodes;

namespace Strata.Learning.Search;

/// <summary>One of several values without an order.</summary>
public sealed record ChoiceParameter(string Name, IReadOnlyList<string> Choices) : Parameter(Name)
{
    private static readonly string[] Truths = ["false", "true"];

    /// <summary>Whether the choices are false and true.</summary>
    public bool IsBoolean => Choices.SequenceEqual(Truths);

    /// <inheritdoc/>
    public override long? Count => Choices.Count;

    public static ChoiceParameter Boolean(string name) => new(name, Truths);

    public override double Decode(double unit) => Math.Clamp((int)(unit * Choices.Count), 0, Choices.Count - 1);

    public override double Encode(double value) => (value + 0.5) / Choices.Count;

    public override bool Contains(double value) => value >= 0 && value < Choices.Count && value == Math.Floor(value);

    public override string TextOf(double value) => Choices[(int)value];

    public override JsonNode JsonOf(double value) => IsBoolean ? JsonValue.Create(value == 1) : JsonValue.Create(Choices[(int)value]);

    public override double ValueOf(string text)
    {
        int at = Choices.ToList().IndexOf(text);
        return at >= 0 ? at : double.NaN;
    }

    public bool Equals(ChoiceParameter? other) => other is not null && Name == other.Name && When == other.When && Choices.SequenceEqual(other.Choices);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    internal override IEnumerable<string> Problems()
    {
        if (Choices.Count == 0)
        {
            yield return $"'{Name}' has no choices; it takes at least one.";
        }

        foreach (IGrouping<string, string> twice in Choices.GroupBy(choice => choice, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"'{Name}' has the choice '{twice.Key}' {twice.Count()} times.");
        }
    }
}
