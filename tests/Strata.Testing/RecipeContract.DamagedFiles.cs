using System.IO.Compression;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Xunit;

namespace Strata.Testing;

/// <content>A damaged model file is refused with a <see cref="ModelFileException"/>, or read to a model that still answers; nothing else happens.</content>
public abstract partial class RecipeContract
{
    private const int MostDamages = 200;

    private Frame? fewRows;

    [Fact]
    public virtual void A_model_file_with_a_damaged_value_is_refused_or_harmless()
    {
        byte[] file = FileOf(Fitted);
        int places = ValuePlaces(ManifestOf(file)["model"]!).Count();
        int stride = 1 + places / (MostDamages / 4);

        for (int place = 0; place < places; place += stride)
        {
            foreach (JsonNode? replacement in new JsonNode?[] { null, "nonsense", -1, new JsonArray() })
            {
                JsonObject manifest = ManifestOf(file);
                JsonNode damaged = ValuePlaces(manifest["model"]!).ElementAt(place);
                string path = damaged.GetPath();
                damaged.ReplaceWith(replacement?.DeepClone());
                ShouldBeRefusedOrHarmless(Rewritten(file, manifest), $"{path} set to {replacement?.ToJsonString() ?? "null"}");
            }
        }
    }

    [Fact]
    public virtual void A_model_file_with_a_damaged_tensor_is_refused_or_harmless()
    {
        byte[] file = FileOf(Fitted);
        JsonObject tensors = ManifestOf(file)["tensors"]!.AsObject();

        foreach ((string name, JsonNode? head) in tensors)
        {
            int[] shape = head!["shape"]!.AsArray().Select(length => (int)length!).ToArray();
            foreach (byte fill in new byte[] { 0, 1, 0x7F, 0xFF })
            {
                ShouldBeRefusedOrHarmless(Rewritten(file, ManifestOf(file), name, bytes => bytes.AsSpan().Fill(fill)), $"tensor {name} filled with {fill}");
            }

            JsonObject halved = ManifestOf(file);
            halved["tensors"]![name]!["shape"] = new JsonArray([.. shape.Select((length, i) => JsonValue.Create(i == 0 ? length / 2 : length))]);
            ShouldBeRefusedOrHarmless(Rewritten(file, halved, name, resize: shape.Length > 0 && shape[0] > 0 ? shape[0] / 2 / (double)shape[0] : 1), $"half of tensor {name}");
        }
    }

    private static JsonObject ManifestOf(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        using Stream manifest = zip.GetEntry("manifest.json")!.Open();
        return JsonNode.Parse(manifest)!.AsObject();
    }

    /// <summary>Every value in the tree below, but of long lists only the first three.</summary>
    private static IEnumerable<JsonNode> ValuePlaces(JsonNode node)
    {
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject values => values.Select(pair => pair.Value),
            JsonArray items => items.Take(3),
            _ => [],
        };
        foreach (JsonNode child in children.OfType<JsonNode>())
        {
            yield return child;
            foreach (JsonNode place in ValuePlaces(child))
            {
                yield return place;
            }
        }
    }

    private static byte[] Rewritten(byte[] file, JsonObject manifest, string? tensor = null, Action<byte[]>? change = null, double resize = 1)
    {
        using var written = new MemoryStream();
        using (var source = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read))
        using (var target = new ZipArchive(written, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (ZipArchiveEntry entry in source.Entries)
            {
                using Stream from = entry.Open();
                using var copy = new MemoryStream();
                from.CopyTo(copy);
                byte[] bytes = entry.FullName == "manifest.json" ? System.Text.Encoding.UTF8.GetBytes(manifest.ToJsonString()) : copy.ToArray();
                if (entry.FullName == $"tensors/{tensor}")
                {
                    change?.Invoke(bytes);
                    bytes = bytes[..(int)Math.Round(bytes.Length * resize)];
                }

                using Stream to = target.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
                to.Write(bytes);
            }
        }

        return written.ToArray();
    }

    private void ShouldBeRefusedOrHarmless(byte[] file, string damage)
    {
        Frame rows = fewRows ??= Sample.Features.Take([0, 1, 2]);
        var answer = System.Threading.Tasks.Task.Run(() =>
        {
            try
            {
                ReadFile(file).Predict(rows);
            }
            catch (Exception e) when (e is ModelFileException or DataException)
            {
            }
        });

        try
        {
            answer.Wait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken).ShouldBeTrue($"{damage}: it never ended");
        }
        catch (AggregateException e)
        {
            throw new ShouldAssertException($"{damage}: {e.InnerException}");
        }
    }
}
