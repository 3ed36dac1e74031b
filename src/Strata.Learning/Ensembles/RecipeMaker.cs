using System.Text.Json.Nodes;

namespace Strata.Learning.Ensembles;

/// <summary>Makes a recipe, with the preparation that it needs, of an algorithm's name and hyperparameters. The catalog gives one to ensembles that are told their members by name.</summary>
/// <exception cref="Data.DataException">There is no such algorithm or hyperparameter, or it does not serve the task.</exception>
public delegate IRecipe RecipeMaker(string algorithm, IReadOnlyDictionary<string, JsonNode?> hyperparameters, LearningTask task);
