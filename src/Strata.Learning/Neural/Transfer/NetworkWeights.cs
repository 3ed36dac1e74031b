using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;

namespace Strata.Learning.Neural.Transfer;

/// <summary>The weights of fitted networks as safetensors, under PyTorch's names and in its shapes.</summary>
public static class NetworkWeights
{
    /// <param name="model">A network, alone or behind its preparation.</param>
    /// <exception cref="DataException">The model is no network.</exception>
    public static Safetensors Of(IModel model)
    {
        NetworkModel network = model switch
        {
            NetworkModel own => own,
            PipelineModel { Learner: NetworkModel behind } => behind,
            _ => throw new DataException($"A model of '{model?.Algorithm}' has no weights of layers; safetensors hold those of networks."),
        };
        return Of(network.Network, WeightsMetadata.Of(network.Recipe, network.Signature.Features));
    }

    /// <summary>Reads weights from a safetensors file.</summary>
    /// <exception cref="ModelFileException">It is none.</exception>
    public static Safetensors Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Safetensors.Read(stream);
    }

    internal static Safetensors Of(Network network, IReadOnlyDictionary<string, string> metadata) =>
        new(network.State.Select(parameter => SafeTensor.Of(parameter.Name, TorchLayout.ToTorch(parameter.Values, parameter.Shape), TorchLayout.ShapeOf(parameter.Shape))), metadata);
}
