using Strata.Platform.Datasets;
using Strata.Platform.Storage;

namespace Strata.Platform.Features;

/// <summary>The values of the groups that are asked for most lately, in memory for serving.</summary>
internal sealed class ValuesCache(BlobStore blobs)
{
    private const long MostBytes = 512L << 20;

    private readonly Lock gate = new();
    private readonly LinkedList<(string Blob, long Bytes, FeatureValues Values)> held = [];

    public FeatureValues Of(FeatureGroup group)
    {
        string blob = group.Values?.Blob ?? throw new ConflictException($"The feature group '{group.Name}' has no values yet. Materialise it first.");
        lock (gate)
        {
            for (var node = held.First; node is not null; node = node.Next)
            {
                if (node.Value.Blob == blob)
                {
                    held.Remove(node);
                    held.AddFirst(node);
                    return node.Value.Values;
                }
            }

            using FileStream file = blobs.Open(blob);
            var values = new FeatureValues(group.Plan, FrameFile.Read(file));
            held.AddFirst((blob, file.Length, values));
            while (held.Count > 1 && held.Sum(one => one.Bytes) > MostBytes)
            {
                held.RemoveLast();
            }

            return values;
        }
    }
}
