using Shouldly;
using Strata.Learning.Automl;
using Strata.Platform.Models;
using Xunit;

namespace Strata.Platform.Tests.Models;

public class ChooseModelTests
{
    [Fact]
    public void An_attempt_after_others_has_the_time_that_these_left()
    {
        var recipe = new AutomlRecipe { TimeLimit = 300 };

        ChooseModel.InTimeLeft(recipe, TimeSpan.Zero).TimeLimit.ShouldBe(300);
        ChooseModel.InTimeLeft(recipe, TimeSpan.FromSeconds(120)).TimeLimit.ShouldBe(180);
        ChooseModel.InTimeLeft(recipe, TimeSpan.FromSeconds(400)).TimeLimit.ShouldBe(2, "enough to put together what is ready");
        ChooseModel.InTimeLeft(recipe with { TimeLimit = 1 }, TimeSpan.FromSeconds(9)).TimeLimit.ShouldBe(1);
        ChooseModel.InTimeLeft(recipe with { Deterministic = true }, TimeSpan.FromSeconds(120)).TimeLimit.ShouldBe(300);
    }
}
