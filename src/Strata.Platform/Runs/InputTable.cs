using System.Data;
using Dapper;

namespace Strata.Platform.Runs;

/// <summary>The rows of the datasets that runs name as their inputs. A dataset is kept once in an experiment, whatever its profile's size.</summary>
internal static class InputTable
{
    public const string Create = """
        create table logged_datasets (
            sequence integer primary key,
            experiment_id text not null,
            name text not null,
            digest text not null,
            source_type text not null,
            source text not null,
            schema text,
            profile text,
            unique (experiment_id, name, digest));
        create table run_inputs (
            run_id text not null,
            dataset bigint not null,
            primary key (run_id, dataset));
        create table run_input_tags (
            run_id text not null,
            dataset bigint not null,
            name text not null,
            value text not null,
            primary key (run_id, dataset, name));
        """;

    private const int MostSummaries = 1000;

    /// <summary>Files inputs; one that the run has already stays as it is.</summary>
    public static void Add(IDbConnection connection, string experimentId, string runId, IEnumerable<DatasetInput> inputs)
    {
        foreach (DatasetInput input in inputs)
        {
            connection.Execute(
                """
                insert into logged_datasets (experiment_id, name, digest, source_type, source, schema, profile)
                values (@experimentId, @Name, @Digest, @SourceType, @Source, @Schema, @Profile) on conflict (experiment_id, name, digest) do nothing
                """,
                new { experimentId, input.Name, input.Digest, input.SourceType, input.Source, input.Schema, input.Profile });
            long dataset = connection.ExecuteScalar<long>(
                "select sequence from logged_datasets where experiment_id = @experimentId and name = @Name and digest = @Digest", new { experimentId, input.Name, input.Digest });
            if (connection.Execute("insert into run_inputs (run_id, dataset) values (@runId, @dataset) on conflict do nothing", new { runId, dataset }) == 1)
            {
                connection.Execute(
                    "insert into run_input_tags (run_id, dataset, name, value) values (@runId, @dataset, @Key, @Value)",
                    input.Tags.Select(tag => new { runId, dataset, tag.Key, tag.Value }));
            }
        }
    }

    public static ILookup<string, DatasetInput> Read(IDbConnection connection, IReadOnlyCollection<string> runIds)
    {
        ILookup<(string, long), KeyValuePair<string, string>> tags = connection
            .Query<(string RunId, long Dataset, string Name, string Value)>("select run_id, dataset, name, value from run_input_tags where run_id in @runIds order by name", new { runIds })
            .ToLookup(tag => (tag.RunId, tag.Dataset), tag => KeyValuePair.Create(tag.Name, tag.Value));
        return connection.Query<Row>(
            """
            select i.run_id, i.dataset, d.name, d.digest, d.source_type, d.source, d.schema, d.profile
            from run_inputs i join logged_datasets d on d.sequence = i.dataset where i.run_id in @runIds order by i.run_id, i.dataset
            """,
            new { runIds }).ToLookup(
                row => row.RunId,
                row => new DatasetInput(row.Name, row.Digest, row.SourceType, row.Source, row.Schema, row.Profile, tags[(row.RunId, row.Dataset)].ToDictionary()));
    }

    public static IReadOnlyList<DatasetSummary> Summaries(IDbConnection connection, IReadOnlyCollection<string> experimentIds) => connection.Query<DatasetSummary>(
        """
        select distinct d.experiment_id as ExperimentId, d.name as Name, d.digest as Digest, t.value as Context
        from logged_datasets d join run_inputs i on i.dataset = d.sequence join runs r on r.id = i.run_id and r.deleted_at is null
        left join run_input_tags t on t.run_id = i.run_id and t.dataset = i.dataset and t.name = @context
        where d.experiment_id in @experimentIds order by d.experiment_id, d.name, d.digest, t.value limit @most
        """,
        new { experimentIds, context = DatasetInput.ContextTag, most = MostSummaries }).AsList();

    public static void Delete(IDbConnection connection, string runId)
    {
        connection.Execute("delete from run_input_tags where run_id = @runId", new { runId });
        connection.Execute("delete from run_inputs where run_id = @runId", new { runId });
    }

    private sealed class Row
    {
        public string RunId { get; set; } = string.Empty;

        public long Dataset { get; set; }

        public string Name { get; set; } = string.Empty;

        public string Digest { get; set; } = string.Empty;

        public string SourceType { get; set; } = string.Empty;

        public string Source { get; set; } = string.Empty;

        public string? Schema { get; set; }

        public string? Profile { get; set; }
    }
}
