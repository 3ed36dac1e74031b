using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Validation;

/// <summary>Looks at no column: the classes' shares of the training weight, or the weighted mean. What others are measured against.</summary>
public sealed record Baseline : IRecipe<BaselineModel>
{
    public const string AlgorithmName = "baseline";

    public string Algorithm => AlgorithmName;

    public BaselineModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        table.RequireSomethingToLearn();
        Target.Require(table.Target);
        context.Cancellation.ThrowIfCancellationRequested();
        double total = table.Weights?.Sum() ?? table.RowCount;
        var answer = new double[Math.Max(1, table.Target.Classes.Count)];
        for (int row = 0; row < table.RowCount; row++)
        {
            double share = (table.Weights?[row] ?? 1) / total;
            switch (table.Target)
            {
                case ClassTarget classes:
                    answer[classes.Codes[row]] += share;
                    break;
                case NumberTarget numbers:
                    answer[0] += share * numbers.Values[row];
                    break;
            }
        }

        context.Progress?.Report(new FitProgress(0, 1, new Dictionary<string, double>()));
        return new BaselineModel(ModelSignature.Of(table), answer);
    }
}

/// <summary>The same answer for every row. Its raw scores are the shares (of class 1 for two classes) or the mean.</summary>
public sealed class BaselineModel : IModel, IOnnxModel
{
    private readonly double[] answer;

    internal BaselineModel(ModelSignature signature, double[] answer)
    {
        Signature = signature;
        this.answer = answer;
    }

    public string Algorithm => Baseline.AlgorithmName;

    public ModelSignature Signature { get; }

    public static BaselineModel Read(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var signature = ModelSignature.Read(reader);
        double[] answer = reader.Tensor<double>("answer", Math.Max(1, signature.Classes.Count));
        bool sound = signature.Task.IsClassification() ? answer.All(share => share is >= 0 and <= 1) && Math.Abs(answer.Sum() - 1) < 1e-6 : double.IsFinite(answer[0]);
        return sound && signature.Task.HasTarget() ? new BaselineModel(signature, answer) : throw new ModelFileException("The baseline in the model file holds neither shares nor a mean.");
    }

    public Predictions Predict(Frame rows, int threads = 1)
    {
        int count = Signature.Features.Conform(rows).RowCount;
        double[] values = [.. Enumerable.Range(0, count).SelectMany(_ => answer)];
        return !Signature.Task.IsClassification() ? Predictions.OfNumbers(values)
            : Predictions.OfProbabilities(Signature.Classes, answer.Length == 2 ? [.. Enumerable.Repeat(answer[1], count)] : values, values);
    }

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        OnnxValue values = rows.Repeated(answer);
        return new OnnxAnswer(values, answer.Length == 2 ? values.Slice(1, 1, 2) : values);
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        writer.Tensor("answer", answer);
    }
}
