using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Strata.Platform.Storage.Engines;

/// <summary>A statement on an <see cref="EngineConnection"/>.</summary>
internal sealed class EngineCommand(DbCommand inner, EngineConnection connection, DatabaseEngine engine) : DbCommand
{
    [AllowNull]
    public override string CommandText
    {
        get => inner.CommandText;
        set => inner.CommandText = value;
    }

    public override int CommandTimeout
    {
        get => inner.CommandTimeout;
        set => inner.CommandTimeout = value;
    }

    public override CommandType CommandType
    {
        get => inner.CommandType;
        set => inner.CommandType = value;
    }

    public override UpdateRowSource UpdatedRowSource
    {
        get => inner.UpdatedRowSource;
        set => inner.UpdatedRowSource = value;
    }

    public override bool DesignTimeVisible { get; set; }

    protected override DbConnection? DbConnection { get; set; } = connection;

    protected override DbParameterCollection DbParameterCollection => inner.Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel() => inner.Cancel();

    public override void Prepare() => inner.Prepare();

    public override int ExecuteNonQuery()
    {
        MakeReady();
        return inner.ExecuteNonQuery();
    }

    public override object? ExecuteScalar()
    {
        MakeReady();
        return inner.ExecuteScalar();
    }

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        MakeReady();
        return inner.ExecuteReader(behavior);
    }

    protected override DbParameter CreateDbParameter() => inner.CreateParameter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void MakeReady()
    {
        foreach (DbParameter parameter in inner.Parameters)
        {
            if (parameter.Value is bool truth)
            {
                parameter.DbType = DbType.Int64;
                parameter.Value = truth ? 1L : 0L;
            }
            else if (parameter.DbType == DbType.Boolean)
            {
                parameter.DbType = DbType.Int64;
            }
        }

        engine.BeforeStatement?.Invoke(inner);
    }
}
