using Strata.Platform.Storage;

namespace Strata.Platform.Models;

/// <summary>The versions of a registered model that have been in production, one after the other, as its history tells.</summary>
internal sealed class ProductionLine
{
    private static readonly string Production = JsonText.NameOf(ModelVersionStatus.Production);

    /// <summary>The last one last. Going back takes off what was gone back from, so that going back twice goes back two steps.</summary>
    private readonly List<int> line = [];

    private readonly Dictionary<int, RegistryChange> now = [];

    /// <param name="changes">All that touched production, the first first.</param>
    public ProductionLine(IEnumerable<RegistryChange> changes)
    {
        foreach (RegistryChange change in changes)
        {
            Follow(change, change.Version!.Value);
        }
    }

    /// <summary>The versions in production, each with the change that brought it there.</summary>
    public IReadOnlyCollection<RegistryChange> Now => now.Values;

    /// <summary>The version to go back to; null when there is none.</summary>
    public int? Previous => line.Where(version => !now.ContainsKey(version)).Select(version => (int?)version).LastOrDefault();

    /// <summary>Whether a version has been in production, and nobody has taken it out for itself.</summary>
    public bool Has(int version) => Been.Contains(version);

    private HashSet<int> Been { get; } = [];

    private void Follow(RegistryChange change, int version)
    {
        if (change.After == Production)
        {
            Enter(version, change);
        }
        else if (change.Before == Production)
        {
            now.Remove(version);
            if (change.What is RegistryChanges.Demoted or RegistryChanges.Deleted)
            {
                line.RemoveAll(known => known == version);
            }
        }
    }

    private void Enter(int version, RegistryChange change)
    {
        now.TryAdd(version, change);
        Been.Add(version);
        int place = line.LastIndexOf(version);
        if (change.What == RegistryChanges.RolledBack && place >= 0)
        {
            line.RemoveRange(place + 1, line.Count - place - 1);
        }
        else if (place != line.Count - 1 || place < 0)
        {
            line.Add(version);
        }
    }
}
