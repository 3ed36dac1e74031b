using Strata.Testing;

namespace Strata.Platform.Tests.Datasets;

public sealed class DerivedDatasetOnPostgresTests(PostgresCluster cluster) : DerivedDatasetTests
{
    protected override string? Database { get; } = cluster.EmptyDatabase(nameof(DerivedDatasetOnPostgresTests));
}
