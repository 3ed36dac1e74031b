using Shouldly;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural;
using Strata.Learning.Neural.Transfer;
using Strata.Learning.Workflow;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Neural.Transfer;

public class GivenNetworkTests
{
    [Fact]
    public void Weights_say_by_which_settings_the_same_network_is_built()
    {
        var recipe = new Mlp { Layers = 1, Width = 7, Epochs = 1, LearningRate = 0.5, Freeze = null };
        Safetensors weights = InitialWeights.Of(recipe.Fit(SampleTables.Numbers(LearningTask.Regression, 40), new FitContext { Threads = 1 }));

        GivenNetwork given = GivenNetwork.Of(weights).ShouldNotBeNull();

        given.Algorithm.ShouldBe("mlp");
        given.Settings["width"]!.GetValue<int>().ShouldBe(7);
        given.Settings.Keys.ShouldNotContain("epochs");
        given.Settings.Keys.ShouldNotContain("learning_rate");
        Mlp again = Learning.Catalog.Algorithms.Named(given.Algorithm).Recipe(given.Settings).ShouldBeOfType<Mlp>();
        (again.Layers, again.Width, again.Epochs).ShouldBe((1, 7, new Mlp().Epochs));
    }

    [Fact]
    public void Weights_from_elsewhere_say_nothing() => GivenNetwork.Of(new Safetensors([], new Dictionary<string, string>())).ShouldBeNull();
}
