using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural.Layers;
using Strata.Learning.Neural.Tables;
using Strata.Learning.Neural.Training;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Neural;

/// <summary>A fitted network for tables.</summary>
public sealed class TableNetworkModel : IModel
{
    private const int RowsAtATime = 1024;

    private readonly TableNetworkRecipe recipe;
    private readonly TableEncoding encoding;
    private readonly TableNetwork network;
    private readonly NetworkTarget target;

    internal TableNetworkModel(TableNetworkRecipe recipe, ModelSignature signature, TableEncoding encoding, TableNetwork network, NetworkTarget target, IReadOnlyList<string> notes)
    {
        (this.recipe, Signature, this.encoding, this.network, this.target, Notes) = (recipe, signature, encoding, network, target, notes);
    }

    public string Algorithm => recipe.Algorithm;

    public ModelSignature Signature { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <summary>How many numbers were learned.</summary>
    public long ParameterCount => network.Parameters.Sum(parameter => (long)parameter.Shape.Count);

    /// <summary>Reads back a model that a recipe of this type made.</summary>
    public static TableNetworkModel Read<TRecipe>(ModelReader reader)
        where TRecipe : TableNetworkRecipe
    {
        ArgumentNullException.ThrowIfNull(reader);
        ModelSignature signature = ModelSignature.Read(reader);
        TRecipe recipe = reader.Get<TRecipe>("recipe");
        NetworkTarget target = reader.Get<NetworkTarget>("scale");
        string?[] notes = reader.Get<string?[]>("notes");
        if (!signature.Task.HasTarget() || notes.Contains(null) || !double.IsFinite(target.Mean) || !(target.Deviation > 0) || !double.IsFinite(target.Deviation))
        {
            throw new ModelFileException("The network in the model file is of a kind or scale that there is not.");
        }

        if (!DeclaredRanges.Hold(recipe))
        {
            throw new ModelFileException("A setting of the network in the model file is out of its range.");
        }

        TableEncoding encoding = TableEncoding.Read(reader, signature.Features);
        var network = new TableNetwork(recipe, encoding, signature.OutputCount, random: null);
        foreach (Parameter<float> parameter in network.State)
        {
            float[] values = reader.Tensor<float>(parameter.Name, Lengths(parameter.Shape));
            if (!values.All(float.IsFinite))
            {
                throw new ModelFileException($"A number of '{parameter.Name}' in the model file is not finite.");
            }

            values.CopyTo(parameter.Values);
        }

        return new TableNetworkModel(recipe, signature, encoding, network, target, notes!);
    }

    public Predictions Predict(Frame rows, int threads = 1)
    {
        EncodedRows encoded = encoding.Encode(Signature.Features.Conform(rows));
        using var team = new ThreadTeam(Math.Max(1, threads));
        using var backend = new CpuBackend(team);
        using var tape = new Tape<float>(backend) { IsRecording = false };
        return target.Predict(Signature, Scores(network, encoded, Signature.OutputCount, tape));
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        writer.Set("recipe", (object)recipe);
        writer.Set("scale", target);
        writer.Set("notes", Notes);
        encoding.Write(writer);
        foreach (Parameter<float> parameter in network.State)
        {
            writer.Tensor(parameter.Name, (ReadOnlySpan<float>)parameter.Values, Lengths(parameter.Shape));
        }
    }

    /// <summary>Raw scores [rows, outputs], some rows at a time.</summary>
    internal static float[] Scores(TableNetwork network, EncodedRows rows, int outputs, Tape<float> tape, CancellationToken cancellation = default)
    {
        var scores = new float[rows.Count * outputs];
        var batch = new TableBatch(rows, Math.Min(RowsAtATime, rows.Count));
        Span<int> some = stackalloc int[RowsAtATime];
        for (int start = 0; start < rows.Count; start += RowsAtATime)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(RowsAtATime, rows.Count - start);
            for (int i = 0; i < count; i++)
            {
                some[i] = start + i;
            }

            batch.Fill(rows, some[..count]);
            tape.Reset();
            network.Apply(batch, new Pass(tape, null)).Values.CopyTo(scores.AsSpan(start * outputs));
        }

        return scores;
    }

    private static int[] Lengths(Shape shape) => [.. Enumerable.Range(0, shape.Dimensions).Select(i => shape[i])];
}
