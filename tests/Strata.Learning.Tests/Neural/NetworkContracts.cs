using Strata.Learning.ModelFiles;
using Strata.Learning.Neural;
using Strata.Testing;

namespace Strata.Learning.Tests.Neural;

/// <summary>Networks meet rows in an order of chance, so that weights, copies and the order of rows change a little; all else they promise as every recipe does.</summary>
public abstract class NetworkContract(LearningTask task) : RecipeContract(task)
{
    protected override double WeightTolerance => Task == LearningTask.Regression ? 6 : 0.5;

    protected override double RowOrderTolerance => WeightTolerance;
}

public abstract class MlpContract(LearningTask task) : NetworkContract(task)
{
    protected override IRecipe Recipe => new Mlp { Epochs = 15, Layers = 2, Width = 24, LearningRate = 5e-3 };

    protected override IModel Read(ModelReader reader) => NetworkModel.Read<Mlp>(reader);
}

public sealed class MlpBinaryContract() : MlpContract(LearningTask.BinaryClassification);

public sealed class MlpMulticlassContract() : MlpContract(LearningTask.MulticlassClassification);

public sealed class MlpRegressionContract() : MlpContract(LearningTask.Regression);

public abstract class ResnetTabularContract(LearningTask task) : NetworkContract(task)
{
    protected override IRecipe Recipe => new ResnetTabular { Epochs = 12, Blocks = 2, Width = 16, LearningRate = 5e-3 };

    protected override IModel Read(ModelReader reader) => NetworkModel.Read<ResnetTabular>(reader);
}

public sealed class ResnetTabularMulticlassContract() : ResnetTabularContract(LearningTask.MulticlassClassification);

public sealed class ResnetTabularRegressionContract() : ResnetTabularContract(LearningTask.Regression);

/// <summary>Two networks that say a mean and a variance each.</summary>
public sealed class MlpEnsembleContract() : NetworkContract(LearningTask.Regression)
{
    protected override IRecipe Recipe => new Mlp { Epochs = 8, Layers = 2, Width = 16, LearningRate = 5e-3, EnsembleMembers = 2, Loss = NetworkLoss.GaussianNll };

    protected override IModel Read(ModelReader reader) => NetworkModel.Read<Mlp>(reader);
}

/// <summary>Predicts by samples of dropout.</summary>
public sealed class MlpSamplesContract() : NetworkContract(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new Mlp { Epochs = 10, Layers = 2, Width = 24, LearningRate = 5e-3, DropoutSamples = 4 };

    protected override IModel Read(ModelReader reader) => NetworkModel.Read<Mlp>(reader);
}
