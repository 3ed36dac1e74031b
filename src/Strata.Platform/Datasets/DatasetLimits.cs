using System.Data;
using Dapper;

namespace Strata.Platform.Datasets;

/// <summary>How much a project may keep of what is uploaded or fetched. Datasets that are made from others are not refused, but count.</summary>
/// <param name="Count">How many datasets; null for any number.</param>
/// <param name="Bytes">The bytes of their files together; null for as many as the disk holds.</param>
internal sealed record DatasetLimits(int? Count, long? Bytes)
{
    /// <exception cref="QuotaException">Another dataset, of so many bytes, does not fit.</exception>
    public void ThrowIfOver(IDbConnection connection, string project, long bytes)
    {
        if (Count is null && Bytes is null)
        {
            return;
        }

        (long count, long kept) = connection.QuerySingle<(long, long)>("select count(*), cast(coalesce(sum(bytes), 0) as bigint) from datasets where project = @project", new { project });
        if (count >= Count)
        {
            throw new QuotaException($"The project has {count} datasets already, the most that this server keeps for one. Delete some first.");
        }

        if (kept + bytes > Bytes)
        {
            throw new QuotaException($"The datasets of a project may have {Bytes} bytes together; {Math.Max(0, Bytes.Value - kept)} are left, which this one exceeds. Delete some first.");
        }
    }
}
