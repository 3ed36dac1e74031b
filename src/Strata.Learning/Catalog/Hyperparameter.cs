using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strata.Learning.Catalog;

/// <summary>What a hyperparameter's values are.</summary>
public enum HyperparameterType
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One of the choices.</summary>
    Choice,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A list of names, such as columns.</summary>
    Names,
}

/// <summary>One setting of a recipe, read from its property and the <see cref="HyperparameterAttribute"/> on it.</summary>
public sealed class Hyperparameter
{
    private readonly PropertyInfo property;

    private Hyperparameter(PropertyInfo property, HyperparameterAttribute declared, object? defaultValue)
    {
        this.property = property;
        Declared = declared;
        Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
        Type kind = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        IsOptional = kind != property.PropertyType || (kind == typeof(string) && defaultValue is null);
        Choices = kind.IsEnum ? [.. Enum.GetNames(kind).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)] : declared.Choices;
        Type = Choices.Count > 0 ? HyperparameterType.Choice
            : kind == typeof(bool) ? HyperparameterType.Boolean
            : kind == typeof(int) || kind == typeof(long) ? HyperparameterType.Integer
            : kind == typeof(double) || kind == typeof(float) ? HyperparameterType.Number
            : kind == typeof(string) || HasForm ? HyperparameterType.Text
            : kind == typeof(IReadOnlyList<string>) ? HyperparameterType.Names
            : throw new InvalidOperationException($"Hyperparameter {property.DeclaringType?.Name}.{property.Name} is a {kind.Name}, which no form can show.");
        Default = defaultValue;
    }

    /// <summary>The name in snake case, as the command line, REST and the web form use it.</summary>
    public string Name { get; }

    public HyperparameterType Type { get; }

    public HyperparameterAttribute Declared { get; }

    /// <summary>Whether this is its name or one of its further names.</summary>
    public bool IsCalled(string name) => name == Name || Declared.Aliases.Contains(name);

    /// <summary>Its meaning, with the further names.</summary>
    public string Description => Declared.Aliases.Length == 0 ? Declared.Meaning : $"{Declared.Meaning} Also: {string.Join(", ", Declared.Aliases)}.";

    /// <summary>The value when nobody says otherwise.</summary>
    public object? Default { get; }

    public JsonNode? DefaultJson => Default is null ? null : JsonSerializer.SerializeToNode(Default, property.PropertyType, ModelFiles.ModelFileJson.Options);

    /// <summary>Whether it may be left empty (null).</summary>
    public bool IsOptional { get; }

    /// <summary>The allowed values of a choice, else empty.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <summary>The hyperparameters of a recipe, in the order of its properties, those it shares with other recipes first; their defaults are the given instance's values.</summary>
    public static IReadOnlyList<Hyperparameter> Of(object recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return
        [
            .. from property in recipe.GetType().GetProperties().OrderBy(property => property.DeclaringType == recipe.GetType())
               let declared = property.GetCustomAttribute<HyperparameterAttribute>()
               where declared is not null
               select new Hyperparameter(property, declared, property.GetValue(recipe)),
        ];
    }

    /// <summary>The JSON schema (draft 2020-12) of some hyperparameters, from which forms are made.</summary>
    internal static JsonObject JsonSchema(string title, string summary, IReadOnlyList<Hyperparameter> hyperparameters)
    {
        var properties = new JsonObject();
        foreach (Hyperparameter hyperparameter in hyperparameters)
        {
            properties[hyperparameter.Name] = hyperparameter.Described();
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = title,
            ["description"] = summary,
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
    }

    /// <summary>Reads a value given as JSON, or as text as on a command line, and says what is wrong with it if it does not fit.</summary>
    internal object? Read(JsonNode? given, List<string> problems)
    {
        if (Type == HyperparameterType.Names)
        {
            return ReadNames(given, problems);
        }

        if (given is null)
        {
            if (Type == HyperparameterType.Text)
            {
                return IsOptional ? null : string.Empty;
            }

            if (!IsOptional)
            {
                problems.Add($"'{Name}' is empty; it takes {Expectation}.");
            }

            return null;
        }

        string text = given is JsonValue value && value.TryGetValue(out string? literal) ? literal : given.ToJsonString();
        object? read = Parse(text.Trim());
        if (read is null || IsOutside(read))
        {
            problems.Add($"'{Name}' is {Shown(text)}; it takes {Expectation}.");
        }

        return read;
    }

    /// <summary>Whether its text has a form of its own, which the type's JSON reads.</summary>
    private bool HasForm => Declared.Form is not null;

    /// <summary>A JSON list, or as on a command line the names with | between them.</summary>
    private string[] ReadNames(JsonNode? given, List<string> problems)
    {
        if (given is JsonArray array && array.All(item => item is JsonValue value && value.TryGetValue(out string? _)))
        {
            return [.. array.Select(item => item!.GetValue<string>())];
        }

        if (given is not null && !(given is JsonValue one && one.TryGetValue(out string? _)))
        {
            problems.Add($"'{Name}' is {Shown(given.ToJsonString())}; it takes {Expectation}.");
        }

        return given is JsonValue text && text.TryGetValue(out string? names) ? names.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];
    }

    internal void Set(object recipe, object? value) => property.SetValue(recipe, value);

    /// <summary>In words, such as <c>a whole number from 1 to 10000</c>.</summary>
    public string Expectation
    {
        get
        {
            (double min, double max) = (Declared.Min, Declared.Max);
            string range = (double.IsFinite(min), double.IsFinite(max)) switch
            {
                (true, true) => $" from {Text(min)} to {Text(max)}",
                (true, false) => $" of at least {Text(min)}",
                (false, true) => $" of at most {Text(max)}",
                _ => string.Empty,
            };
            return Type switch
            {
                HyperparameterType.Integer => $"a whole number{range}",
                HyperparameterType.Number => $"a number{range}",
                HyperparameterType.Boolean => "true or false",
                HyperparameterType.Choice => $"one of {string.Join(", ", Choices)}",
                HyperparameterType.Names => "names, as a list or with | between them",
                _ => Declared.Form ?? "text",
            };
        }
    }

    private JsonObject Described()
    {
        string type = Type switch
        {
            HyperparameterType.Integer => "integer",
            HyperparameterType.Number => "number",
            HyperparameterType.Boolean => "boolean",
            HyperparameterType.Names => "array",
            _ => "string",
        };
        var described = new JsonObject
        {
            ["type"] = IsOptional ? new JsonArray(type, "null") : HasForm ? new JsonArray(type, "object") : type,
            ["description"] = Description,
            ["default"] = DefaultJson,
        };
        if (double.IsFinite(Declared.Min))
        {
            described["minimum"] = Declared.Min;
        }

        if (double.IsFinite(Declared.Max))
        {
            described["maximum"] = Declared.Max;
        }

        if (Choices.Count > 0)
        {
            described["enum"] = new JsonArray([.. Choices.Select(choice => JsonValue.Create(choice))]);
        }

        if (Type == HyperparameterType.Names)
        {
            described["items"] = new JsonObject { ["type"] = "string" };
        }

        return described;
    }

    private object? Parse(string text)
    {
        Type kind = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        CultureInfo culture = CultureInfo.InvariantCulture;
        return Type switch
        {
            HyperparameterType.Integer when kind == typeof(int) => int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out int number) ? number : null,
            HyperparameterType.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out long number) ? number : null,
            HyperparameterType.Number when kind == typeof(float) => float.TryParse(text, NumberStyles.Float, culture, out float number) && float.IsFinite(number) ? number : null,
            HyperparameterType.Number => double.TryParse(text, NumberStyles.Float, culture, out double number) && double.IsFinite(number) ? number : null,
            HyperparameterType.Boolean => bool.TryParse(text, out bool flag) ? flag : null,
            HyperparameterType.Choice when kind == typeof(string) => Choices.Contains(text) ? text : null,
            HyperparameterType.Text when HasForm => OfForm(text),
            HyperparameterType.Choice => Choices.Contains(text) ? Enum.GetValues(kind).GetValue(Choices.ToList().IndexOf(text)) : null,
            _ => text,
        };
    }

    private object? OfForm(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(JsonSerializer.Serialize(text), property.PropertyType, ModelFiles.ModelFileJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool IsOutside(object value) =>
        Type is HyperparameterType.Integer or HyperparameterType.Number
        && Convert.ToDouble(value, CultureInfo.InvariantCulture) is double number
        && (number < Declared.Min || number > Declared.Max);

    private static string Shown(string text) => text.Length > 60 ? $"'{text[..60]}…'" : $"'{text}'";

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
