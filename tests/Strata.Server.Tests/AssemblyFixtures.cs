using Strata.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresCluster))]
