namespace Strata.Learning.Trees.Exchange;

/// <summary>A model that was read from another program's file.</summary>
/// <param name="Model">Predicts what the other program predicts: a model of trees, behind a preparation where the other program takes zero for missing.</param>
/// <param name="Format">The file's format.</param>
/// <param name="Origin">The program, the file's version and the objective, in words.</param>
/// <param name="Notes">What a user should know, one sentence each.</param>
public sealed record ImportedModel(IModel Model, TreeModelFormat Format, string Origin, IReadOnlyList<string> Notes);
