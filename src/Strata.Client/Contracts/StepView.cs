using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>A preparation step that can be asked for.</summary>
/// <param name="Name">The name that plans use, such as <c>impute</c>.</param>
/// <param name="Summary">One or two sentences.</param>
/// <param name="Settings">What can be set, in the order of a form.</param>
public sealed record StepView(string Name, string Summary, IReadOnlyList<HyperparameterView> Settings);

/// <summary>A preparation step of a plan.</summary>
/// <param name="Step">Its name.</param>
/// <param name="Settings">Values by name; the others have their defaults.</param>
public sealed record StepRequest(string Step, IReadOnlyDictionary<string, JsonElement>? Settings = null);
