using Strata.Learning.Data;
using Strata.Learning.Neural;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Preparation;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Explanation.Deep;

/// <summary>Attributes the raw scores of networks to their inputs by gradients.</summary>
public static class DeepAttributions
{
    /// <summary>Whether a model is a network, or a pipeline that ends in one and mixes no columns.</summary>
    public static bool CanExplain(IModel model) => NetworkOf(model) is not null && Importance.PipelineOf(model)?.MixesColumns is null;

    /// <summary>For each row and output one attribution, in this order.</summary>
    /// <param name="model">A network, or a pipeline that ends in one.</param>
    /// <param name="rows">Columns are found by name and brought to the model's types first.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="DataException">The model is no network, its preparation mixes columns, or a column is missing or of another kind.</exception>
    public static IReadOnlyList<DeepAttribution> Of(IModel model, Frame rows, DeepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new DeepOptions();
        options.Check();
        NetworkModel network = NetworkOf(model) ?? throw new DataException($"A '{model.Algorithm}' model has no gradients; they are told of networks. The methods kernel and permutation explain every model.");
        PipelineModel? pipeline = Importance.PipelineOf(model);
        if (pipeline?.MixesColumns is string reason)
        {
            throw new DataException($"{reason} The methods kernel and permutation explain it.");
        }

        Frame prepared = network.Signature.Features.Conform(pipeline?.Prepare(rows) ?? rows);
        using var team = new ThreadTeam(Math.Max(1, options.Context.Threads));
        using var backend = new CpuBackend(team);
        using var tape = new Tape<float>(backend) { Cancellation = options.Context.Cancellation };
        var progress = new BlockProgress(options.Context, prepared.RowCount);
        var told = new List<DeepAttribution>();
        for (int row = 0; row < prepared.RowCount; row++)
        {
            Frame one = prepared.Take([row]);
            for (int output = 0; output < network.Signature.OutputCount; output++)
            {
                told.Add(InOriginalColumns(Attributed(network, one, row, output, options, tape), pipeline));
            }

            progress.Finished();
        }

        return told;
    }

    private static NetworkModel? NetworkOf(IModel model) => (Importance.PipelineOf(model)?.Learner ?? model) as NetworkModel;

    /// <summary>The mean over the networks of an ensemble.</summary>
    private static DeepAttribution Attributed(NetworkModel model, Frame one, int row, int output, DeepOptions options, Tape<float> tape)
    {
        NetworkModel[] members = [model, .. model.Others];
        double[] shares = options.Method == GradientMethod.IntegratedGradients ? [.. Enumerable.Range(0, options.Steps).Select(step => (step + 0.5) / options.Steps)] : [1];
        double score = 0, baseline = 0;
        double[][]? sums = null;
        Shape[] shapes = [];
        foreach (NetworkModel member in members)
        {
            EncodedRows encoded = member.Encoding.Encode(one);
            var gradients = InputGradients.Of(member.Network, encoded, output, shares, tape, options.Context.Cancellation);
            double[] ends = InputGradients.Of(member.Network, encoded, output, [1, 0], tape, options.Context.Cancellation).Scores;
            double unit = member.Target.Deviation / members.Length;
            score += ends[0] * unit + member.Target.Mean / members.Length;
            baseline += ends[1] * unit + member.Target.Mean / members.Length;
            shapes = gradients.Shapes;
            sums ??= [.. gradients.Values.Select(values => new double[values.Length])];
            for (int input = 0; input < sums.Length; input++)
            {
                for (int i = 0; i < sums[input].Length; i++)
                {
                    sums[input][i] += gradients.Values[input][i] * gradients.Gradients[input][i] * unit;
                }
            }
        }

        (ColumnAttribution[] columns, AttributionMap[] maps) = EncodedPlaces.ByColumn(model, one, sums!, shapes);
        double all = columns.Sum(column => column.Value);
        return new DeepAttribution(row, model.Signature.OutputNames[output], score, baseline, columns, maps, Math.Abs(all - (score - baseline)));
    }

    private static DeepAttribution InOriginalColumns(DeepAttribution told, PipelineModel? pipeline)
    {
        if (pipeline is null)
        {
            return told;
        }

        var sums = pipeline.Signature.Features.Names.ToDictionary(name => name, _ => 0.0, StringComparer.Ordinal);
        foreach (ColumnAttribution column in told.Columns)
        {
            foreach (OriginShare origin in pipeline.OriginsOf(column.Column))
            {
                sums[origin.Column] += origin.Share * column.Value;
            }
        }

        return told with { Columns = [.. sums.Select(sum => new ColumnAttribution(sum.Key, sum.Value))] };
    }
}
