namespace Strata.Learning.Data.Reading;

/// <summary>Spreads numbered work over the reading's threads. What is wrong with the data anywhere is told all at once, in the order of the work.</summary>
internal static class ReadingThreads
{
    public static void For(int count, int threads, Action<int> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var problems = new DataException?[count];
        void Guarded(int i)
        {
            try
            {
                work(i);
            }
            catch (DataException e)
            {
                problems[i] = e;
            }
        }

        if (threads == 1 || count == 1)
        {
            for (int i = 0; i < count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                Guarded(i);
            }
        }
        else
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, Guarded);
        }

        DataException.ThrowIfAny([.. problems.OfType<DataException>().SelectMany(problem => problem.Problems)]);
    }
}
