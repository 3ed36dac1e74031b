using System.Globalization;
using System.Text.Json;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Storage;
using Strata.Server.Mlflow;
using Strata.Server.Safety;

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
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null } && Routes.IsApi(context.Request.Path))
            {
                await Write(context, OfStatus(context.Response.StatusCode)).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            Problem problem = Of(e, context.RequestAborted);
            if (problem.Status >= StatusCodes.Status500InternalServerError)
            {
                ILogger log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Errors));
                Log.Unexpected(log, e, context.Request.Method, context.Request.Path);
            }

            if (e is TooManyLogInsException { Wait: TimeSpan wait })
            {
                context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            await Write(context, problem).ConfigureAwait(false);
        }
    }

    public static Problem Of(Exception e, CancellationToken aborted) => e switch
    {
        NotFoundException missing => Make(404, "Not found", missing.Message),
        NameTakenException taken => Make(409, MlflowErrors.AlreadyExists, taken.Message),
        LogInException refused => Make(401, "Log in needed", refused.Message),
        CodeNeededException needed => Make(401, "Code needed", needed.Message),
        ForbiddenException forbidden => Make(403, forbidden.Title, forbidden.Message),
        TooManyLogInsException or TooManyRequestsException => Make(429, "Too many requests", e.Message),
        PromotionRefusedException refused => new Problem("Promotion refused", 409, refused.Message, refused.Problems),
        MisdirectedException other => Make(421, "Ask another server", other.Message),
        ConflictException conflict => Make(409, "Conflict", conflict.Message),
        QuotaException quota => Make(429, "Quota reached", quota.Message),
        TooLargeException large => Make(413, "Too large", large.Message),
        StorageException { IsOutcomeUnknown: true } => Make(503, "Storage was lost", "The server's database was lost while it stored this request. Whether it was stored is not known: look before trying again."),
        StorageException { IsTemporary: true } => Make(503, "Storage is busy", "The server's disk or database is busy or full. Nothing of this request was stored; try again in a moment."),
        StorageException => Make(500, "Storage failed", "The server's disk or database failed. Nothing of this request was stored; the server's log says more."),
        DataException data => new Problem("Unusable data", 422, data.Message, data.Problems),
        ModelFileException file => Make(422, "Unusable model file", file.Message),
        BadHttpRequestException { InnerException: JsonException json } => Make(400, "Unreadable JSON", JsonProblems.Sentence(json)),
        JsonException json => Make(400, "Unreadable JSON", JsonProblems.Sentence(json)),
        BadHttpRequestException { StatusCode: 413 } => Make(413, "Too large", "The request is larger than this server accepts."),
        BadHttpRequestException bad => Make(bad.StatusCode, "Bad request", bad.Message),
        OperationCanceledException when aborted.IsCancellationRequested => Make(499, "Cancelled", "The caller went away."),
        _ => Make(500, "Unexpected error", "The server's log says more."),
    };

    public static Task Write(HttpContext context, int status, string title, string detail) => Write(context, Make(status, title, detail));

    private static Task Write(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        if (MlflowErrors.Speaks(context.Request.Path))
        {
            return MlflowErrors.Write(context, problem);
        }

        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "2";
        }
        else if (problem.Status == StatusCodes.Status429TooManyRequests && context.Response.Headers.RetryAfter.Count == 0)
        {
            context.Response.Headers.RetryAfter = "1";
        }
        else if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            // Naming the scheme Basic would make browsers ask for a password in a window of their own.
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return context.Response.WriteAsJsonAsync(problem, WireJson.Options, "application/problem+json", CancellationToken.None);
    }

    private static Problem Make(int status, string title, string detail) => new(title, status, detail, []);

    private static Problem OfStatus(int status) => status switch
    {
        404 => Make(404, "Not found", "There is nothing at this address. The routes are described at /docs."),
        405 => Make(405, "Method not allowed", "This address does not take that method."),
        415 => Make(415, "Unsupported media type", "The body is not of a kind that this route reads."),
        _ => Make(status, "Refused", $"The request was refused with status {status}."),
    };
}

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed unexpectedly")]
    public static partial void Unexpected(ILogger log, Exception e, string method, PathString path);
}
