using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Preparation;

/// <summary>Fills missing numbers by going through the equations learned, in the order in which they were learned.</summary>
internal sealed class IterativeImputation(string name, GapColumns columns, double[] means, IReadOnlyList<ChainedEquation> equations, IReadOnlyList<string> notes) : IFittedStep, IOnnxStep
{
    public string Name { get; } = name;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Origins { get; } = columns.Origins;

    public bool DependsOnOriginsOnly => false;

    public IReadOnlyList<string> Notes { get; } = notes;

    public Frame Apply(Frame rows) => Apply(rows, CancellationToken.None);

    public Frame Apply(Frame rows, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Apply(rows, context.Cancellation);
    }

    private Frame Apply(Frame rows, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        double[][] numbers = columns.Read(rows);
        bool[][] missing = [.. numbers.Select(column => Array.ConvertAll(column, double.IsNaN))];
        ChainedEquation.Start(numbers, missing, means);
        foreach (ChainedEquation equation in equations)
        {
            cancellation.ThrowIfCancellationRequested();
            equation.Fill(numbers, missing[equation.Column]);
        }

        return columns.Filled(rows, numbers);
    }

    OnnxTable IOnnxStep.Export(OnnxTable rows)
    {
        OnnxValue[] given = [.. columns.Numbers.Select(name => rows[name])], missing = [.. given.Select(value => value.IsMissing())];
        OnnxValue[] numbers = [.. given.Select((value, j) => missing[j].Choose(value.Same(means[j]), value))];
        foreach (ChainedEquation equation in equations)
        {
            OnnxValue weights = rows.Graph.Constant("equation", OnnxElement.Double, [numbers.Length, 1], equation.Coefficients.Select((weight, j) => j == equation.Column ? 0 : weight));
            numbers[equation.Column] = missing[equation.Column].Choose(rows.Graph.Join(numbers).MatrixProduct(weights) + equation.Intercept, numbers[equation.Column]);
        }

        return columns.Filled(rows, numbers, missing);
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        columns.Write(writer);
        writer.Set("notes", Notes);
        writer.Tensor("means", means, means.Length);
        writer.Tensor("targets", equations.Select(equation => equation.Column).ToArray(), equations.Count);
        writer.Tensor("intercepts", equations.Select(equation => equation.Intercept).ToArray(), equations.Count);
        writer.Tensor("coefficients", equations.SelectMany(equation => equation.Coefficients).ToArray(), equations.Count, means.Length);
    }

    public static IterativeImputation Read(string name, ModelReader reader)
    {
        GapColumns columns = GapColumns.Read(reader);
        int width = columns.Numbers.Count;
        int[] targets = reader.Tensor<int>("targets", -1);
        double[] intercepts = reader.Tensor<double>("intercepts", targets.Length), coefficients = reader.Tensor<double>("coefficients", targets.Length, width);
        return targets.Any(target => target < 0 || target >= width)
            ? throw new ModelFileException($"Step '{name}' in the model file predicts a column that it does not have.")
            : new IterativeImputation(
                name, columns, reader.Tensor<double>("means", width), [.. targets.Select((target, i) => new ChainedEquation(target, coefficients[(i * width)..((i + 1) * width)], intercepts[i]))], reader.Items<string>("notes"));
    }
}
