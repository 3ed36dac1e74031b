using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Strata.Client.Contracts;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Deployments;
using Strata.Server.Forms;
using Strata.Server.Models;
using Strata.Server.Safety;

namespace Strata.Server.Deployments;

/// <summary>One request for predictions: read, given to the model that the user falls to, answered, counted and logged.</summary>
internal sealed class DeploymentPrediction
{
    private const int LongestUserId = 200;

    private readonly HttpContext context;
    private readonly StrataPlatform platform;
    private readonly TimeProvider clock;
    private readonly ServingDeployment serving;
    private readonly long began;
    private readonly DateTimeOffset at;
    private readonly string firstId;

    private DeploymentPrediction(HttpContext context, ServingDeployment serving, StrataPlatform platform, TimeProvider clock)
    {
        (this.context, this.serving, this.platform, this.clock) = (context, serving, platform, clock);
        (began, at) = (clock.GetTimestamp(), clock.GetUtcNow());
        firstId = PredictionId.Next(at);
    }

    /// <summary>Predicts rows given as JSON or as a file; <c>Accept: text/csv</c> answers a CSV.</summary>
    internal static async Task Answer(string name, HttpContext context, StrataPlatform platform, ServerOptions options, TimeProvider clock)
    {
        var prediction = new DeploymentPrediction(context, platform.Deployments.Serving(name), platform, clock);
        if (UploadedForm.IsForm(context.Request))
        {
            await prediction.AnswerForm(options).ConfigureAwait(false);
        }
        else
        {
            await prediction.AnswerJson().ConfigureAwait(false);
        }
    }

    /// <summary>Predicts rows that another route has read, as if they had been sent here.</summary>
    internal static async Task<DeploymentPredictions> Of(string name, PredictionRequest request, string? userId, HttpContext context, StrataPlatform platform, TimeProvider clock)
    {
        var prediction = new DeploymentPrediction(context, platform.Deployments.Serving(name), platform, clock);
        IResult result = await prediction.Predict(Checked(userId), wantsCsv: false, signature => Task.FromResult(PredictionOrder.Of(request, signature))).ConfigureAwait(false);
        return ((Ok<DeploymentPredictions>)result).Value!;
    }

    private async Task AnswerForm(ServerOptions options)
    {
        UploadedForm form = await UploadedForm.Read(context.Request, platform, context.RequestAborted).ConfigureAwait(false);
        await using (form.ConfigureAwait(false))
        {
            string? userId = Checked(form.Text("user_id"));
            await Answer(userId, signature => PredictionOrder.Of(form, signature, serving.Deployment.Project, platform, options, context.RequestAborted)).ConfigureAwait(false);
        }
    }

    private async Task AnswerJson()
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new BadHttpRequestException($"The body is '{context.Request.ContentType}'; expected application/json or multipart/form-data.", StatusCodes.Status415UnsupportedMediaType);
        }

        ReadOnlySequence<byte> body = await ReadBody().ConfigureAwait(false);
        DeploymentPredictionRequest? asked = null;
        try
        {
            asked = SingleRowAnswer.TryWrite(context, serving, body, firstId, at, began, clock) ? null : Parse(body);
        }
        finally
        {
            context.Request.BodyReader.AdvanceTo(body.End);
        }

        if (asked is null)
        {
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            return;
        }

        var request = new PredictionRequest(asked.Rows, asked.Explain, asked.Mapping, asked.Reasons, asked.Keep);
        await Answer(Checked(asked.UserId), signature => Task.FromResult(PredictionOrder.Of(request, signature))).ConfigureAwait(false);
    }

    private async Task Answer(string? userId, Func<ModelSignature, Task<PredictionOrder>> read)
    {
        IResult result = await Predict(userId, ModelsEndpoints.WantsCsv(context.Request), read).ConfigureAwait(false);
        await result.ExecuteAsync(context).ConfigureAwait(false);
    }

    private async Task<IResult> Predict(string? userId, bool wantsCsv, Func<ModelSignature, Task<PredictionOrder>> read)
    {
        ServedModel served = serving.Choose(userId ?? firstId);
        try
        {
            PredictionOrder order = await read(served.Model.Signature).ConfigureAwait(false);
            ModelsEndpoints.CheckSize(order, wantsCsv);
            ConformedFrame rows = served.Model.Signature.Features.ConformWithNotes(order.Rows);
            Predictions predictions = SingleRow.Predict(served.Model, rows.Frame) ?? served.Model.Predict(rows.Frame, platform.Options.ThreadsPerJob);
            Caller.From(context).RequireNamed(Role.Viewer, Thing.Dataset, order.Reasons?.BackgroundDatasetId, platform);
            AskedReasons? reasons = order.Reasons is ReasonRequest asked && !wantsCsv ? AskedReasons.Of(asked, served.Stored, served.Model, rows.Frame, platform, context.RequestAborted) : null;
            string[] ids = [firstId, .. Enumerable.Range(1, Math.Max(0, predictions.RowCount - 1)).Select(_ => PredictionId.Next(at))];
            IResult result = wantsCsv
                ? Downloads.Csv(context, new Frame([new TextColumn("prediction_id", ids), .. PredictionTable.Of(predictions).Columns]).Beside(order.KeptFor(served.Stored, served.Model.Signature, platform)), $"{serving.Deployment.Name} predictions.csv")
                : TypedResults.Ok(Told(predictions.View(order.Rows, reasons, [.. order.Notes, .. rows.Notes]), served, ids));
            File(new PredictedRows(serving, order.Rows, ids, at, userId), served, predictions);
            return result;
        }
        catch (Exception e) when (e is DataException or JsonException or BadHttpRequestException)
        {
            served.Traffic.Current.Refuse();
            throw;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            served.Traffic.Current.Fail();
            throw;
        }
    }

    /// <summary>Before the answer goes out, so that whoever has it can tell its outcome at once.</summary>
    private void File(PredictedRows rows, ServedModel served, Predictions predictions)
    {
        TimeSpan took = clock.GetElapsedTime(began);
        served.Traffic.Current.Answer(predictions.RowCount, took);
        rows.Log(served, predictions, took);
        if (serving.Shadows.Count > 0)
        {
            platform.Deployments.Shadows.Ask(rows);
        }
    }

    private DeploymentPredictions Told(PredictionList list, ServedModel served, string[] ids) =>
        new(serving.Deployment.Name, serving.Deployment.Current.Number, served.Stored.Id, ids, list.Items, list.Notes, list.ReasonsBasis);

    /// <summary>The whole body, which the reader holds until it is told to go on.</summary>
    private async ValueTask<ReadOnlySequence<byte>> ReadBody()
    {
        PipeReader reader = context.Request.BodyReader;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(context.RequestAborted).ConfigureAwait(false);
            if (read.IsCompleted)
            {
                return read.Buffer;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private DeploymentPredictionRequest Parse(ReadOnlySequence<byte> body)
    {
        JsonSerializerOptions options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = options.MaxDepth });
        DeploymentPredictionRequest asked = JsonSerializer.Deserialize<DeploymentPredictionRequest>(ref reader, options) ?? throw new JsonException("The body is null; expected an object.");
        return reader.Read() ? throw new JsonException("There is more behind the end of the object.") : asked;
    }

    /// <exception cref="DataException">The id is too long for one.</exception>
    private static string? Checked(string? userId) => userId is null or { Length: 0 } ? null
        : userId.Length <= LongestUserId ? userId
        : throw new DataException($"The user_id has {userId.Length} letters; expected {LongestUserId} at the most.");
}
