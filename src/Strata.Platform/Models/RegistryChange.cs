namespace Strata.Platform.Models;

/// <summary>One thing that happened in the registry. Changes are only ever added, so that they tell what was in production at any time.</summary>
/// <param name="Sequence">Its place in the order.</param>
/// <param name="Model">The registered model's name at that time.</param>
/// <param name="Version">The version; null where the model as a whole is meant.</param>
/// <param name="What">What was changed: registered, status, alias, renamed, deleted.</param>
/// <param name="Before">What was so before; null for nothing.</param>
/// <param name="After">What is so since then; null for nothing.</param>
/// <param name="At">When.</param>
public sealed record RegistryChange(long Sequence, string Model, int? Version, string What, string? Before, string? After, DateTimeOffset At);
