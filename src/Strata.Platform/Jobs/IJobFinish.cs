namespace Strata.Platform.Jobs;

/// <summary>
/// What the server does when a job of one kind has ended: files its files, and says what is to be written in the same transaction that ends
/// the job. So a result is registered together with the job's end, or not at all, whenever the server dies.
/// </summary>
public interface IJobFinish
{
    /// <summary>Name of the job kind.</summary>
    string Kind { get; }

    /// <summary>May be called again for the same end after a crash, so it stores nothing but blobs.</summary>
    Task<JobFinish> PrepareAsync(EndedJob ended, CancellationToken cancellation);
}
