using System.Data;
using Dapper;
using Strata.Platform.Storage;

namespace Strata.Platform.Models;

/// <summary>The rows of the registry's history, to which rows are only ever added.</summary>
internal static class RegistryChangeTable
{
    /// <summary>Added when versions began to be promoted by rules: who, why and what was looked at.</summary>
    public const string AddPromotions = """
        alter table registry_changes add column author text;
        alter table registry_changes add column note text;
        alter table registry_changes add column promotion text;
        create trigger registry_changes_are_not_changed before update on registry_changes begin select raise(abort, 'the history of the registry is only appended to'); end;
        create trigger registry_changes_are_not_deleted before delete on registry_changes begin select raise(abort, 'the history of the registry is only appended to'); end;
        """;

    private const string Select = "select sequence, model, version, what, before_change, after_change, author, note, promotion, at from registry_changes";

    /// <summary>Times are in order even where the clock was set back.</summary>
    public static void Append(IDbConnection connection, string modelId, RegistryChange change)
    {
        long last = connection.ExecuteScalar<long?>("select at from registry_changes where model_id = @modelId order by sequence desc limit 1", new { modelId }) ?? 0;
        connection.Execute(
            """
            insert into registry_changes (model_id, model, version, what, before_change, after_change, author, note, promotion, at)
            values (@modelId, @Model, @Version, @What, @Before, @After, @By, @Note, @promotion, @at)
            """,
            new
            {
                modelId, change.Model, change.Version, change.What, change.Before, change.After, change.By, change.Note,
                promotion = change.Promotion is null ? null : JsonText.Of(change.Promotion), at = Math.Max(last, change.At.ToUnixTimeMilliseconds()),
            });
    }

    /// <summary>The first change first.</summary>
    public static IReadOnlyList<RegistryChange> Read(IDbConnection connection, string modelId, long after, int count) =>
        [.. connection.Query<Row>($"{Select} where model_id = @modelId and sequence > @after order by sequence limit @count", new { modelId, after, count }).Select(row => row.ToChange())];

    /// <summary>The newest first; of one version, or of all.</summary>
    public static Page<RegistryChange> Page(IDbConnection connection, string modelId, int? version, int offset, int count)
    {
        const string Where = "where model_id = @modelId and (@all = 1 or version = @version)";
        var asked = new { modelId, all = version is null ? 1 : 0, version = version ?? 0, offset, count = Math.Clamp(count, 0, Page<RegistryChange>.MostItems) };
        return new Page<RegistryChange>(
            [.. connection.Query<Row>($"{Select} {Where} order by sequence desc limit @count offset @offset", asked).Select(row => row.ToChange())],
            connection.ExecuteScalar<int>($"select count(*) from registry_changes {Where}", asked));
    }

    /// <summary>What went into production or out of it up to a moment, the first first.</summary>
    public static ProductionLine Production(IDbConnection connection, string modelId, DateTimeOffset? until = null) => new(
        connection.Query<Row>(
            $"{Select} where model_id = @modelId and version is not null and at <= @until and (before_change = @production or after_change = @production) order by sequence",
            new { modelId, until = until?.ToUnixTimeMilliseconds() ?? long.MaxValue, production = JsonText.NameOf(ModelVersionStatus.Production) }).Select(row => row.ToChange()));

    private sealed class Row
    {
        public long Sequence { get; set; }

        public string Model { get; set; } = string.Empty;

        public int? Version { get; set; }

        public string What { get; set; } = string.Empty;

        public string? BeforeChange { get; set; }

        public string? AfterChange { get; set; }

        public string? Author { get; set; }

        public string? Note { get; set; }

        public string? Promotion { get; set; }

        public long At { get; set; }

        public RegistryChange ToChange() => new(Sequence, Model, Version, What, BeforeChange, AfterChange, DateTimeOffset.FromUnixTimeMilliseconds(At))
        {
            By = Author,
            Note = Note,
            Promotion = JsonText.ReadOrNull<PromotionRecord>(Promotion),
        };
    }
}
