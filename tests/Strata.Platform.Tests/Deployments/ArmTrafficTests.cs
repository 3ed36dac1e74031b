using Shouldly;
using Strata.Platform.Deployments;
using Xunit;

namespace Strata.Platform.Tests.Deployments;

public sealed class ArmTrafficTests
{
    private const double MostSlowdown = 2;
    private const int LeastRequests = 50;

    [Theory]
    [InlineData(0.4, 0.1, false)]
    [InlineData(8, 3, true)]
    [InlineData(5, 3, false)]
    public void A_side_is_too_slow_where_somebody_could_feel_it(double own, double theirs, bool isWorse) =>
        (Arm(own).WorseThan(Arm(theirs), 0.01, MostSlowdown, LeastRequests) is not null).ShouldBe(isWorse);

    [Fact]
    public void Nothing_is_said_of_few_requests() => Arm(100, 10).WorseThan(Arm(1), 0.01, MostSlowdown, LeastRequests).ShouldBeNull();

    private static ArmTraffic Arm(double milliseconds, int requests = 200)
    {
        var cell = new TrafficCell(default);
        for (int i = 0; i < requests; i++)
        {
            cell.Answer(1, TimeSpan.FromMilliseconds(milliseconds));
        }

        return ArmTraffic.Of([("model", cell)], _ => true);
    }
}
