using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Training;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Neural;

/// <summary>A fitted network.</summary>
public sealed class NetworkModel : IModel
{
    private readonly NetworkRecipe recipe;
    private readonly InputEncoding encoding;
    private readonly Network network;
    private readonly NetworkTarget target;

    internal NetworkModel(NetworkRecipe recipe, ModelSignature signature, InputEncoding encoding, Network network, NetworkTarget target, IReadOnlyList<string> notes)
    {
        (this.recipe, Signature, this.encoding, this.network, this.target, Notes) = (recipe, signature, encoding, network, target, notes);
    }

    public string Algorithm => recipe.Algorithm;

    public ModelSignature Signature { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <summary>How many numbers were learned.</summary>
    public long ParameterCount => network.Parameters.Sum(parameter => (long)parameter.Shape.Count);

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
        Network network = recipe.Build(encoding, signature.OutputCount, random: null);
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

    public Predictions Predict(Frame rows, int threads = 1)
    {
        return Predict(encoding.Encode(Signature.Features.Conform(rows)), threads);
    }

    private Predictions Predict(EncodedRows rows, int threads)
    {
        using var team = new ThreadTeam(Math.Max(1, threads));
        using var backend = new CpuBackend(team);
        using var tape = new Tape<float>(backend);
        return target.Predict(Signature, NetworkScores.Of(network, rows, Signature.OutputCount, tape));
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

    private static int[] Lengths(Shape shape) => [.. Enumerable.Range(0, shape.Dimensions).Select(i => shape[i])];
}
