using Strata.Testing;

namespace Strata.Platform.Tests.Runs;

public sealed class RunSearchOnPostgresTests(PostgresCluster cluster) : RunSearchTests(cluster.EmptyDatabase(nameof(RunSearchOnPostgresTests)));
