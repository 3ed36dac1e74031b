using Shouldly;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Platform.Models;
using Xunit;

namespace Strata.Platform.Tests.Models;

public class ModelCacheTests
{
    private readonly ModelCache cache = new(100);
    private readonly List<string> loaded = [];

    [Fact]
    public void The_longest_unused_model_goes_when_the_files_grow_past_the_limit()
    {
        foreach (string hash in new[] { "a", "b", "a", "c", "a", "b" })
        {
            cache.Get(hash, 40, Load);
        }

        loaded.ShouldBe(["a", "b", "c", "b"]);
    }

    [Fact]
    public void A_model_larger_than_the_limit_is_still_given()
    {
        cache.Get("big", 1000, Load).ShouldNotBeNull();
        cache.Get("big", 1000, Load);
        loaded.ShouldBe(["big"]);
    }

    [Fact]
    public void A_load_that_fails_is_tried_again()
    {
        Should.Throw<IOException>(() => cache.Get("a", 1, _ => throw new IOException("no")));
        cache.Get("a", 1, Load).ShouldNotBeNull();
    }

    [Fact]
    public void Twenty_who_ask_at_once_share_one_load()
    {
        Parallel.For(0, 20, _ => cache.Get("a", 1, hash =>
        {
            Thread.Sleep(20);
            return Load(hash);
        }));
        loaded.ShouldBe(["a"]);
    }

    private IModel Load(string hash)
    {
        lock (loaded)
        {
            loaded.Add(hash);
        }

        return new NoModel();
    }

    private sealed class NoModel : IModel
    {
        public string Algorithm => "none";

        public ModelSignature Signature => throw new NotSupportedException();

        public Predictions Predict(Frame rows, int threads = 1) => throw new NotSupportedException();

        public void Write(ModelWriter writer) => throw new NotSupportedException();
    }
}
