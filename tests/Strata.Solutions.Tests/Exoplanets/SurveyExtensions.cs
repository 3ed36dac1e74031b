using Strata.Learning.Data;
using Strata.Solutions.Exoplanets.Survey;
using Xunit;

namespace Strata.Solutions.Tests.Exoplanets;

/// <summary>Surveys that end when the running test does.</summary>
internal static class SurveyExtensions
{
    public static Frame Table(this TransitSurvey survey) => survey.Observe(TestContext.Current.CancellationToken);

    public static List<Detection> Detections(this TransitSurvey survey) => survey.Detect(TestContext.Current.CancellationToken);
}
