using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strata.Client.Contracts;

/// <summary>Deploys what a training job has come to, as programs written for the training platform ask for it.</summary>
/// <param name="TrainingJobId">The job that trained.</param>
/// <param name="ModelName">The name under which versions follow one another; also that of the deployment: 1 to 100 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
/// <param name="Version">A version in the caller's own words, such as <c>1.0.0</c>; null for the number that it gets.</param>
/// <param name="Description">What people should know.</param>
/// <param name="Tags">Tags by key, or a list of tags.</param>
/// <param name="PromoteToProduction">Whether it goes into production at once; else it is staged.</param>
public sealed record ModelDeploymentRequest(
    string TrainingJobId,
    string ModelName,
    string? Version = null,
    string? Description = null,
    [property: JsonConverter(typeof(TagsConverter))] IReadOnlyDictionary<string, string>? Tags = null,
    bool PromoteToProduction = false);

/// <summary>A version of a model that can be asked for predictions.</summary>
/// <param name="ModelId">The stored model; predictions are asked for by it.</param>
/// <param name="Name">The name under which versions follow one another.</param>
/// <param name="Version">In the words of whoever deployed it, or its number.</param>
/// <param name="Number">Its number: 1 for the first of the name.</param>
/// <param name="Status">How far it has got.</param>
/// <param name="Metrics">Metrics of its test rows.</param>
/// <param name="Description">What people should know.</param>
/// <param name="Tags">Tags by key.</param>
/// <param name="Deployment">The deployment that serves what is in production of that name, or null.</param>
/// <param name="Project">The id of the project that it belongs to.</param>
/// <param name="CreatedAt">When it was deployed.</param>
public sealed record DeployedVersionView(
    string ModelId,
    string Name,
    string Version,
    int Number,
    ModelVersionStatus Status,
    IReadOnlyDictionary<string, double?> Metrics,
    string Description,
    IReadOnlyDictionary<string, string> Tags,
    string? Deployment,
    string Project,
    DateTimeOffset CreatedAt);

/// <summary>Some deployed versions, the last registered first.</summary>
/// <param name="Models">The versions.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record DeployedVersionsView(IReadOnlyList<DeployedVersionView> Models, int Total);

/// <summary>A split of traffic between two models.</summary>
/// <param name="ModelAId">The model that is there.</param>
/// <param name="ModelBId">The one that may be better.</param>
/// <param name="TestName">The name by which predictions are asked for.</param>
/// <param name="SplitRatio">The share of the traffic that A gets.</param>
public sealed record ModelTestRequest(string ModelAId, string ModelBId, string TestName, double SplitRatio = 0.5);

/// <summary>A running split.</summary>
/// <param name="TestName">Its name, also that of the deployment that answers.</param>
/// <param name="ModelAId">The one model.</param>
/// <param name="ModelBId">The other.</param>
/// <param name="SplitRatio">The share of the traffic that A gets.</param>
/// <param name="Status">Whether it still gathers outcomes.</param>
/// <param name="CreatedAt">When it began.</param>
public sealed record ModelTestView(string TestName, string ModelAId, string ModelBId, double SplitRatio, AbTestStatus Status, DateTimeOffset CreatedAt);

/// <summary>Asks for predictions by one model or by a test.</summary>
/// <param name="Features">A row, column by column, or a list of rows.</param>
/// <param name="ModelId">The stored model; or else</param>
/// <param name="AbTestName">the test, which chooses the model.</param>
/// <param name="UserId">Whose rows these are: in a test the same user is answered by the same model.</param>
public sealed record ModelPredictionRequest(JsonElement Features, string? ModelId = null, string? AbTestName = null, string? UserId = null);

/// <summary>What a model says.</summary>
/// <param name="ModelId">The model that answered.</param>
/// <param name="AbTestName">The test that chose it, or null.</param>
/// <param name="Prediction">The class or number; for a list of rows a list of them.</param>
/// <param name="PredictionProba">The probability of each class in the order of <paramref name="Classes"/>; for a list of rows a list of such lists; null for numbers.</param>
/// <param name="Classes">The classes; empty for numbers.</param>
/// <param name="PredictionIds">By which outcomes can be told, one a row; empty where nothing serves the model, so that nothing is logged.</param>
/// <param name="Notes">What was done with the rows before predicting.</param>
public sealed record ModelPredictionView(
    string ModelId, string? AbTestName, JsonElement Prediction, JsonElement? PredictionProba, IReadOnlyList<string> Classes, IReadOnlyList<string> PredictionIds, IReadOnlyList<string> Notes);

/// <summary>Reads tags given as an object, or as a list of names whose value is empty.</summary>
public sealed class TagsConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                tags[TextOf(ref reader)] = string.Empty;
            }

            return tags;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Expected an object of tags, or a list of them.");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            reader.Read();
            tags[key] = TextOf(ref reader);
        }

        return tags;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStartObject();
        foreach ((string key, string text) in value)
        {
            writer.WriteString(key, text);
        }

        writer.WriteEndObject();
    }

    private static string TextOf(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("Expected tags that are text.");
}
