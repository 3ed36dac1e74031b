namespace Strata.Learning.Workflow;

/// <summary>What only a person can say of a model; it stands in the model card of its reports, where what is null is "not stated".</summary>
public sealed record ModelStatements
{
    /// <summary>Who answers for the model, and how to reach them.</summary>
    public string? Owner { get; init; }

    /// <summary>Under which terms model and data may be used.</summary>
    public string? License { get; init; }

    /// <summary>What it is to be used for, and by whom.</summary>
    public string? IntendedUse { get; init; }

    /// <summary>What it must not be used for.</summary>
    public string? OutOfScope { get; init; }

    /// <summary>The groups, instruments and circumstances by which it may do differently well.</summary>
    public string? Factors { get; init; }

    /// <summary>Sensitive data, harms, and what was done against them.</summary>
    public string? EthicalConsiderations { get; init; }

    /// <summary>What a user should beware of, beside what was measured.</summary>
    public string? Caveats { get; init; }

    /// <summary>The names under which they are given, such as <c>intended_use</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["owner", "license", "intended_use", "out_of_scope", "factors", "ethical_considerations", "caveats"];

    /// <summary>These statements with one more.</summary>
    /// <exception cref="Data.DataException">There is no such statement.</exception>
    public ModelStatements With(string name, string text) => name switch
    {
        "owner" => this with { Owner = text },
        "license" => this with { License = text },
        "intended_use" => this with { IntendedUse = text },
        "out_of_scope" => this with { OutOfScope = text },
        "factors" => this with { Factors = text },
        "ethical_considerations" => this with { EthicalConsiderations = text },
        "caveats" => this with { Caveats = text },
        _ => throw new Data.DataException($"There is no statement '{name}' in a model card. There are: {string.Join(", ", Names)}."),
    };

    /// <summary>What is stated, by name.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<(string Name, string Text)> Stated => new[] { Owner, License, IntendedUse, OutOfScope, Factors, EthicalConsiderations, Caveats }
        .Zip(Names, (text, name) => (name, text)).Where(pair => !string.IsNullOrWhiteSpace(pair.text)).Select(pair => (pair.name, pair.text!));
}
