using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural;
using Strata.Learning.Neural.Architectures;
using Strata.Testing;

namespace Strata.Learning.Tests.Neural.Architectures;

/// <summary>What every network for arrays promises. A row alone may go another way through matrix products than many together, which changes last digits.</summary>
public abstract class ArrayNetworkContract(LearningTask task) : NetworkContract(task)
{
    protected override double WeightTolerance => Task == LearningTask.Regression ? 8 : 0.9;

    public override void One_row_is_predicted_as_in_a_batch()
    {
        IModel model = Fitted;
        Frame rows = Sample.Features.Take([.. Enumerable.Range(0, 40)]);
        Predictions batch = model.Predict(rows);

        Predictions[] alone = [.. Enumerable.Range(0, 40).Select(row => model.Predict(rows.Take([row])))];

        alone.SelectMany(one => one.Values).Zip(batch.Values, (one, other) => Math.Abs(one - other)).Max().ShouldBeLessThan(1e-4);
    }
}

/// <summary>What every network for series promises, on generated series beside two columns of a table. Inherit it with a recipe that is quick to fit.</summary>
public abstract class SeriesNetworkContract<TRecipe>(LearningTask task) : ArrayNetworkContract(task)
    where TRecipe : SeriesNetworkRecipe
{
    protected sealed override TrainingTable Sample => SampleArrays.Series(Task);

    protected sealed override IModel Read(ModelReader reader) => NetworkModel.Read<TRecipe>(reader);
}

/// <summary>What every network for images promises.</summary>
public abstract class ImageNetworkContract<TRecipe>(LearningTask task) : ArrayNetworkContract(task)
    where TRecipe : ImageNetworkRecipe
{
    protected sealed override TrainingTable Sample => SampleArrays.Images(Task);

    protected sealed override IModel Read(ModelReader reader) => NetworkModel.Read<TRecipe>(reader);
}

/// <summary>What every network for clouds of points promises.</summary>
public abstract class PointsNetworkContract<TRecipe>(LearningTask task) : ArrayNetworkContract(task)
    where TRecipe : PointsNetworkRecipe
{
    protected sealed override TrainingTable Sample => SampleArrays.Points(Task);

    protected sealed override IModel Read(ModelReader reader) => NetworkModel.Read<TRecipe>(reader);
}

public sealed class PooledSeriesContract() : SeriesNetworkContract<PooledSeries>(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new PooledSeries { Epochs = 20, LearningRate = 1e-2 };
}

public sealed class PooledImagesContract() : ImageNetworkContract<PooledImages>(LearningTask.Regression)
{
    protected override IRecipe Recipe => new PooledImages { Epochs = 15, LearningRate = 2e-2 };
}

public sealed class PooledPointsContract() : PointsNetworkContract<PooledPoints>(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new PooledPoints { Epochs = 15, LearningRate = 2e-2, Points = 32 };
}

public sealed class FusionContract() : ArrayNetworkContract(LearningTask.MulticlassClassification)
{
    protected override TrainingTable Sample
    {
        get
        {
            TrainingTable mixed = SampleArrays.Mixed(Task);
            return mixed.WithFeatures(mixed.Features.Drop(["cloud", "picture"]));
        }
    }

    protected override IRecipe Recipe => new Fusion
    {
        Epochs = 6, LearningRate = 5e-3, Width = 16, ModalityDropout = 0, SeriesEncoder = SeriesEncoderKind.Rnn, Method = FusionMethod.Gated,
    };

    protected override IModel Read(ModelReader reader) => NetworkModel.Read<Fusion>(reader);
}
