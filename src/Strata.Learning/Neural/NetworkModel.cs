using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Training;
using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Neural;

/// <summary>A fitted network.</summary>
public sealed class NetworkModel : IModel, IOnnxModel
{
    internal NetworkModel(NetworkRecipe recipe, ModelSignature signature, InputEncoding encoding, Network network, NetworkTarget target, IReadOnlyList<string> notes)
    {
        (Recipe, Signature, Encoding, Network, Target, Notes) = (recipe, signature, encoding, network, target, notes);
    }

    public string Algorithm => Recipe.Algorithm;

    public ModelSignature Signature { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <summary>What is joined: the columns of arrays, and <c>table</c> for all others together; empty where there is nothing to join.</summary>
    public IReadOnlyList<string> Modalities => Network.StandIns.Count > 1 ? Encoding.PartNames : [];

    /// <summary>Whether it reads arrays, and not only a table.</summary>
    public bool TakesArrays => Encoding.Arrays.Count > 0;

    /// <summary>Whether the numbers of a table are its one series.</summary>
    public bool ReadsWideTable => Encoding.IsWide;

    internal NetworkRecipe Recipe { get; }

    internal InputEncoding Encoding { get; }

    internal Network Network { get; }

    internal NetworkTarget Target { get; }

    /// <summary>How many numbers were learned.</summary>
    public long ParameterCount => Network.Parameters.Sum(parameter => (long)parameter.Shape.Count);

    /// <summary>Reads back a model that a recipe of this type made.</summary>
    public static NetworkModel Read<TRecipe>(ModelReader reader)
        where TRecipe : NetworkRecipe
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

        InputEncoding encoding = InputEncoding.Read(reader, signature.Features, recipe.Inputs);
        Network network = Built(recipe, encoding, signature.OutputCount);
        foreach (Parameter<float> parameter in network.State)
        {
            float[] values = reader.Tensor<float>(parameter.Name, Lengths(parameter.Shape));
            if (!values.All(float.IsFinite))
            {
                throw new ModelFileException($"A number of '{parameter.Name}' in the model file is not finite.");
            }

            values.CopyTo(parameter.Values);
        }

        return new NetworkModel(recipe, signature, encoding, network, target, notes!);
    }

    public Predictions Predict(Frame rows, int threads = 1) => PredictWithout(null, rows, new FitContext { Threads = threads });

    /// <summary>Predicts each row as if the cells of one modality were missing.</summary>
    /// <param name="modality">One of <see cref="Modalities"/>; null leaves none out.</param>
    /// <param name="rows">As for <see cref="Predict"/>.</param>
    /// <param name="context">Threads, and cancellation between batches.</param>
    /// <exception cref="DataException">There is no such modality, a column is missing or holds values of another kind.</exception>
    public Predictions PredictWithout(string? modality, Frame rows, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        EncodedRows encoded = Encoding.Encode(Signature.Features.Conform(rows));
        if (modality is not null)
        {
            int part = Modalities.Index().Where(known => known.Item == modality).Select(known => known.Index).FirstOrDefault(-1);
            encoded = part < 0 ? throw new DataException($"There is no modality '{modality}' in this network{(Modalities.Count == 0 ? ", which joins nothing" : $"; it joins {string.Join(", ", Modalities)}")}.") : encoded.LeavingOut(part);
        }

        using var team = new ThreadTeam(Math.Max(1, context.Threads));
        using var backend = new CpuBackend(team);
        using var tape = new Tape<float>(backend);
        return Target.Predict(Signature, NetworkScores.Of(Network, encoded, Signature.OutputCount, tape, context.Cancellation));
    }

    OnnxAnswer IOnnxModel.Export(OnnxTable rows) => Target.Export(Signature, Network.Export(Encoding.Export(rows)));

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        writer.Set("recipe", (object)Recipe);
        writer.Set("scale", Target);
        writer.Set("notes", Notes);
        Encoding.Write(writer);
        foreach (Parameter<float> parameter in Network.State)
        {
            writer.Tensor(parameter.Name, (ReadOnlySpan<float>)parameter.Values, Lengths(parameter.Shape));
        }
    }

    /// <summary>The network of a file, whose settings may each be allowed but together ask for more than there can be.</summary>
    private static Network Built(NetworkRecipe recipe, InputEncoding encoding, int outputs)
    {
        try
        {
            return recipe.Build(encoding, outputs, random: null);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw new ModelFileException("The network in the model file is of a size that there cannot be.", e);
        }
    }

    private static int[] Lengths(Shape shape) => [.. Enumerable.Range(0, shape.Dimensions).Select(i => shape[i])];
}
