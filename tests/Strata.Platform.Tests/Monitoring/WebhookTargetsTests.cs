using System.Net;
using System.Net.Sockets;
using Shouldly;
using Strata.Learning.Data;
using Strata.Platform.Monitoring.Webhooks;
using Xunit;

namespace Strata.Platform.Tests.Monitoring;

/// <summary>T32: what a webhook may reach.</summary>
public sealed class WebhookTargetsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.254", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.100.100.200", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.0.0.192", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("203.0.113.5", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:93.184.216.34", true)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    public void Only_the_public_internet_is_reached(string address, bool isReached) => new WebhookTargets([]).Permits(IPAddress.Parse(address)).ShouldBe(isReached);

    [Theory]
    [InlineData("10.1.0.0/16", "10.1.2.3", true)]
    [InlineData("10.1.0.0/16", "10.2.2.3", false)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "::ffff:127.0.0.1", true)]
    [InlineData("127.0.0.1", "127.0.0.2", false)]
    [InlineData("::1", "::1", true)]
    [InlineData("fd12::/16", "fd12::7", true)]
    [InlineData("chat.internal", "10.1.2.3", false)]
    public void The_owner_allows_addresses_and_networks(string allowed, string address, bool isReached) => new WebhookTargets([allowed]).Permits(IPAddress.Parse(address)).ShouldBe(isReached);

    [Theory]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1:70/")]
    [InlineData("//example.com")]
    [InlineData("example.com/x")]
    [InlineData("https://user:word@example.com/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:169.254.169.254]/latest/meta-data")]
    [InlineData("http://169.254.169.254/")]
    public void Addresses_that_are_seen_to_lead_elsewhere_are_refused_when_they_are_given(string address) => Should.Throw<DataException>(() => new WebhookTargets([]).Check(address));

    [Fact]
    public async Task A_name_is_looked_up_once_for_a_connection_which_goes_to_the_address_that_was_checked()
    {
        var answers = new Queue<string>(["93.184.216.34", "127.0.0.1"]);
        var connected = new List<IPEndPoint>();
        var targets = new WebhookTargets([], (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())]), (address, _) =>
        {
            connected.Add(address);
            return ValueTask.FromResult<Stream>(new MemoryStream());
        });
        var target = new DnsEndPoint("changes.example", 443);
        await targets.ConnectAsync(target, Cancellation);
        connected.ShouldHaveSingleItem().ShouldBe(new IPEndPoint(IPAddress.Parse("93.184.216.34"), 443));
        answers.Count.ShouldBe(1);

        (await Should.ThrowAsync<TargetRefusedException>(() => targets.ConnectAsync(target, Cancellation).AsTask())).Message.ShouldContain("not on the public Internet");
        connected.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_name_with_a_public_and_a_private_address_is_not_connected_to_at_all()
    {
        var targets = new WebhookTargets([], (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.216.34"), IPAddress.Parse("10.0.0.1")]), (_, _) => throw new InvalidOperationException("It connected."));
        await Should.ThrowAsync<TargetRefusedException>(() => targets.ConnectAsync(new DnsEndPoint("both.example", 80), Cancellation).AsTask());
    }

    [Fact]
    public async Task An_allowed_name_may_be_anywhere_and_its_next_address_is_tried_where_one_does_not_answer()
    {
        var tried = new List<string>();
        var targets = new WebhookTargets(["Chat.Internal"], (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2")]), (address, _) =>
        {
            tried.Add(address.Address.ToString());
            return tried.Count == 1 ? throw new SocketException((int)SocketError.ConnectionRefused) : ValueTask.FromResult<Stream>(new MemoryStream());
        });
        await targets.ConnectAsync(new DnsEndPoint("chat.internal", 80), Cancellation);
        tried.ShouldBe(["10.0.0.1", "10.0.0.2"]);
    }

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("::1", true)]
    [InlineData("chat.internal", true)]
    [InlineData("http://chat.internal", false)]
    [InlineData("10.0.0.0/99", false)]
    [InlineData("", false)]
    public void A_setting_that_is_neither_is_refused(string allowed, bool isGood) => (WebhookTargets.ProblemOf(allowed) is null).ShouldBe(isGood);
}
