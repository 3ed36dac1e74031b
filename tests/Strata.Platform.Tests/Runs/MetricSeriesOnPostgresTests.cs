using Strata.Testing;

namespace Strata.Platform.Tests.Runs;

public sealed class MetricSeriesOnPostgresTests(PostgresCluster cluster) : MetricSeriesTests(cluster.EmptyDatabase(nameof(MetricSeriesOnPostgresTests)));
