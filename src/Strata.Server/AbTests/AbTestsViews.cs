using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.AbTests;
using Wire = Strata.Client.Contracts;

namespace Strata.Server.AbTests;

internal static class AbTestsViews
{
    public static AbTestView View(this AbTest test, StrataPlatform platform)
    {
        AbTestReport report = platform.AbTests.Report(test);
        return new AbTestView(
            test.Plan.Name,
            test.Plan.Project,
            test.Status.To<Wire.AbTestStatus>(),
            test.Plan.Split,
            test.Plan.Measure!.Value.To<Wire.OutcomeMeasure>(),
            test.Plan.Level,
            test.StartedAt,
            test.EndedAt,
            View(report.A),
            View(report.B),
            report.Difference,
            report.Lower,
            report.Upper,
            report.PValue,
            report.Winner,
            report.Verdict);
    }

    public static Wire.AbTestMoment View(Platform.AbTests.AbTestMoment moment) => new(moment.Outcomes, moment.At, moment.Difference, moment.Lower, moment.Upper, moment.PValue);

    private static Wire.AbTestArm View(Platform.AbTests.AbTestArm arm) => new(arm.ModelId, arm.Answered, arm.Failed, arm.LatencyP95, arm.Outcomes, arm.Mean);
}
