using System.Text;
using Shouldly;
using Strata.Platform.Jobs;
using Xunit;

namespace Strata.Platform.Tests.Jobs;

/// <summary>The file of events between worker and server.</summary>
public sealed class EventFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => folder.At("events.jsonl");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back_in_order_and_only_once()
    {
        using var writer = new EventWriter(File, TimeProvider.System);
        writer.Metric("loss", 3, double.NegativeInfinity);
        writer.Progress(10, "early");
        writer.Progress(20, "later");
        writer.Log("one\r\ntwo");
        (IReadOnlyList<WorkerEvent> events, long next) = EventReader.Read(File, 0);
        events.Select(happened => happened.Type).ShouldBe([WorkerEventType.Metric, WorkerEventType.Log, WorkerEventType.Log, WorkerEventType.Progress]);
        events[0].Value.ShouldBe(double.NegativeInfinity);
        events[3].Doing.ShouldBe("later");
        events.Select(happened => happened.Number).ShouldBe([1, 2, 3, 4]);
        EventReader.Read(File, next).ShouldBe(([], next), Comparer);
        writer.Beat();
        EventReader.Read(File, next).Events.ShouldHaveSingleItem().Elapsed.ShouldNotBeNull();
    }

    [Fact]
    public void A_torn_last_line_waits_for_its_end()
    {
        using (var writer = new EventWriter(File, TimeProvider.System))
        {
            writer.Log("whole");
        }

        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int length = 0; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            EventReader.Read(File, 0).ShouldBe(([], 0), Comparer);
        }

        System.IO.File.WriteAllBytes(File, [.. whole, .. whole[..7]]);
        (IReadOnlyList<WorkerEvent> events, long next) = EventReader.Read(File, 0);
        events.ShouldHaveSingleItem().Text.ShouldBe("whole");
        next.ShouldBe(whole.Length);
    }

    [Fact]
    public void Lines_that_are_no_events_are_left_out()
    {
        using (var writer = new EventWriter(File, TimeProvider.System))
        {
            writer.Log("before");
        }

        System.IO.File.AppendAllText(File, "{\"type\":\"lo\n\0\0\0\n[]\n{}\n");
        using (var writer = new EventWriter(File, TimeProvider.System))
        {
            writer.Log("after");
        }

        EventReader.Read(File, 0).Events.Select(happened => happened.Text).ShouldBe(["before", "after"]);
    }

    [Fact]
    public void A_long_file_comes_in_chunks_and_a_line_without_end_does_not_stop_it()
    {
        using (var writer = new EventWriter(File, TimeProvider.System))
        {
            for (int step = 0; step < 40_000; step++)
            {
                writer.Metric("loss", step, step);
            }

            writer.Flush();
        }

        System.IO.File.AppendAllText(File, new string('x', 3 << 20) + "\n");
        using (var writer = new EventWriter(File, TimeProvider.System))
        {
            writer.Log("after");
        }

        var all = new List<WorkerEvent>();
        for (long offset = 0, next; ; offset = next)
        {
            (IReadOnlyList<WorkerEvent> events, next) = EventReader.Read(File, offset);
            all.AddRange(events);
            if (next == offset)
            {
                break;
            }
        }

        all.Where(happened => happened.Type == WorkerEventType.Metric).Select(happened => happened.Step).ShouldBe(Enumerable.Range(0, 40_000).Select(step => (long?)step));
        all[^1].Text.ShouldBe("after");
    }

    [Fact]
    public void Control_characters_in_a_log_line_do_not_forge_another()
    {
        using (var writer = new EventWriter(File, TimeProvider.System))
        {
            writer.Log("a\u2028b\u0085c\u001b[31m");
        }

        Encoding.UTF8.GetString(System.IO.File.ReadAllBytes(File)).Count(letter => letter == '\n').ShouldBe(1);
        EventReader.Read(File, 0).Events.ShouldHaveSingleItem().Text.ShouldBe("a\u2028b\u0085c\u001b[31m");
    }

    private static IEqualityComparer<(IReadOnlyList<WorkerEvent> Events, long Next)> Comparer { get; } =
        EqualityComparer<(IReadOnlyList<WorkerEvent> Events, long Next)>.Create((a, b) => a.Events.SequenceEqual(b.Events) && a.Next == b.Next);
}
