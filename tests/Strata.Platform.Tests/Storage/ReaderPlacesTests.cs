using Shouldly;
using Strata.Platform.Storage.Engines;
using Xunit;

namespace Strata.Platform.Tests.Storage;

public sealed class ReaderPlacesTests
{
    [Fact]
    public void No_more_than_there_are_places_are_let_in_and_whoever_waits_comes_in_when_one_leaves()
    {
        var places = new ReaderPlaces(2);
        int inside = 0, most = 0, done = 0;
        Thread[] readers = [.. Enumerable.Range(0, 50).Select(_ => new Thread(() =>
        {
            places.Take(TimeSpan.FromSeconds(30)).ShouldBeTrue();
            InterlockedMost(ref most, Interlocked.Increment(ref inside));
            Thread.Yield();
            Interlocked.Decrement(ref inside);
            Interlocked.Increment(ref done);
            places.Give();
        }))];
        Array.ForEach(readers, reader => reader.Start());
        Array.ForEach(readers, reader => reader.Join());
        done.ShouldBe(50);
        most.ShouldBeInRange(1, 2);
    }

    [Fact]
    public void Who_waits_too_long_is_told()
    {
        var places = new ReaderPlaces(1);
        places.Take(TimeSpan.Zero).ShouldBeTrue();
        places.Take(TimeSpan.FromMilliseconds(20)).ShouldBeFalse();
        places.Give();
        places.Take(TimeSpan.Zero).ShouldBeTrue();
    }

    private static void InterlockedMost(ref int most, int value)
    {
        for (int known = Volatile.Read(ref most); value > known; known = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, known);
        }
    }
}
