using System.Data;
using Dapper;

namespace Strata.Platform.Storage;

/// <summary>
/// The answers to requests that carry a key of their sender's choice, kept for a day: whoever sends a request again, because no answer came, gets the first one's
/// answer, and nothing is made twice.
/// </summary>
public sealed class RequestKeys(DataStore store, TimeProvider clock)
{
    /// <summary>How long a key is remembered.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    internal const string Create = """
        create table request_keys (
            asked_by text not null,
            request_key text not null,
            fingerprint text not null,
            created_at bigint not null,
            status integer,
            content_type text,
            location text,
            body text,
            primary key (asked_by, request_key));
        create index request_keys_by_time on request_keys (created_at);
        """;

    /// <summary>Takes a key for a request, or says what is known of it.</summary>
    /// <param name="askedBy">Whose key it is: two people's equal keys have nothing to do with each other.</param>
    /// <param name="key">The key.</param>
    /// <param name="fingerprint">What the request asks for.</param>
    /// <returns>Null when the key was free and is now this request's.</returns>
    public Task<KeptAnswer?> TakeAsync(string askedBy, string key, string fingerprint)
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return store.Database.WriteAsync<KeptAnswer?>(connection =>
        {
            connection.Execute("delete from request_keys where created_at < @before", new { before = now - (long)KeptFor.TotalMilliseconds });
            if (Find(connection, askedBy, key) is KeptAnswer known)
            {
                return known;
            }

            connection.Execute("insert into request_keys (asked_by, request_key, fingerprint, created_at) values (@askedBy, @key, @fingerprint, @now)", new { askedBy, key, fingerprint, now });
            return null;
        });
    }

    /// <summary>Keeps the answer of the request that took the key.</summary>
    public Task KeepAsync(string askedBy, string key, KeptAnswer answer) => store.Database.WriteAsync(connection =>
    {
        connection.Execute(
            "update request_keys set status = @Status, content_type = @ContentType, location = @Location, body = @Body where asked_by = @askedBy and request_key = @key",
            new { askedBy, key, answer.Status, answer.ContentType, answer.Location, answer.Body });
    });

    /// <summary>Gives a key back whose request has made nothing.</summary>
    public Task GiveBackAsync(string askedBy, string key) => store.Database.WriteAsync(connection =>
    {
        connection.Execute("delete from request_keys where asked_by = @askedBy and request_key = @key", new { askedBy, key });
    });

    private static KeptAnswer? Find(IDbConnection connection, string askedBy, string key) => connection.QueryFirstOrDefault<Row>(
        "select fingerprint, status, content_type, location, body from request_keys where asked_by = @askedBy and request_key = @key", new { askedBy, key })?.ToAnswer();

    private sealed class Row
    {
        public string Fingerprint { get; set; } = string.Empty;

        public int? Status { get; set; }

        public string? ContentType { get; set; }

        public string? Location { get; set; }

        public string? Body { get; set; }

        public KeptAnswer ToAnswer() => new(Fingerprint, Status, ContentType, Location, Body);
    }
}

/// <summary>What is known of a request with a key.</summary>
/// <param name="Fingerprint">What it asked for.</param>
/// <param name="Status">The status that it was answered by; null when it has not been answered (yet).</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Location">Where the thing is that it made.</param>
/// <param name="Body">The answer's text.</param>
public sealed record KeptAnswer(string Fingerprint, int? Status, string? ContentType, string? Location, string? Body);
