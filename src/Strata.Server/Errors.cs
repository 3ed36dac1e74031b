using System.Text.Json;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Server;

/// <summary>The one table from what goes wrong to what a caller is told.</summary>
internal static class Errors
{
    /// <summary>Turns whatever the rest of the pipeline throws into problem+json.</summary>
    public static async Task Answer(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            Problem problem = Of(e, context.RequestAborted);
            if (problem.Status == StatusCodes.Status500InternalServerError)
            {
                ILogger log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Errors));
                Log.Unexpected(log, e, context.Request.Method, context.Request.Path);
            }

            await Write(context, problem).ConfigureAwait(false);
        }
    }

    public static Problem Of(Exception e, CancellationToken aborted) => e switch
    {
        NotBuiltYet => Make(503, "Not built yet", "This route is not built yet."),
        DataException data => new Problem("Unusable data", 422, data.Message, data.Problems),
        ModelFileException file => Make(422, "Unusable model file", file.Message),
        BadHttpRequestException { InnerException: JsonException json } => Make(400, "Unreadable JSON", Sentence(json)),
        JsonException json => Make(400, "Unreadable JSON", Sentence(json)),
        BadHttpRequestException { StatusCode: 413 } => Make(413, "Too large", "The request is larger than this server accepts."),
        BadHttpRequestException bad => Make(bad.StatusCode, "Bad request", bad.Message),
        OperationCanceledException when aborted.IsCancellationRequested => Make(499, "Cancelled", "The caller went away."),
        _ => Make(500, "Unexpected error", "The server's log says more."),
    };

    public static Task Write(HttpContext context, int status, string title, string detail) => Write(context, Make(status, title, detail));

    private static Task Write(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        return context.Response.WriteAsJsonAsync(problem, WireJson.Options, "application/problem+json", CancellationToken.None);
    }

    private static Problem Make(int status, string title, string detail) => new(title, status, detail, []);

    private static string Sentence(JsonException e) => e.Path is null or "$" ? e.Message : $"At '{e.Path}': {e.Message}";
}

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed unexpectedly")]
    public static partial void Unexpected(ILogger log, Exception e, string method, PathString path);
}
