using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Layers;
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
    internal NetworkModel(NetworkRecipe recipe, ModelSignature signature, InputEncoding encoding, Network network, NetworkTarget target, IReadOnlyList<NetworkModel> others, IReadOnlyList<string> notes)
    {
        (Recipe, Signature, Encoding, Network, Target, Others, Notes) = (recipe, signature, encoding, network, target, others, notes);
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

    /// <summary>The further members of an ensemble, which predict with this one.</summary>
    internal IReadOnlyList<NetworkModel> Others { get; }

    /// <summary>How many networks predict together.</summary>
    public int MemberCount => 1 + Others.Count;

    /// <summary>Whether it says how far measurements lie from the numbers that it predicts.</summary>
    internal bool SaysVariance => NetworkObjective.SaysVariance(Recipe.Loss);

    /// <summary>How many numbers were learned.</summary>
    public long ParameterCount => Network.Parameters.Sum(parameter => (long)parameter.Shape.Count);

    /// <summary>Reads back a model that a recipe of this type made.</summary>
    public static NetworkModel Read<TRecipe>(ModelReader reader)
        where TRecipe : NetworkRecipe
    {
        ArgumentNullException.ThrowIfNull(reader);
        return ReadAs(reader.Get<TRecipe>("recipe"), reader);
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
        int? part = modality is null ? null : PartOf(modality);
        Frame conformed = Signature.Features.Conform(rows);
        using var team = new ThreadTeam(Math.Max(1, context.Threads));
        using var backend = new CpuBackend(team);
        using var tape = new Tape<float>(backend) { Cancellation = context.Cancellation };
        return NetworkAnswer.Together([.. Others.Prepend(this).SelectMany(member => member.Answers(conformed, part, tape, context.Cancellation))], Signature);
    }

    OnnxAnswer IOnnxModel.Export(OnnxTable rows) => Recipe.DropoutSamples > 0
        ? throw new DataException("The network predicts by samples of dropout, which a graph cannot draw; train it with dropout_samples = 0 to export it.")
        : NetworkAnswer.Export([.. Others.Prepend(this).Select(member => member.Export(rows))], Signature);

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        writer.Set("recipe", (object)Recipe);
        writer.Set("notes", Notes);
        WriteNetwork(writer);
        for (int i = 0; i < Others.Count; i++)
        {
            Others[i].WriteNetwork(writer.Section(SectionOf(i)));
        }
    }

    /// <summary>One model of several that the same recipe made of the same table.</summary>
    internal static NetworkModel Together(IReadOnlyList<NetworkModel> members)
    {
        NetworkModel first = members[0];
        return new NetworkModel(first.Recipe, first.Signature, first.Encoding, first.Network, first.Target, [.. members.Skip(1)], [.. members.SelectMany(member => member.Notes).Distinct()]);
    }

    /// <summary>Reads back a model that this recipe made.</summary>
    internal static NetworkModel ReadAs(NetworkRecipe recipe, ModelReader reader)
    {
        ModelSignature signature = ModelSignature.Read(reader);
        string?[] notes = reader.Get<string?[]>("notes");
        if (!signature.Task.HasTarget() || notes.Contains(null))
        {
            throw new ModelFileException("The network in the model file is of a kind that there is not.");
        }

        if (!DeclaredRanges.Hold(recipe) || (NetworkObjective.SaysVariance(recipe.Loss) && signature.Task != LearningTask.Regression))
        {
            throw new ModelFileException("A setting of the network in the model file is out of its range.");
        }

        var others = new List<NetworkModel>();
        while (others.Count < recipe.EnsembleMembers - 1 && reader.HasSection(SectionOf(others.Count)))
        {
            others.Add(ReadNetwork(recipe, signature, reader.Section(SectionOf(others.Count)), [], []));
        }

        return ReadNetwork(recipe, signature, reader, others, notes!);
    }

    private static NetworkModel ReadNetwork(NetworkRecipe recipe, ModelSignature signature, ModelReader reader, IReadOnlyList<NetworkModel> others, IReadOnlyList<string> notes)
    {
        NetworkTarget target = reader.Get<NetworkTarget>("scale");
        if (!double.IsFinite(target.Mean) || !(target.Deviation > 0) || !double.IsFinite(target.Deviation))
        {
            throw new ModelFileException("The network in the model file is of a scale that there is not.");
        }

        InputEncoding encoding = InputEncoding.Read(reader, signature.Features, recipe.Inputs);
        Network network = Built(recipe, encoding, NetworkObjective.Outputs(recipe.Loss, signature));
        foreach (Parameter<float> parameter in network.State)
        {
            float[] values = reader.Tensor<float>(parameter.Name, Lengths(parameter.Shape));
            if (!values.All(float.IsFinite))
            {
                throw new ModelFileException($"A number of '{parameter.Name}' in the model file is not finite.");
            }

            values.CopyTo(parameter.Values);
        }

        return new NetworkModel(recipe, signature, encoding, network, target, others, notes);
    }

    /// <summary>Where a further member of an ensemble is in the model file; the first is at the top, as a single network is.</summary>
    private static string SectionOf(int other) => $"member_{other + 2}";

    private void WriteNetwork(ModelWriter writer)
    {
        writer.Set("scale", Target);
        Encoding.Write(writer);
        foreach (Parameter<float> parameter in Network.State)
        {
            writer.Tensor(parameter.Name, (ReadOnlySpan<float>)parameter.Values, Lengths(parameter.Shape));
        }
    }

    private int PartOf(string modality)
    {
        int part = Modalities.Index().Where(known => known.Item == modality).Select(known => known.Index).FirstOrDefault(-1);
        return part >= 0 ? part : throw new DataException($"There is no modality '{modality}' in this network{(Modalities.Count == 0 ? ", which joins nothing" : $"; it joins {string.Join(", ", Modalities)}")}.");
    }

    private OnnxAnswer Export(OnnxTable rows)
    {
        OnnxValue scores = Network.Export(Encoding.Export(rows));
        return Target.Export(Signature, SaysVariance ? scores.Slice(1, 0, 1) : scores);
    }

    /// <summary>What this network alone says: once, or as often as samples of it are asked for.</summary>
    private IEnumerable<NetworkAnswer> Answers(Frame conformed, int? without, Tape<float> tape, CancellationToken cancellation)
    {
        EncodedRows rows = Encoding.Encode(conformed);
        rows = without is int part ? rows.LeavingOut(part) : rows;
        for (int sample = 0; sample < Math.Max(1, Recipe.DropoutSamples); sample++)
        {
            ThinnedNetwork? thinned = Recipe.DropoutSamples > 0 ? new ThinnedNetwork((ulong)sample) : null;
            float[] scores = NetworkScores.Of(Network, rows, NetworkObjective.Outputs(Recipe.Loss, Signature), tape, thinned, cancellation);
            yield return SaysVariance ? Target.AnswerWithVariance(scores) : Target.Answer(Signature, scores);
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
