using Strata.Client.Contracts;

namespace Strata.Server.Mlflow;

/// <summary>Problems in the words that MLflow's clients know. Their clients repeat what is answered with 5xx, so that nobody's mistake is.</summary>
internal static class MlflowErrors
{
    /// <summary>The title of the problem that a name is taken, which MLflow tells from other conflicts.</summary>
    public const string AlreadyExists = "Already exists";

    private static readonly string[] Places = ["/api/2.0", "/api/3.0", "/ajax-api", "/get-artifact", "/model-versions"];

    /// <summary>Whether who asks there speaks MLflow.</summary>
    public static bool Speaks(PathString path) => Array.Exists(Places, place => path.StartsWithSegments(place));

    public static Task Write(HttpContext context, Problem problem)
    {
        (int status, string code) = Of(problem, isRoute: context.GetEndpoint() is not null);
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { ErrorCode = code, Message = problem.Detail }, MlflowJson.Options, "application/json", CancellationToken.None);
    }

    private static (int Status, string Code) Of(Problem problem, bool isRoute) => problem.Status switch
    {
        401 => (401, "UNAUTHENTICATED"),
        403 => (403, "PERMISSION_DENIED"),
        404 => (404, isRoute ? "RESOURCE_DOES_NOT_EXIST" : "ENDPOINT_NOT_FOUND"),
        409 => (400, problem.Title == AlreadyExists ? "RESOURCE_ALREADY_EXISTS" : "INVALID_STATE"),
        413 => (413, "INVALID_PARAMETER_VALUE"),
        429 => (429, "REQUEST_LIMIT_EXCEEDED"),
        501 => (501, "NOT_IMPLEMENTED"),
        503 => (503, "TEMPORARILY_UNAVAILABLE"),
        >= 500 => (500, "INTERNAL_ERROR"),
        405 => (405, "BAD_REQUEST"),
        _ => (400, "INVALID_PARAMETER_VALUE"),
    };
}
