using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Strata.Server.Events;
using Xunit;

namespace Strata.Server.Tests.Events;

public sealed class EventStreamTests
{
    [Fact]
    public async Task A_quiet_stream_shows_that_it_is_alive()
    {
        string text = await Send(Quiet(TimeSpan.FromMilliseconds(400), TestContext.Current.CancellationToken), TimeSpan.FromMilliseconds(50));
        text.ShouldContain(": still here\n\n");
        text.ShouldEndWith("id: 1\nevent: status\ndata: {\"status\":\"done\"}\n\n");
    }

    [Fact]
    public async Task Line_breaks_in_data_do_not_end_an_event()
    {
        string text = await Send(Of(new ServerEvent("1", "log", new { text = "a\n\nid: 9\nevent: status" })), EventStream.UsualHeartbeat);
        text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_stream_without_events_is_no_content()
    {
        DefaultHttpContext context = Context();
        await new EventStream(Of(), EventStream.UsualHeartbeat, TimeProvider.System).ExecuteAsync(context);
        context.Response.StatusCode.ShouldBe(StatusCodes.Status204NoContent);
    }

    private static async Task<string> Send(IAsyncEnumerable<ServerEvent> events, TimeSpan heartbeat)
    {
        DefaultHttpContext context = Context();
        await new EventStream(events, heartbeat, TimeProvider.System).ExecuteAsync(context);
        return Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
    }

    private static DefaultHttpContext Context() => new() { Response = { Body = new MemoryStream() } };

    private static IAsyncEnumerable<ServerEvent> Of(params ServerEvent[] events) => events.ToAsyncEnumerable();

    private static async IAsyncEnumerable<ServerEvent> Quiet(TimeSpan time, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.Delay(time, cancellation);
        yield return new ServerEvent("1", "status", new { status = "done" });
    }
}
