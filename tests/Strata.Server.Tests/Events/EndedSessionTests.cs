using System.Diagnostics;
using Shouldly;
using Strata.Platform.Accounts;
using Strata.Platform.Storage;
using Strata.Server.Tests.Accounts;
using Xunit;
using MemberKind = Strata.Platform.Accounts.MemberKind;

namespace Strata.Server.Tests.Events;

/// <summary>A stream of events that is open when its reader's rights end.</summary>
public sealed class EndedSessionTests(IdleServerWithAccounts accounts) : IClassFixture<IdleServerWithAccounts>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("log out")]
    [InlineData("another password")]
    [InlineData("kept out")]
    [InlineData("no member any more")]
    [InlineData("sessions ended")]
    public async Task An_open_stream_ends_with_the_right_to_read_it_and_tells_nothing_after(string how)
    {
        User reader = await accounts.Member($"reader{how.Length}{how[0]}", accounts.Ours, Role.Viewer);
        using HttpClient browser = await accounts.Browser(reader.Name);
        string id = (await accounts.Platform.Jobs.EnqueueAsync(new JobRequest("nothing", []) { Project = accounts.Ours.Id })).Id;
        using HttpResponseMessage answer = await browser.GetAsync($"/api/jobs/{id}/events", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        answer.EnsureSuccessStatusCode();
        using var stream = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancellation));
        while (await stream.ReadLineAsync(Cancellation) is { } line && !line.StartsWith("data: ", StringComparison.Ordinal))
        {
            // Up to the first event, which says how the job is.
        }

        await End(how, reader, browser);
        await Task.Delay(TimeSpan.FromSeconds(1.2), Cancellation);
        var watch = Stopwatch.StartNew();
        await accounts.Platform.Jobs.CancelAsync(id);
        (await stream.ReadToEndAsync(Cancellation)).ShouldNotContain("cancelled");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(12));
    }

    private async Task End(string how, User reader, HttpClient browser)
    {
        switch (how)
        {
            case "log out":
                (await browser.DeleteAsync("/api/session", Cancellation)).EnsureSuccessStatusCode();
                break;
            case "another password":
                await accounts.Platform.Users.SetPasswordAsync(Actor.LocalOwner, reader.Id, "another horse battery staple");
                break;
            case "kept out":
                await accounts.Platform.Users.SetDisabledAsync(Actor.LocalOwner, reader.Id, true);
                break;
            case "sessions ended":
                await accounts.Platform.Users.EndSessionsAsync(Actor.LocalOwner, reader.Id);
                break;
            default:
                await accounts.Platform.Projects.RemoveMemberAsync(Actor.LocalOwner, accounts.Ours.Id, MemberKind.User, reader.Id);
                break;
        }
    }
}
