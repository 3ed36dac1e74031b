using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>How a small model is taught by a large one.</summary>
/// <param name="Name">The small model's name; null for one made of the large one's.</param>
/// <param name="DatasetId">Rows such as the large one learned from; null for the dataset that it was trained on.</param>
/// <param name="Hyperparameters">Of the gradient boosting that learns, such as <c>trees</c>; null for a few hundred small trees.</param>
/// <param name="Seed">Of the rows that are crossed and of the learner; null for 0.</param>
/// <param name="Priority">Which of your jobs goes first; null for normal.</param>
public sealed record DistilRequest(string? Name = null, string? DatasetId = null, IReadOnlyDictionary<string, JsonElement>? Hyperparameters = null, ulong? Seed = null, JobPriority? Priority = null);
