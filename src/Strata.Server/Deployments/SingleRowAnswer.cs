using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Strata.Learning.Trees;
using Strata.Platform.Deployments;

namespace Strata.Server.Deployments;

/// <summary>Answers a plain request for one row without a table, and with next to nothing allocated: what most callers in a hurry send. Its JSON is that of the general way.</summary>
internal sealed class SingleRowAnswer
{
    private const int MostNumbers = 512;
    private const int MostBytes = 1 << 18;

    private static readonly ConditionalWeakTable<ServedModel, SingleRowAnswer> Known = [];

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? scratch;

    private readonly ServedModel served;
    private readonly RowPredictor predictor;
    private readonly RowReader rows;
    private readonly JsonEncodedText[] classes;
    private readonly JsonEncodedText modelId;

    private SingleRowAnswer(ServedModel served)
    {
        (this.served, predictor, rows) = (served, served.Rows!, RowReader.For(served.Rows!));
        classes = [.. predictor.Signature.Classes.Select(name => JsonEncodedText.Encode(name))];
        modelId = JsonEncodedText.Encode(served.Stored.Id);
    }

    /// <summary>Writes the answer; false, with nothing written, when the request takes the general way.</summary>
    public static bool TryWrite(HttpContext context, ServingDeployment serving, ReadOnlySequence<byte> body, string id, DateTimeOffset at, long began, TimeProvider clock)
    {
        if (body.Length > MostBytes || serving.Shadows.Count > 0 || (context.Request.Headers.Accept is [string accept, ..] && accept.Contains("csv", StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
        if (!SingleRowRequest.TryRead(bytes, out SingleRowRequest request))
        {
            return false;
        }

        ServedModel served = serving.Choose(request.UserId ?? id);
        return served.Rows is { ScoreCount: <= MostNumbers, ValueCount: <= MostNumbers } && served.Model.Signature.Features.Columns.Count <= MostNumbers
            && Known.GetValue(served, one => new SingleRowAnswer(one)).TryAnswer(context, serving, request, id, at, began, clock);
    }

    private bool TryAnswer(HttpContext context, ServingDeployment serving, SingleRowRequest request, string id, DateTimeOffset at, long began, TimeProvider clock)
    {
        Span<double> row = stackalloc double[MostNumbers];
        row = row[..predictor.Signature.Features.Columns.Count];
        if (!rows.TryRead(request.Row, row))
        {
            return false;
        }

        Span<double> numbers = stackalloc double[2 * MostNumbers];
        Span<double> scores = numbers[..predictor.ScoreCount], values = numbers.Slice(predictor.ScoreCount, predictor.ValueCount);
        predictor.Predict(row, scores, values);
        int called = Called(values);
        ReadOnlySpan<byte> answer = Write(serving.Deployment, id, scores, values, called);
        HttpResponse response = context.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = answer.Length;
        response.BodyWriter.Write(answer);
        TimeSpan took = clock.GetElapsedTime(began);
        served.Traffic.Current.Answer(1, took);
        if (serving.IsLogged(id))
        {
            Log(serving, request, id, at, took, values, called);
        }

        return true;
    }

    private void Log(ServingDeployment serving, SingleRowRequest request, string id, DateTimeOffset at, TimeSpan took, ReadOnlySpan<double> values, int called) => serving.Log.Add(new PredictionEntry
    {
        Id = id,
        At = at,
        ModelId = served.Stored.Id,
        Revision = serving.Deployment.Current.Number,
        UserId = request.UserId,
        Took = took,
        Row = request.Row,
        Class = called < 0 ? null : predictor.Signature.Classes[called],
        Number = values[0],
        Probabilities = called < 0 ? [] : values,
    });

    /// <summary>The most probable class, the first of equals; -1 for numbers.</summary>
    private int Called(ReadOnlySpan<double> values)
    {
        if (classes.Length == 0)
        {
            return -1;
        }

        int best = 0;
        for (int code = 1; code < values.Length; code++)
        {
            best = values[code] > values[best] ? code : best;
        }

        return best;
    }

    private ReadOnlySpan<byte> Write(Deployment deployment, string id, ReadOnlySpan<double> scores, ReadOnlySpan<double> values, int called)
    {
        ArrayBufferWriter<byte> bytes = buffer ??= new ArrayBufferWriter<byte>(2048);
        bytes.ResetWrittenCount();
        Utf8JsonWriter writer = scratch ??= new Utf8JsonWriter(bytes, new JsonWriterOptions { SkipValidation = true });
        writer.Reset();
        writer.WriteStartObject();
        writer.WriteString("deployment"u8, deployment.Name);
        writer.WriteNumber("revision"u8, deployment.Current.Number);
        writer.WriteString("model_id"u8, modelId);
        writer.WriteStartArray("prediction_ids"u8);
        writer.WriteStringValue(id);
        writer.WriteEndArray();
        writer.WriteStartArray("items"u8);
        WriteItem(writer, scores, values, called);
        writer.WriteEndArray();
        writer.WriteStartArray("notes"u8);
        writer.WriteEndArray();
        writer.WriteNull("reasons_basis"u8);
        writer.WriteEndObject();
        writer.Flush();
        return bytes.WrittenSpan;
    }

    private void WriteItem(Utf8JsonWriter writer, ReadOnlySpan<double> scores, ReadOnlySpan<double> values, int called)
    {
        writer.WriteStartObject();
        writer.WriteNumber("row"u8, 0);
        writer.WritePropertyName("prediction"u8);
        if (called < 0)
        {
            WriteNumber(writer, values[0]);
        }
        else
        {
            writer.WriteStringValue(classes[called]);
        }

        writer.WriteStartObject("probabilities"u8);
        for (int code = 0; code < classes.Length; code++)
        {
            writer.WritePropertyName(classes[code]);
            WriteNumber(writer, values[code]);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("raw_scores"u8);
        foreach (double score in scores)
        {
            WriteNumber(writer, score);
        }

        writer.WriteEndArray();
        writer.WriteNull("reasons"u8);
        writer.WriteNull("reasons_for"u8);
        writer.WriteNull("bias"u8);
        writer.WriteNull("pairs"u8);
        writer.WriteNull("interval"u8);
        writer.WriteNull("set"u8);
        writer.WriteNull("standard_deviation"u8);
        writer.WriteNull("uncertainty"u8);
        writer.WriteEndObject();
    }

    /// <summary>As the wire writes numbers: what is not finite is null.</summary>
    private static void WriteNumber(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
