using Shouldly;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Solutions.Exoplanets;
using Strata.Solutions.Exoplanets.Pretrained;
using Strata.Solutions.Exoplanets.Survey;
using Xunit;

namespace Strata.Solutions.Tests.Exoplanets;

/// <summary>What <c>docs/guide/exoplanets.md</c> shows, run.</summary>
public sealed class GuideTests
{
    [Fact]
    public void The_guides_program_runs()
    {
#pragma warning disable xUnit1051 // As a reader would write it.
        Frame survey = TransitSurvey.OfRows(Mission.Kepler, rowCount: 2000, seed: 7).Observe();
#pragma warning restore xUnit1051
        Frame features = TransitFeatures.Of(survey, MissionColumns.Kepler);
        Predictions predictions = PretrainedModels.Named("universal").File.Model.Predict(features);
        predictions.RowCount.ShouldBe(survey.RowCount);
    }

    [Fact]
    public void The_guide_names_every_source_and_model_and_the_cards_figures()
    {
        string guide = File.ReadAllText(Path.Join(Root(), "docs", "guide", "exoplanets.md"));
        Solution solution = Solution.All.Single(known => known.Name == "exoplanets");
        solution.Sources.ShouldAllBe(source => guide.Contains($"`{source.Name}`"));
        foreach (PretrainedCard card in solution.Pretrained.Select(model => model.Card))
        {
            string figures = FormattableString.Invariant($"{card.Metrics["accuracy"]:F3}, {card.Metrics["roc_auc"]:F3}");
            string line = guide.Split('\n').Single(text => text.StartsWith($"| `{card.Name}`", StringComparison.Ordinal));
            line.ShouldContain(figures);
        }
    }

    private static string Root()
    {
        DirectoryInfo at = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Join(at.FullName, "Strata.slnx")))
        {
            at = at.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return at.FullName;
    }
}
