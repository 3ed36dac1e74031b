using Strata.Learning.Neural.Architectures;

namespace Strata.Learning.Tests.Neural.Architectures;

public sealed class Cnn1dContract() : SeriesNetworkContract<Cnn1d>(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new Cnn1d { Epochs = 8, Filters = 8, Layers = 2, LearningRate = 1e-2 };
}

public sealed class Vgg1dContract() : SeriesNetworkContract<Vgg1d>(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new Vgg1d { Epochs = 8, Filters = 6, Stages = 2, TimeParts = 3, JoinedWidth = 24, JoinedDropout = 0, LearningRate = 1e-2 };
}

public sealed class Resnet1dContract() : SeriesNetworkContract<Resnet1d>(LearningTask.Regression)
{
    protected override IRecipe Recipe => new Resnet1d { Epochs = 8, Filters = 6, Blocks = 2, LearningRate = 1e-2 };
}

public sealed class InceptionTimeContract() : SeriesNetworkContract<InceptionTime>(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new InceptionTime { Epochs = 8, Filters = 4, Modules = 4, KernelSize = 8, LearningRate = 1e-2 };
}

public sealed class TcnContract() : SeriesNetworkContract<Tcn>(LearningTask.Regression)
{
    protected override IRecipe Recipe => new Tcn { Epochs = 10, Filters = 8, Blocks = 3, KernelSize = 3, LearningRate = 1e-2 };
}

public sealed class Cnn2dContract() : ImageNetworkContract<Cnn2d>(LearningTask.Regression)
{
    protected override IRecipe Recipe => new Cnn2d { Epochs = 8, Filters = 6, Stages = 2, LearningRate = 1e-2 };
}

public sealed class Resnet2dContract() : ImageNetworkContract<Resnet2d>(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new Resnet2d { Epochs = 8, Filters = 4, LearningRate = 1e-2 };
}

public sealed class PointnetContract() : PointsNetworkContract<Pointnet>(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new Pointnet { Epochs = 8, Features = 8, Points = 16, LearningRate = 1e-2, Dropout = 0 };
}
