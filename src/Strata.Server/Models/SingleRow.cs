using System.Runtime.CompilerServices;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Trees;

namespace Strata.Server.Models;

/// <summary>Predicts one row by a model's own way for single rows, where it has one: the same bits as for a table, without the work that only pays for many rows.</summary>
internal static class SingleRow
{
    private static readonly ConditionalWeakTable<IModel, Way> Ways = [];

    /// <param name="model">The model.</param>
    /// <param name="rows">Conformed to the model's features.</param>
    /// <returns>Null where there is not one row, or no such way.</returns>
    public static Predictions? Predict(IModel model, Frame rows)
    {
        if (rows.RowCount != 1 || Ways.GetValue(model, known => new Way(RowPredictor.For(known))).Predictor is not RowPredictor predictor)
        {
            return null;
        }

        double[] row = [.. predictor.Signature.Features.Names.Select(name => rows[name].NumberAt(0))];
        var scores = new double[predictor.ScoreCount];
        var values = new double[predictor.ValueCount];
        predictor.Predict(row, scores, values);
        return predictor.Signature.Task.IsClassification() ? Predictions.OfProbabilities(predictor.Signature.Classes, scores, values) : Predictions.OfNumbers(values, scores);
    }

    private sealed record Way(RowPredictor? Predictor);
}
