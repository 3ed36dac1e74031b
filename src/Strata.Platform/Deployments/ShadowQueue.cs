using System.Threading.Channels;
using Strata.Learning;
using Strata.Learning.Data;

namespace Strata.Platform.Deployments;

/// <summary>Rows that shadow models are asked about after the caller has his answer. When they cannot keep up rows are left out, and counted.</summary>
public sealed class ShadowQueue
{
    private const int MostWaiting = 1000;

    private readonly Channel<PredictedRows> waiting;
    private readonly TimeProvider clock;
    private long dropped;

    internal ShadowQueue(TimeProvider clock)
    {
        this.clock = clock;
        waiting = Channel.CreateBounded<PredictedRows>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    }

    /// <summary>How many requests were left out since the server began.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    public void Ask(PredictedRows rows)
    {
        if (!waiting.Writer.TryWrite(rows))
        {
            Interlocked.Increment(ref dropped);
        }
    }

    /// <summary>Asks and logs until nothing more will come.</summary>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (PredictedRows rows in waiting.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                foreach (ServedModel shadow in rows.Serving.Shadows)
                {
                    Ask(rows, shadow);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    /// <summary>Whatever goes wrong with a shadow is only counted: nobody waits for it.</summary>
    private void Ask(PredictedRows rows, ServedModel shadow)
    {
        long began = clock.GetTimestamp();
        try
        {
            Predictions predictions = shadow.Model.Predict(rows.Rows, 1);
            TimeSpan took = clock.GetElapsedTime(began);
            shadow.Traffic.Current.Answer(predictions.RowCount, took);
            rows.Log(shadow, predictions, took, isShadow: true);
        }
        catch (DataException)
        {
            shadow.Traffic.Current.Refuse();
        }
        catch (Exception)
        {
            shadow.Traffic.Current.Fail();
        }
    }
}
