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
    public static RouteHandlerBuilder TakesForm(this RouteHandlerBuilder route, params FormField[] fields) => route.Takes(new RequestForm(fields, null));

    public static RouteHandlerBuilder TakesFormOrJson<T>(this RouteHandlerBuilder route, params FormField[] fields) => route.Takes(new RequestForm(fields, typeof(T)));

    /// <summary>Forms count their own bytes: a refusal by the web server cuts the line, and a browser then shows no reason.</summary>
    private static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, RequestForm form) => route.WithMetadata(form, new DisableRequestSizeLimitAttribute());
}
