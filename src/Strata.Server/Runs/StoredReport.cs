using Strata.Learning.Data;
using Strata.Platform.Models;
using Strata.Server.Safety;

namespace Strata.Server.Runs;

/// <summary>A report that a job has left: a page, which may show its own styles and pictures and do nothing else, or the same as JSON.</summary>
internal static class StoredReport
{
    /// <exception cref="DataException">There is no such format.</exception>
    public static string FileOf(string? format) => format switch
    {
        null or "html" => TrainModel.ReportFileName,
        "json" => TrainModel.ReportDataFileName,
        _ => throw new DataException($"format is '{format}'; expected html or json."),
    };

    public static IResult Answer(HttpContext context, Stream content, string file)
    {
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.DocumentPolicy;
        return Results.Stream(content, file == TrainModel.ReportFileName ? "text/html; charset=utf-8" : "application/json; charset=utf-8");
    }
}
