using System.Reflection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Strata.Client.Contracts;
using Strata.Server.Repeats;

namespace Strata.Server.OpenApi;

/// <summary>What the generated OpenAPI document cannot know by itself: problems, forms, examples, and nulls inside lists.</summary>
internal static class ContractDocument
{
    public const string Name = "v1";

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer(Describe);
        options.AddOperationTransformer(AddProblem);
        options.AddOperationTransformer(AddForm);
        options.AddOperationTransformer(NameFiles);
        options.AddOperationTransformer(AddKey);
        options.AddOperationTransformer(AddExample);
        options.AddSchemaTransformer(Complete);
    }

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo { Title = "Strata", Version = "1", Description = "Trains, explains, ships and watches machine-learning models on your own machines." };
        document.Servers = [];
        return Task.CompletedTask;
    }

    private static async Task AddProblem(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        OpenApiSchema schema = await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellation).ConfigureAwait(false);
        context.Document!.AddComponent(nameof(Problem), schema);
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "What is wrong, and what to do about it.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(Problem), context.Document) },
            },
        };
    }

    private static async Task AddForm(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RequestForm>().FirstOrDefault() is not { } form)
        {
            return;
        }

        var content = new Dictionary<string, OpenApiMediaType>();
        if (form.Json is not null)
        {
            OpenApiSchema schema = await context.GetOrCreateSchemaAsync(form.Json, null, cancellation).ConfigureAwait(false);
            context.Document!.AddComponent(form.Json.Name, schema);
            content["application/json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(form.Json.Name, context.Document) };
        }

        content["multipart/form-data"] = new OpenApiMediaType
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = form.Fields.Where(field => field.Required).Select(field => field.Name).ToHashSet(),
                Properties = form.Fields.ToDictionary(field => field.Name, field => (IOpenApiSchema)SchemaOf(field)),
            },
        };
        operation.RequestBody = new OpenApiRequestBody { Required = true, Content = content };
    }

    /// <summary>An answer that is no JSON is text or bytes, whatever the JSON answer of the same route looks like.</summary>
    private static Task NameFiles(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        foreach ((string mediaType, OpenApiMediaType media) in operation.Responses!.Values.SelectMany(response => response.Content ?? new Dictionary<string, OpenApiMediaType>()))
        {
            if (!mediaType.EndsWith("json", StringComparison.Ordinal))
            {
                media.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = mediaType.StartsWith("text/", StringComparison.Ordinal) ? null : "binary" };
            }
        }

        return Task.CompletedTask;
    }

    private static Task AddKey(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<MakesSomething>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = RepeatGuard.Header,
                In = ParameterLocation.Header,
                Description = "Any text of the sender's choice, new for each request: within a day the same key and body get the first request's answer, and nothing is made twice.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        return Task.CompletedTask;
    }

    private static Task AddExample(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RouteExample>().FirstOrDefault() is { } example)
        {
            Show(operation.RequestBody?.Content, example.Request);
            Show(operation.Responses!.FirstOrDefault(response => response.Key.StartsWith('2')).Value?.Content, example.Answer);
        }

        return Task.CompletedTask;
    }

    private static void Show(IDictionary<string, OpenApiMediaType>? content, object? example)
    {
        if (example is not null && content?.TryGetValue("application/json", out OpenApiMediaType? json) == true)
        {
            json.Example = RouteExample.NodeOf(example);
        }
    }

    private static OpenApiSchema SchemaOf(FormField field) => field.Kind switch
    {
        FormFieldKind.Boolean => new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = field.Meaning },
        FormFieldKind.File => new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = field.Meaning },
        _ => new OpenApiSchema { Type = JsonSchemaType.String, Description = field.Meaning },
    };

    /// <summary>The generator knows neither our numbers (they have a converter) nor a null inside a list: the CLR type of each property tells.</summary>
    private static Task Complete(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (context.JsonTypeInfo.Type == typeof(PredictedValue))
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Number | JsonSchemaType.Null;
        }
        else if (context.JsonPropertyInfo?.AttributeProvider is PropertyInfo property)
        {
            Complete(schema, property.PropertyType, new NullabilityInfoContext().Create(property));
        }

        return Task.CompletedTask;
    }

    private static void Complete(OpenApiSchema schema, Type type, NullabilityInfo nullability)
    {
        if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(double))
        {
            schema.Type = JsonSchemaType.Number;
            schema.Format = "double";
        }

        if (nullability.ReadState == NullabilityState.Nullable && schema.Properties is null && schema.Type is JsonSchemaType known)
        {
            schema.Type = known | JsonSchemaType.Null;
        }

        if (nullability.GenericTypeArguments is [.., NullabilityInfo inner] && Nullable.GetUnderlyingType(type) is null)
        {
            bool isDictionary = nullability.GenericTypeArguments.Length == 2;
            IOpenApiSchema nested = isDictionary ? schema.AdditionalProperties ??= new OpenApiSchema() : schema.Items ??= new OpenApiSchema();
            if (nested is OpenApiSchema items)
            {
                Complete(items, inner.Type, inner);
            }
        }
    }
}
