using Strata.Testing;

namespace Strata.Platform.Tests.Datasets;

public sealed class DatasetLibraryOnPostgresTests(PostgresCluster cluster) : DatasetLibraryTests
{
    protected override string? Database { get; } = cluster.EmptyDatabase(nameof(DatasetLibraryOnPostgresTests));
}
