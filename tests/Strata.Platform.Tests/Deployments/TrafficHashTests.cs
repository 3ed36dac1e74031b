using Shouldly;
using Strata.Platform.Deployments;
using Xunit;

namespace Strata.Platform.Tests.Deployments;

public class TrafficHashTests
{
    /// <summary>Whoever falls elsewhere after an update changes models in the middle of a test, so these figures never change.</summary>
    [Theory]
    [InlineData("d", "user-1")]
    [InlineData("d", "Zoë 🚀")]
    public void A_key_falls_to_the_same_place_in_every_version(string salt, string key) => TrafficHash.Place(salt, key).ShouldBe(Expected(salt, key));

    [Fact]
    public void Keys_that_count_up_are_spread_evenly_and_anew_for_each_salt()
    {
        double[] places = [.. Enumerable.Range(0, 20_000).Select(i => TrafficHash.Place("d", $"user-{i}"))];
        foreach (int tenth in Enumerable.Range(0, 10))
        {
            places.Count(place => (int)(place * 10) == tenth).ShouldBeInRange(1850, 2150);
        }

        double[] others = [.. Enumerable.Range(0, 20_000).Select(i => TrafficHash.Place("e", $"user-{i}"))];
        places.Zip(others).Count(pair => pair.First < 0.5 && pair.Second < 0.5).ShouldBeInRange(4700, 5300);
    }

    [Fact]
    public void An_id_tells_its_time_and_other_texts_none()
    {
        DateTimeOffset at = new(2026, 11, 21, 16, 0, 0, 123, TimeSpan.Zero);
        string id = PredictionId.Next(at);
        PredictionId.TryTime(id, out DateTimeOffset told).ShouldBeTrue();
        told.ShouldBe(at);
        Enumerable.Range(0, 1000).Select(_ => PredictionId.Next(at)).ShouldBeUnique();
        foreach (string other in new[] { "", "x", new string('u', 26), new string('z', 26), id + "0", id[..25] + "!" })
        {
            PredictionId.TryTime(other, out _).ShouldBeFalse(other);
        }
    }

    [Fact]
    public void Latency_is_read_off_within_its_class()
    {
        var histogram = new LatencyHistogram();
        foreach (int milliseconds in Enumerable.Range(1, 1000))
        {
            histogram.Add(TimeSpan.FromMilliseconds(milliseconds));
        }

        histogram.QuantileInMilliseconds(0.5)!.Value.ShouldBe(500, 100);
        histogram.QuantileInMilliseconds(0.99)!.Value.ShouldBe(990, 200);
        new LatencyHistogram().QuantileInMilliseconds(0.5).ShouldBeNull();
    }

    /// <summary>The same by big integers, written down anew.</summary>
    private static double Expected(string salt, string key)
    {
        System.Numerics.BigInteger whole = System.Numerics.BigInteger.One << 64, hash = 14695981039346656037, prime = 1099511628211;
        foreach (byte one in System.Text.Encoding.UTF8.GetBytes(salt))
        {
            hash = (hash ^ one) * prime % whole;
        }

        hash = hash * prime % whole;
        foreach (byte one in System.Text.Encoding.UTF8.GetBytes(key))
        {
            hash = (hash ^ one) * prime % whole;
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9 % whole;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB % whole;
        return (double)((hash ^ (hash >> 31)) >> 11) / Math.Pow(2, 53);
    }
}
