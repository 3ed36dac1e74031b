using Strata.Testing;

namespace Strata.Platform.Tests.Models;

public sealed class TrainModelOnPostgresTests(PostgresCluster cluster) : TrainModelTests
{
    protected override string? Database { get; } = cluster.EmptyDatabase(nameof(TrainModelOnPostgresTests));
}
