using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Bayes;

/// <summary>
/// Quadratic discriminant analysis: classes that are normally distributed, each with a covariance of its own. Without regularization, columns that others
/// determine within a class are left out and noted. Takes complete numbers only; learns in two passes.
/// </summary>
public sealed record QuadraticDiscriminant : IRecipe<QuadraticDiscriminantModel>
{
    internal const string AlgorithmName = "quadratic_discriminant";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("How far each class's covariance is drawn towards the identity, 0 to 1.", Min = 0, Max = 1, SearchMin = 0, SearchMax = 1, Aliases = ["reg_param"])]
    public double Regularization { get; init; }

    public QuadraticDiscriminantModel Fit(TrainingTable table, FitContext context)
    {
        ClassRows rows = ClassRows.Of(table, context);
        DataException.ThrowIfAny([.. table.Target.Classes
            .Where((_, code) => rows.ClassWeights[code] is > 0 and <= 1)
            .Select(name => $"Class '{name}' has a single row; a covariance needs at least two.")]);
        var moments = ClassMoments.Of(rows, context.Cancellation);
        double[] scales = moments.Spreads(context.Cancellation);
        SquareMatrix?[] covariances = [.. rows.ClassWeights.Select((weight, code) => weight > 0 ? Covariance(rows, moments, code, scales, context.Cancellation) : null)];
        int[] kept = Independent(covariances, context.Cancellation);
        string[] names = [.. table.Features.Names], left = [.. Enumerable.Range(0, names.Length).Except(kept).Select(j => names[j])];
        if (kept.Length == 0)
        {
            throw new DataException($"Within some class no column varies on its own: {NearNames.List(left, 12)}. Set regularization above 0.");
        }

        var model = new QuadraticDiscriminantModel(
            ModelSignature.Of(table),
            kept,
            [.. kept.Select(j => scales[j])],
            [.. covariances.SelectMany((_, code) => kept.Select(j => moments.Means[code * names.Length + j]))],
            [.. covariances.SelectMany(covariance => covariance is null ? Identity(kept.Length) : IndependentColumns.Of(covariance, kept, context.Cancellation).Dense())],
            rows.LogPriors(fitPrior: true),
            [.. rows.Notes(table.Target), .. left.Length == 0 ? [] : new[] { $"Left out, because other columns determine them within a class: {NearNames.List(left, 12)}. A regularization above 0 keeps them." }]);
        FinishedFit.Report(model, table, context);
        return model;
    }

    private SquareMatrix Covariance(ClassRows rows, ClassMoments moments, int code, double[] scales, CancellationToken cancellation)
    {
        SquareMatrix covariance = moments.Scatter(code, scales, cancellation);
        for (int i = 0; i < covariance.Values.Length; i++)
        {
            covariance.Values[i] *= (1 - Regularization) / (rows.ClassWeights[code] - 1);
        }

        for (int j = 0; j < scales.Length; j++)
        {
            covariance[j, j] += Regularization / (scales[j] * scales[j]);
        }

        return covariance;
    }

    /// <summary>The columns that are independent of those before them in every class.</summary>
    private static int[] Independent(SquareMatrix?[] covariances, CancellationToken cancellation)
    {
        int[] kept = [.. Enumerable.Range(0, covariances.OfType<SquareMatrix>().First().Size)];
        foreach (SquareMatrix covariance in covariances.OfType<SquareMatrix>())
        {
            kept = IndependentColumns.Of(covariance, kept, cancellation).Kept;
        }

        return kept;
    }

    private static double[] Identity(int size)
    {
        var identity = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            identity[i * size + i] = 1;
        }

        return identity;
    }
}
