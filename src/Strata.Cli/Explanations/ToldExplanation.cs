namespace Strata.Cli.Explanations;

/// <summary>What a method told: for programs, and for people.</summary>
/// <param name="Result">Becomes JSON.</param>
/// <param name="Text">Writes it as text.</param>
internal sealed record ToldExplanation(object Result, Action<TextWriter> Text);
