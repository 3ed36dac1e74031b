using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Strata.Learning.Data;

namespace Strata.Learning;

/// <summary>How the classes of a target count: by a <see cref="ClassWeighting"/>, or by a weight for each class that is named, others counting 1.</summary>
[JsonConverter(typeof(ClassWeightsJson))]
public sealed class ClassWeights : IEquatable<ClassWeights>
{
    private readonly ClassWeighting weighting;
    private readonly SortedDictionary<string, double> ofClass = new(StringComparer.Ordinal);

    private ClassWeights(ClassWeighting weighting) => this.weighting = weighting;

    /// <summary>Weights by the names of classes; empty where classes count by a rule.</summary>
    public IReadOnlyDictionary<string, double> OfClass => ofClass;

    public static implicit operator ClassWeights(ClassWeighting weighting) => new(weighting);

    /// <exception cref="DataException">A weight is negative or not finite, or none is above 0.</exception>
    public static ClassWeights Of(params IEnumerable<(string Class, double Weight)> weights)
    {
        var problems = new List<string>();
        var given = new ClassWeights(ClassWeighting.None);
        foreach ((string name, double weight) in weights)
        {
            if (!(weight >= 0) || !double.IsFinite(weight))
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"The weight of class '{name}' is {weight}; expected a number of at least 0."));
            }

            if (!given.ofClass.TryAdd(name, weight))
            {
                problems.Add($"Class '{name}' is given two weights.");
            }
        }

        if (problems.Count == 0 && !given.ofClass.Values.Any(weight => weight > 0))
        {
            problems.Add("No class is given a weight above 0.");
        }

        DataException.ThrowIfAny(problems);
        return given;
    }

    /// <summary>Reads <c>none</c>, <c>balanced</c>, <c>a=2|b=1</c> or <c>{"a": 2, "b": 1}</c>.</summary>
    /// <exception cref="DataException">It is none of these.</exception>
    public static ClassWeights Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        if (text is "none" or "balanced")
        {
            return text == "none" ? ClassWeighting.None : ClassWeighting.Balanced;
        }

        return text.StartsWith('{') ? OfJson(text) : Of(text.Split('|', StringSplitOptions.TrimEntries).Select(OfPart));
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => ofClass.Count == 0 ? JsonNamingPolicy.SnakeCaseLower.ConvertName(weighting.ToString()) : JsonSerializer.Serialize(ofClass);

    public bool Equals(ClassWeights? other) => other is not null && ToString() == other.ToString();

    public override bool Equals(object? obj) => Equals(obj as ClassWeights);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The weight of each row by a rule, or null for one each.</summary>
    internal static double[]? Of(ClassWeighting weighting, ClassTarget target, double[]? weights) =>
        weighting == ClassWeighting.Balanced ? Balanced(target, weights) : weights;

    /// <summary>The weight of each row, or null for one each.</summary>
    /// <exception cref="DataException">A class that is named is none of the target's.</exception>
    internal double[]? OfRows(ClassTarget target, double[]? weights)
    {
        if (ofClass.Count == 0)
        {
            return Of(weighting, target, weights);
        }

        DataException.ThrowIfAny([.. ofClass.Keys.Except(target.Classes).Select(name => $"class_weights has a weight for '{name}', which is no class of '{target.Name}'; its classes are {string.Join(", ", target.Classes)}.")]);
        double[] factors = [.. target.Classes.Select(name => ofClass.GetValueOrDefault(name, 1))];
        return [.. target.Codes.Select((code, row) => (weights?[row] ?? 1) * factors[code])];
    }

    private static ClassWeights OfJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Of(document.RootElement.EnumerateObject().Select(pair => pair.Value.ValueKind == JsonValueKind.Number
                ? (pair.Name, pair.Value.GetDouble())
                : throw new DataException($"The weight of class '{pair.Name}' is {pair.Value.GetRawText()}; expected a number of at least 0.")));
        }
        catch (JsonException)
        {
            throw new DataException($"'{text}' is no JSON object of weights by class, such as {{\"a\": 2, \"b\": 1}}.");
        }
    }

    private static (string Class, double Weight) OfPart(string part)
    {
        int at = part.LastIndexOf('=');
        return at > 0 && double.TryParse(part.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double weight)
            ? (part[..at].Trim(), weight)
            : throw new DataException($"'{part}' is no weight of a class, such as a=2.");
    }

    private static double[] Balanced(ClassTarget target, double[]? weights)
    {
        var ofClass = new double[target.Classes.Count];
        for (int row = 0; row < target.Count; row++)
        {
            ofClass[target.Codes[row]] += weights?[row] ?? 1;
        }

        double total = ofClass.Sum(), present = ofClass.Count(weight => weight > 0);
        return [.. target.Codes.Select((code, row) => ofClass[code] > 0 ? (weights?[row] ?? 1) * (total / (present * ofClass[code])) : 0)];
    }
}

/// <summary>A rule by its name, weights as an object; text in the form of <see cref="ClassWeights.Parse"/> is read too.</summary>
internal sealed class ClassWeightsJson : JsonConverter<ClassWeights>
{
    public override ClassWeights Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        try
        {
            return ClassWeights.Parse(document.RootElement.ValueKind == JsonValueKind.String ? document.RootElement.GetString()! : document.RootElement.GetRawText());
        }
        catch (DataException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public override void Write(Utf8JsonWriter writer, ClassWeights value, JsonSerializerOptions options)
    {
        if (value.OfClass.Count == 0)
        {
            writer.WriteStringValue(value.ToString());
            return;
        }

        writer.WriteStartObject();
        foreach ((string name, double weight) in value.OfClass)
        {
            writer.WriteNumber(name, weight);
        }

        writer.WriteEndObject();
    }
}
