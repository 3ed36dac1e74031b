using System.Text.Json.Nodes;

namespace Strata.Platform.Jobs;

/// <summary>What a worker process does for one kind of job.</summary>
public interface IJobKind
{
    /// <summary>Such as <c>train</c>.</summary>
    string Name { get; }

    /// <summary>Whether it looks at <see cref="JobWork.Enough"/>: it can end before it is done, with what is ready.</summary>
    bool FinishesEarly => false;

    /// <summary>Does the work and returns its result; files go to <see cref="JobWork.OutputFolder"/>.</summary>
    /// <exception cref="Learning.Data.DataException">The work cannot be done as asked; the message goes to the person, and nobody tries again.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; it must be obeyed within a second and a half.</exception>
    Task<JsonNode?> RunAsync(JobWork work, CancellationToken cancellation);
}
