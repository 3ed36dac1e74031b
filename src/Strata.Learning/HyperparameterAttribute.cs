namespace Strata.Learning;

/// <summary>
/// Declares a recipe's property as a hyperparameter, once: its one-sentence meaning and range. Name (in snake case), type and default come from the
/// property itself; validation, JSON schema, web form, command-line help and reference docs all come from here through the catalog.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HyperparameterAttribute(string meaning) : Attribute
{
    /// <summary>One sentence, with the unit where there is one.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>The smallest allowed value.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>The largest allowed value.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>Where a search looks when the owner does not say, smallest value.</summary>
    public double SearchMin { get; init; } = double.NaN;

    /// <summary>Where a search looks when the owner does not say, largest value.</summary>
    public double SearchMax { get; init; } = double.NaN;

    /// <summary>Whether a search moves by factors instead of differences.</summary>
    public bool LogScale { get; init; }

    /// <summary>Shown only when somebody asks for the advanced ones.</summary>
    public bool Advanced { get; init; }

    /// <summary>Further names, as other programs spell it.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>For text of a form of its own: what it takes, in words.</summary>
    public string? Form { get; init; }

    /// <summary>For text: the only values that it takes.</summary>
    public string[] Choices { get; init; } = [];
}
