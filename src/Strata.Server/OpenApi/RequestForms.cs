using Microsoft.AspNetCore.Mvc;

namespace Strata.Server.OpenApi;

/// <summary>One field of a multipart form, for the OpenAPI document.</summary>
internal sealed record FormField(string Name, FormFieldKind Kind, string Meaning, bool Required = false);

internal enum FormFieldKind
{
    Text,
    Boolean,
    File,
}

/// <summary>What a route reads by itself from the request's body: a multipart form, and JSON when <paramref name="Json"/> says which.</summary>
internal sealed record RequestForm(IReadOnlyList<FormField> Fields, Type? Json);

internal static class RequestForms
{
    /// <summary>What a form may add around its files.</summary>
    private const long OverheadBytes = 1 << 20;

    public static RouteHandlerBuilder TakesForm(this RouteHandlerBuilder route, long mostFileBytes, params FormField[] fields) =>
        route.WithMetadata(new RequestForm(fields, null), SizeLimit(mostFileBytes, fields));

    public static RouteHandlerBuilder TakesFormOrJson<T>(this RouteHandlerBuilder route, long mostFileBytes, params FormField[] fields) =>
        route.WithMetadata(new RequestForm(fields, typeof(T)), SizeLimit(mostFileBytes, fields));

    private static RequestSizeLimitAttribute SizeLimit(long mostFileBytes, FormField[] fields) =>
        new(mostFileBytes * fields.Count(field => field.Kind == FormFieldKind.File) + OverheadBytes);
}
