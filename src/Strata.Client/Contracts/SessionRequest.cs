using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>A custom training, or a prediction with a pretrained model. Files come in the multipart form of the same fields.</summary>
/// <param name="ModelType">The algorithm's name, or the pretrained model's; null for the usual one.</param>
/// <param name="DataSource">Where the rows come from; null for <c>user</c> when a file is sent, else <c>simulated</c>.</param>
/// <param name="DatasetName">The survey; null for <c>kepler</c>.</param>
/// <param name="Hyperparameters">Values by name; in forms a JSON object as text.</param>
/// <param name="Mapping">Quantity to the column of the files, where names are not the mission's own.</param>
/// <param name="RowCount">About how many rows to simulate; null for the simulator's usual number.</param>
/// <param name="Seed">The seed of simulation, split and learner; null for 0.</param>
/// <param name="Project">The id or name of the project that it belongs to; null for the usual one.</param>
public sealed record SessionRequest(
    string? ModelType = null,
    SessionDataSource? DataSource = null,
    SurveyName? DatasetName = null,
    IReadOnlyDictionary<string, JsonElement>? Hyperparameters = null,
    IReadOnlyDictionary<string, string>? Mapping = null,
    int? RowCount = null,
    ulong? Seed = null,
    string? Project = null);

/// <summary>Where the rows of a session come from.</summary>
public enum SessionDataSource
{
    Nasa,
    User,
    Simulated,
}

/// <summary>The surveys whose tables are known.</summary>
public enum SurveyName
{
    Kepler,
    Tess,
    K2,
}
