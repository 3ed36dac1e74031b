using Shouldly;
using Strata.Tensors.Kernels;
using Xunit;

namespace Strata.Tensors.Tests.Kernels;

public sealed class ThreadTeamTests
{
    private struct CountItems : ITeamWork
    {
        public int[] Runs;
        public int[] BusyMembers;
        public int Clashes;

        public void Run(int item, int member)
        {
            if (Interlocked.Increment(ref BusyMembers[member]) != 1)
            {
                Interlocked.Increment(ref Clashes);
            }

            Interlocked.Increment(ref Runs[item]);
            Interlocked.Decrement(ref BusyMembers[member]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_item_runs_once_and_a_member_runs_one_at_a_time(int size)
    {
        using var team = new ThreadTeam(size);
        for (int run = 0; run < 3000; run++)
        {
            int items = run % 17;
            var work = new CountItems { Runs = new int[17], BusyMembers = new int[size] };
            team.Run(ref work, items);
            work.Runs.ShouldBe([.. Enumerable.Range(0, 17).Select(item => item < items ? 1 : 0)]);
            work.Clashes.ShouldBe(0);
        }
    }

    [Fact]
    public void Parked_members_wake_again()
    {
        using var team = new ThreadTeam(2);
        for (int run = 0; run < 20; run++)
        {
            using var pause = new ManualResetEventSlim();
            pause.Wait(1, TestContext.Current.CancellationToken);
            int done = 0;
            team.Run(8, (_, _) => Interlocked.Increment(ref done));
            done.ShouldBe(8);
        }
    }

    [Fact]
    public void Both_members_take_part_in_long_work()
    {
        using var team = new ThreadTeam(2);
        using var bothHere = new Barrier(2);
        team.Run(2, (_, _) => bothHere.SignalAndWait(TimeSpan.FromSeconds(30)).ShouldBeTrue());
    }

    [Fact]
    public void The_exception_of_an_item_reaches_the_caller_and_the_team_lives_on()
    {
        using var team = new ThreadTeam(3);
        for (int run = 0; run < 50; run++)
        {
            Should.Throw<InvalidOperationException>(() => team.Run(5, (item, _) =>
            {
                if (item == 3)
                {
                    throw new InvalidOperationException("item three");
                }
            })).Message.ShouldBe("item three");
        }

        int done = 0;
        team.Run(4, (_, _) => Interlocked.Increment(ref done));
        done.ShouldBe(4);
    }

    [Fact]
    public void Starting_work_allocates_nothing()
    {
        using var team = new ThreadTeam(2);
        var work = new CountItems { Runs = new int[4], BusyMembers = new int[2] };
        team.Run(ref work, 4);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int run = 0; run < 1000; run++)
        {
            team.Run(ref work, 4);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
    }

    [Fact]
    public void A_disposed_team_refuses_work()
    {
        var team = new ThreadTeam(2);
        team.Dispose();
        team.Dispose();
        Should.Throw<ObjectDisposedException>(() => team.Run(2, (_, _) => { }));
    }
}
