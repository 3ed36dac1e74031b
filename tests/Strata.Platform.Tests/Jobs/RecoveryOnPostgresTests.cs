using Strata.Testing;

namespace Strata.Platform.Tests.Jobs;

public sealed class RecoveryOnPostgresTests(PostgresCluster cluster) : RecoveryTests
{
    protected override string? Database { get; } = cluster.EmptyDatabase(nameof(RecoveryOnPostgresTests));
}
