using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Strata.Tensors.Kernels;

/// <summary>One piece of parallel work, as a struct so that starting it allocates nothing.</summary>
public interface ITeamWork
{
    /// <summary>Does one item. Items may run in any order and at once; one member runs one item at a time, so scratch memory may be kept by member.</summary>
    void Run(int item, int member);
}

/// <summary>
/// A few threads that stay, for work that forks and joins many thousand times: starting costs less than a microsecond. Idle members spin for a few
/// microseconds and then park. Items are taken one by one, and the caller takes them too: when the other cores are busy the caller does all the work
/// itself and never waits for a thread that has not started. Not reentrant, and for one calling thread at a time.
/// </summary>
public sealed unsafe class ThreadTeam : IDisposable
{
    private const long Closed = uint.MaxValue;
    private const int FruitlessWakes = 8, RunsWithoutWaking = 64;
    private static readonly long SpinTicks = Math.Max(1, Stopwatch.Frequency * 5 / 1_000_000);
    private readonly Member[] helpers;
    private readonly AutoResetEvent finishedSignal = new(false);
    private Shared shared;
    private delegate*<void*, int, int, void> body;
    private void* work;
    private int items, fruitless, runsToSkip;
    private volatile bool disposed;
    private ExceptionDispatchInfo? failure;

    /// <param name="size">How many threads work at the most, the caller included.</param>
    public ThreadTeam(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        Size = size;
        shared.Ticket = Closed;
        helpers = new Member[size - 1];
        for (int i = 0; i < helpers.Length; i++)
        {
            helpers[i] = new Member(this, i + 1);
        }
    }

    public int Size { get; }

    /// <summary>Runs items 0 to <paramref name="count"/> - 1 on the members and returns when all are done. The first exception of an item is thrown here.</summary>
    public void Run<TWork>(ref TWork todo, int count)
        where TWork : struct, ITeamWork
    {
        if (helpers.Length == 0 || count <= 1)
        {
            for (int item = 0; item < count; item++)
            {
                todo.Run(item, 0);
            }

            return;
        }

        Fork(&Invoke<TWork>, Unsafe.AsPointer(ref todo), count);
    }

    /// <summary>As the other, for work that starts rarely: the closure allocates.</summary>
    public void Run(int count, Action<int, int> itemAndMember)
    {
        var closure = new Closure(itemAndMember);
        Run(ref closure, count);
    }

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        foreach (Member member in helpers)
        {
            member.Dispose();
        }

        finishedSignal.Dispose();
    }

    private static void Invoke<TWork>(void* todo, int item, int member)
        where TWork : struct, ITeamWork => Unsafe.AsRef<TWork>(todo).Run(item, member);

    private void Fork(delegate*<void*, int, int, void> invoke, void* todo, int count)
    {
        ObjectDisposedException.ThrowIf(disposed, this);

        // The ticket is (run number, next item). Closing it under a new number before the fields change makes a late member's claim fail instead of mixing two runs.
        long run = (shared.Ticket >> 32) + 1 << 32;
        Volatile.Write(ref shared.Ticket, run | Closed);
        Interlocked.MemoryBarrier();
        body = invoke;
        work = todo;
        (items, failure) = (count, null);
        shared.Finished = 0;
        Interlocked.Exchange(ref shared.Ticket, run);
        bool woke = WakeHelpers(Math.Min(count - 1, helpers.Length));
        int own = TakeItems(0);
        NoteHelp(woke, own < count);
        Join(count);
        work = null;
        failure?.Throw();
    }

    private bool WakeHelpers(int most)
    {
        if (runsToSkip > 0)
        {
            runsToSkip--;
            return false;
        }

        bool woke = false;
        for (int i = 0; i < most; i++)
        {
            woke |= helpers[i].WakeIfParked();
        }

        return woke;
    }

    /// <summary>Waking costs microseconds; when woken members come too late again and again the cores are busy with others' work, so leave them parked for a while.</summary>
    private void NoteHelp(bool woke, bool helped)
    {
        if (helped)
        {
            fruitless = 0;
        }
        else if (woke && ++fruitless >= FruitlessWakes)
        {
            (fruitless, runsToSkip) = (FruitlessWakes - 1, RunsWithoutWaking);
        }
    }

    /// <summary>Claims and runs items until none is left; returns how many.</summary>
    private int TakeItems(int member)
    {
        int done = 0;
        while (true)
        {
            long ticket = Volatile.Read(ref shared.Ticket);
            delegate*<void*, int, int, void> invoke = body;
            void* todo = work;
            int count = Volatile.Read(ref items);
            if ((uint)ticket >= (uint)count)
            {
                return done;
            }

            // An unchanged ticket proves that the fields read above belong to its run.
            if (Interlocked.CompareExchange(ref shared.Ticket, ticket + 1, ticket) != ticket)
            {
                continue;
            }

            try
            {
                invoke(todo, (int)(uint)ticket, member);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
            }

            done++;
            if (Interlocked.Increment(ref shared.Finished) == count && Interlocked.Exchange(ref shared.CallerWaits, 0) == 1)
            {
                finishedSignal.Set();
            }
        }
    }

    private void Join(int count)
    {
        long start = 0;
        int yields = 0;
        while (Volatile.Read(ref shared.Finished) < count)
        {
            long now = Stopwatch.GetTimestamp();
            start = start == 0 ? now : start;
            if (now - start < SpinTicks)
            {
                Thread.SpinWait(4);
            }
            else if (yields++ < 64)
            {
                // A member that holds an item may have lost its core: offer it this one.
                Thread.Yield();
            }
            else
            {
                Interlocked.Exchange(ref shared.CallerWaits, 1);
                if (Volatile.Read(ref shared.Finished) < count || Interlocked.Exchange(ref shared.CallerWaits, 0) == 0)
                {
                    finishedSignal.WaitOne();
                }
            }
        }
    }

    /// <summary>The words that all members write, each on cache lines of its own.</summary>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit, Size = 512)]
    private struct Shared
    {
        [System.Runtime.InteropServices.FieldOffset(128)]
        public long Ticket;

        [System.Runtime.InteropServices.FieldOffset(256)]
        public int Finished;

        [System.Runtime.InteropServices.FieldOffset(384)]
        public int CallerWaits;
    }

    private readonly struct Closure(Action<int, int> action) : ITeamWork
    {
        public void Run(int item, int member) => action(item, member);
    }

    private sealed class Member : IDisposable
    {
        private readonly ThreadTeam team;
        private readonly int number;
        private readonly Thread thread;
        private readonly AutoResetEvent wake = new(false);
        private int parked;

        public Member(ThreadTeam team, int number)
        {
            (this.team, this.number) = (team, number);
            thread = new Thread(Live) { IsBackground = true, Name = $"Strata team {number}" };
            thread.Start();
        }

        public bool WakeIfParked()
        {
            if (Volatile.Read(ref parked) == 0 || Interlocked.Exchange(ref parked, 0) == 0)
            {
                return false;
            }

            wake.Set();
            return true;
        }

        public void Dispose()
        {
            wake.Set();
            thread.Join();
            wake.Dispose();
        }

        private void Live()
        {
            long seen = -1;
            while (!team.disposed)
            {
                long ticket = Volatile.Read(ref team.shared.Ticket);
                if (ticket >> 32 != seen && (uint)ticket != Closed)
                {
                    seen = ticket >> 32;
                    team.TakeItems(number);
                }
                else
                {
                    SpinThenPark(seen);
                }
            }
        }

        private bool HasWork(long seen)
        {
            long ticket = Volatile.Read(ref team.shared.Ticket);
            return ticket >> 32 != seen && (uint)ticket != Closed;
        }

        private void SpinThenPark(long seen)
        {
            long end = Stopwatch.GetTimestamp() + SpinTicks;
            while (Stopwatch.GetTimestamp() < end)
            {
                if (HasWork(seen) || team.disposed)
                {
                    return;
                }

                Thread.SpinWait(4);
            }

            Interlocked.Exchange(ref parked, 1);
            bool stay = HasWork(seen) || team.disposed;
            if (!stay || Interlocked.Exchange(ref parked, 0) == 0)
            {
                wake.WaitOne();
            }

            Volatile.Write(ref parked, 0);
        }
    }
}
