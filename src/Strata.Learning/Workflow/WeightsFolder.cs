using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural.Transfer;

namespace Strata.Learning.Workflow;

/// <summary>The pretrained weights of one folder, each a safetensors file with its card.</summary>
public sealed class WeightsFolder(string path)
{
    private const string Extension = ".safetensors";

    /// <summary>The cards of all that have one, by name.</summary>
    public IReadOnlyList<WeightsCard> Cards() => Directory.Exists(path)
        ? [.. Directory.EnumerateFiles(path, "*" + Extension).Order(StringComparer.Ordinal).Select(file => WeightsCard.Of(NetworkWeights.Read(file))).OfType<WeightsCard>()]
        : [];

    /// <summary>The weights of that name, or null.</summary>
    /// <exception cref="ModelFileException">Their file is damaged.</exception>
    public Safetensors? TryRead(string name) => IsName(name) && File.Exists(FileOf(name)) ? NetworkWeights.Read(FileOf(name)) : null;

    /// <summary>Keeps weights under their card's name, in place of others of that name.</summary>
    /// <exception cref="DataException">The name is none that a file can have.</exception>
    public void Add(WeightsCard card, Safetensors weights)
    {
        ArgumentNullException.ThrowIfNull(card);
        if (!IsName(card.Name))
        {
            throw new DataException($"'{card.Name}' cannot name weights; take letters, digits, '_', '-' and '.', a letter or digit first.");
        }

        Directory.CreateDirectory(path);
        WholeFile.Write(FileOf(card.Name), card.AddTo(weights).Write);
    }

    private string FileOf(string name) => Path.Combine(path, name + Extension);

    private static bool IsName(string name) => name.Length is > 0 and <= 100 && char.IsAsciiLetterOrDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');
}
