using Strata.Testing;

namespace Strata.Platform.Tests.Jobs;

public sealed class JobRunnerOnPostgresTests(PostgresCluster cluster) : JobRunnerTests
{
    protected override string? Database { get; } = cluster.EmptyDatabase(nameof(JobRunnerOnPostgresTests));
}
