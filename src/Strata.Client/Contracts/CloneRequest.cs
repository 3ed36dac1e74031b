using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>How a job that is done again differs from the one before.</summary>
/// <param name="Plan">What takes the place of members of a training's plan, by name, such as <c>{ "seed": 2 }</c>; another algorithm starts with its own defaults. Null for the same plan.</param>
/// <param name="Name">The new run's or comparison's name; null for the same.</param>
/// <param name="Priority">Which of your jobs goes first; null for normal.</param>
/// <param name="After">Ids of jobs that must complete before it starts; null for none.</param>
public sealed record CloneRequest(IReadOnlyDictionary<string, JsonElement>? Plan = null, string? Name = null, JobPriority? Priority = null, IReadOnlyList<string>? After = null);
