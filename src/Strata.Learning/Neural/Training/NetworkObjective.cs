using System.Buffers;
using Strata.Learning.Data;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Training;

/// <summary>What a training lowers, and how that is reported.</summary>
internal sealed class NetworkObjective
{
    private readonly NetworkLoss loss;
    private readonly double setting, smoothing;
    private readonly bool isBinary;

    /// <exception cref="DataException">The recipe's loss is not of this kind of target, or its setting is out of range.</exception>
    public NetworkObjective(NetworkRecipe recipe, ModelSignature signature)
    {
        (smoothing, isBinary) = (recipe.LabelSmoothing, signature.Task == LearningTask.BinaryClassification);
        loss = Of(recipe.Loss, signature);
        setting = recipe.LossSetting ?? Usual(loss);
        bool isRange = loss switch
        {
            NetworkLoss.Quantile => setting is > 0 and < 1,
            NetworkLoss.Huber => setting > 0,
            NetworkLoss.BetaNll => setting is >= 0 and <= 1,
            _ => setting >= 0,
        };
        if (!isRange)
        {
            throw new DataException($"loss_setting is {setting}, but {Name(loss)} takes {(loss == NetworkLoss.Quantile ? "a quantile between 0 and 1" : loss == NetworkLoss.BetaNll ? "a power from 0 to 1" : "a number above 0")}.");
        }
    }

    /// <summary>Raw scores that a network needs for each row: two for a mean with a variance.</summary>
    public static int Outputs(NetworkLoss loss, ModelSignature signature) => SaysVariance(loss) ? 2 : signature.OutputCount;

    /// <summary>Whether it makes networks say how far measurements lie from what they predict.</summary>
    public static bool SaysVariance(NetworkLoss loss) => loss is NetworkLoss.GaussianNll or NetworkLoss.BetaNll;

    /// <summary>The name of the loss in reports.</summary>
    public string Metric => loss switch
    {
        NetworkLoss.CrossEntropy => "log_loss",
        NetworkLoss.SquaredError => "rmse",
        NetworkLoss.AbsoluteError => "mae",
        NetworkLoss.Quantile => "pinball",
        _ => Name(loss),
    };

    /// <summary>A mean loss as it is reported: errors in the target's unit.</summary>
    /// <param name="value">In deviations of the target.</param>
    /// <param name="deviation">Of the target.</param>
    public double Reported(double value, double deviation) => loss switch
    {
        NetworkLoss.SquaredError => Math.Sqrt(value) * deviation,
        NetworkLoss.AbsoluteError or NetworkLoss.Quantile => value * deviation,
        _ => value,
    };

    /// <summary>The mean loss of some rows, weights not all zero.</summary>
    /// <param name="scores">[rows, outputs].</param>
    /// <param name="targets">Numbers in deviations, or class codes; of two classes also shares of class 1.</param>
    /// <param name="codes">The codes of several classes.</param>
    /// <param name="weights">A weight a row.</param>
    /// <param name="isLearning">Labels are smoothed and variances weighed while learning, but not to judge.</param>
    public Variable<float> Loss(Variable<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<int> codes, ReadOnlySpan<float> weights, bool isLearning)
    {
        Tape<float> tape = scores.Tape;
        switch (loss)
        {
            case NetworkLoss.CrossEntropy or NetworkLoss.Focal when isBinary && isLearning && smoothing > 0:
                float[] rented = ArrayPool<float>.Shared.Rent(targets.Length);
                for (int row = 0; row < targets.Length; row++)
                {
                    rented[row] = (float)(targets[row] * (1 - smoothing) + 0.5 * smoothing);
                }

                Variable<float> smoothed = OfTwo(scores, rented.AsSpan(0, targets.Length), weights);
                ArrayPool<float>.Shared.Return(rented);
                return smoothed;
            case NetworkLoss.CrossEntropy or NetworkLoss.Focal when isBinary:
                return OfTwo(scores, targets, weights);
            case NetworkLoss.CrossEntropy:
                return tape.CrossEntropy(scores, codes, weights, isLearning ? smoothing : 0);
            case NetworkLoss.Focal:
                return tape.Focal(scores, codes, setting, weights);
            case NetworkLoss.GaussianNll:
                return tape.GaussianLikelihood(scores, targets, weights: weights);
            case NetworkLoss.BetaNll:
                return tape.GaussianLikelihood(scores, targets, beta: isLearning ? setting : 0, weights: weights);
            default:
                return tape.Loss(scores, targets, OfNumbers(loss), setting, weights);
        }
    }

    private static NetworkLoss Of(NetworkLoss asked, ModelSignature signature)
    {
        bool isNumber = signature.Task == LearningTask.Regression;
        if (asked == NetworkLoss.Auto)
        {
            return isNumber ? NetworkLoss.SquaredError : NetworkLoss.CrossEntropy;
        }

        bool isOfClasses = asked is NetworkLoss.CrossEntropy or NetworkLoss.Focal;
        return isOfClasses != isNumber ? asked : throw new DataException(
            $"Loss {Name(asked)} is of {(isOfClasses ? "classes" : "numbers")}, but '{signature.Target}' is {(isNumber ? "a number; take squared_error, absolute_error, huber, quantile, gaussian_nll or beta_nll" : "a class; take cross_entropy or focal")}.");
    }

    private static double Usual(NetworkLoss loss) => loss switch
    {
        NetworkLoss.Focal => 2,
        NetworkLoss.Huber => 1,
        NetworkLoss.Quantile or NetworkLoss.BetaNll => 0.5,
        _ => 0,
    };

    private static string Name(NetworkLoss loss) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(loss.ToString());

    private static PointLoss OfNumbers(NetworkLoss loss) => loss switch
    {
        NetworkLoss.AbsoluteError => PointLoss.AbsoluteError,
        NetworkLoss.Huber => PointLoss.Huber,
        NetworkLoss.Quantile => PointLoss.Quantile,
        _ => PointLoss.SquaredError,
    };

    private Variable<float> OfTwo(Variable<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights) =>
        scores.Tape.Loss(scores, targets, loss == NetworkLoss.Focal ? PointLoss.Focal : PointLoss.Logistic, setting, weights);
}
