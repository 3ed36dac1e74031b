using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Vectors;

/// <summary>A number predicted by a sum of kernels.</summary>
public sealed class SvrModel : IModel, IOnnxModel
{
    private readonly VectorMachine machine;

    internal SvrModel(ModelSignature signature, VectorMachine machine, double objective, bool converged, IReadOnlyList<string> notes) =>
        (Signature, this.machine, DualObjective, Converged, Notes) = (signature, machine, objective, converged, notes);

    public string Algorithm => Svr.AlgorithmName;

    public ModelSignature Signature { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <summary>Whether the solver met its stopping rule.</summary>
    public bool Converged { get; }

    /// <summary>The value of the dual problem.</summary>
    public double DualObjective { get; }

    public int VectorCount => machine.VectorCount;

    /// <summary>What each support vector adds to a prediction, times its kernel.</summary>
    public double[] DualCoefficients => machine.Coefficients;

    public double Intercept => machine.Intercepts[0];

    public static SvrModel Read(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ModelSignature signature = ModelSignature.Read(reader);
        string?[] notes = reader.Get<string?[]>("notes");
        return signature.Task == LearningTask.Regression && !notes.Contains(null)
            ? new SvrModel(signature, VectorMachine.Read(reader, signature.Features.Columns.Count, sums: 1), reader.Get<double>("objective"), reader.Get<bool>("converged"), notes!)
            : throw new ModelFileException("The signature of the support vector regression in the model file has classes, or a note is null.");
    }

    public Predictions Predict(Frame rows, int threads = 1) => Predictions.OfNumbers(machine.Decisions(Signature.Features.Conform(rows), threads));

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        OnnxValue sums = machine.Export(rows);
        return new OnnxAnswer(sums, sums);
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        writer.Set("notes", Notes);
        writer.Set("converged", Converged);
        writer.Set("objective", DualObjective);
        machine.Write(writer);
    }
}
