using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Trees;

namespace Strata.Learning.Tests.Automl;

/// <summary>Time that only goes on when somebody takes some; timers ring as it passes them.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private readonly List<Alarm> alarms = [];
    private long now;

    public double Seconds => now / (double)TimeSpan.TicksPerSecond;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        alarms.Add(alarm);
        return alarm;
    }

    public void Take(double seconds)
    {
        now += (long)(seconds * TimeSpan.TicksPerSecond);
        foreach (Alarm alarm in alarms.Where(alarm => alarm.Due <= now).ToArray())
        {
            alarm.Due = long.MaxValue;
            alarm.Ring();
        }
    }

    private sealed class Alarm(SteppedClock clock, Action ring) : ITimer
    {
        public long Due { get; set; } = long.MaxValue;

        public Action Ring { get; } = ring;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime < TimeSpan.Zero ? long.MaxValue : clock.now + dueTime.Ticks;
            return true;
        }

        public void Dispose() => Due = long.MaxValue;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>A small tree that takes its time, and ends within half a second of being cancelled.</summary>
internal sealed record SlowTree(SteppedClock Clock, double Seconds, double PredictMicroseconds = 0, int Depth = 3) : IRecipe
{
    public List<TrainingTable> Fits { get; } = [];

    public string Algorithm => "decision_tree";

    public IModel Fit(TrainingTable table, FitContext context)
    {
        Fits.Add(table);
        for (double taken = 0; taken < Seconds; taken += 0.5)
        {
            Clock.Take(Math.Min(0.5, Seconds - taken));
            context.Cancellation.ThrowIfCancellationRequested();
        }

        return new SlowModel(new DecisionTree { MaxDepth = Depth }.Fit(table, context), Clock, PredictMicroseconds);
    }

    private sealed class SlowModel(IModel tree, SteppedClock clock, double microseconds) : IModel
    {
        public string Algorithm => tree.Algorithm;

        public ModelSignature Signature => tree.Signature;

        public Predictions Predict(Frame rows, int threads = 1)
        {
            clock.Take(rows.RowCount * microseconds / 1e6);
            return tree.Predict(rows, threads);
        }

        public void Write(ModelWriter writer) => tree.Write(writer);
    }
}
