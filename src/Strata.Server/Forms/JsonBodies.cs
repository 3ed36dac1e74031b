using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Strata.Client;

namespace Strata.Server.Forms;

/// <summary>JSON that a route reads by itself: a whole body, or a field of a form.</summary>
internal static class JsonBodies
{
    /// <summary>The largest JSON body: it is held in memory.</summary>
    public const long MostBytes = 32L << 20;

    public static async Task<T> ReadJson<T>(this HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException($"The body is '{request.ContentType}'; expected application/json or multipart/form-data.", StatusCodes.Status415UnsupportedMediaType);
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MostBytes;
        }

        return await request.ReadFromJsonAsync<T>(WireJson.Options, cancellation).ConfigureAwait(false) ?? throw new JsonException("The body is null; expected an object.");
    }

    /// <summary>The JSON in a text field, or null when the field is absent.</summary>
    public static T? Json<T>(this UploadedForm form, string name)
        where T : class
    {
        try
        {
            return form.Text(name) is string text ? JsonSerializer.Deserialize<T>(Encoding.UTF8.GetBytes(text), WireJson.Options) : null;
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException($"The field '{name}' is not the expected JSON: {JsonProblems.Sentence(e)}");
        }
    }
}
