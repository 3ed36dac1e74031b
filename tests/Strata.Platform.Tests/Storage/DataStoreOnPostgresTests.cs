using Strata.Testing;

namespace Strata.Platform.Tests.Storage;

public sealed class DataStoreOnPostgresTests(PostgresCluster cluster) : DataStoreTests
{
    protected override string? Database { get; } = cluster.EmptyDatabase(nameof(DataStoreOnPostgresTests));
}
