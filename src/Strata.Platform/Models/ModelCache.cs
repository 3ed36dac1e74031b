using Strata.Learning;

namespace Strata.Platform.Models;

/// <summary>Loaded models by the hash of their file: the longest unused go first when the files together grow past the limit.</summary>
internal sealed class ModelCache(long mostBytes)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> byHash = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> byUse = [];
    private long bytes;

    /// <summary>The loaded model; two callers who ask at once wait for the same load.</summary>
    public IModel Get(string hash, long fileBytes, Func<string, IModel> load)
    {
        Lazy<IModel> model;
        lock (gate)
        {
            model = Find(hash) ?? Add(hash, fileBytes, load);
        }

        try
        {
            return model.Value;
        }
        catch
        {
            Forget(hash);
            throw;
        }
    }

    public void Forget(string hash)
    {
        lock (gate)
        {
            if (byHash.Remove(hash, out LinkedListNode<Entry>? node))
            {
                byUse.Remove(node);
                bytes -= node.Value.Bytes;
            }
        }
    }

    private Lazy<IModel>? Find(string hash)
    {
        if (!byHash.TryGetValue(hash, out LinkedListNode<Entry>? node))
        {
            return null;
        }

        byUse.Remove(node);
        byUse.AddFirst(node);
        return node.Value.Model;
    }

    private Lazy<IModel> Add(string hash, long fileBytes, Func<string, IModel> load)
    {
        var model = new Lazy<IModel>(() => load(hash));
        byHash[hash] = byUse.AddFirst(new Entry(hash, fileBytes, model));
        bytes += fileBytes;
        while (bytes > mostBytes && byUse.Count > 1)
        {
            Forget(byUse.Last!.Value.Hash);
        }

        return model;
    }

    private sealed record Entry(string Hash, long Bytes, Lazy<IModel> Model);
}
