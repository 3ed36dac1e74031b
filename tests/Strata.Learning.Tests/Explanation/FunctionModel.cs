using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Tests.Explanation;

/// <summary>A model that is a function of its columns' numbers, and counts the rows that it is asked for.</summary>
internal sealed class FunctionModel : IModel
{
    private readonly Func<double[], double> of;
    private long asked;

    public FunctionModel(Frame like, Func<double[], double> of) => (Signature, this.of) = (new ModelSignature(LearningTask.Regression, "y", [], like.Schema), of);

    /// <summary>Of two classes; the function is the probability of 'yes'.</summary>
    public static FunctionModel OfProbability(Frame like, Func<double[], double> of) => new(like, of) { Signature = new ModelSignature(LearningTask.BinaryClassification, "y", ["no", "yes"], like.Schema) };

    public string Algorithm => "function";

    public ModelSignature Signature { get; private init; }

    public long Asked => asked;

    public Predictions Predict(Frame rows, int threads = 1)
    {
        Frame frame = Signature.Features.Conform(rows);
        Interlocked.Add(ref asked, frame.RowCount);
        double[] values = [.. Enumerable.Range(0, frame.RowCount).Select(row => of([.. frame.Columns.Select(column => column.HasNumbers ? column.NumberAt(row) : column.IsMissing(row) ? double.NaN : ((ArrayColumn)column).Values[row]!.Average())]))];
        return Signature.Task == LearningTask.Regression ? Predictions.OfNumbers(values) : Predictions.OfProbabilities(Signature.Classes, values, [.. values.SelectMany(value => new[] { 1 - value, value })]);
    }

    public void Write(ModelWriter writer) => throw new InvalidOperationException();
}
