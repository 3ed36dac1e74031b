namespace Strata.Platform.Runs;

/// <summary>The condition that a view of lifecycles is.</summary>
internal static class Lifecycle
{
    public static string Sql(string table, LifecycleView view) => view switch
    {
        LifecycleView.ActiveOnly => $"{table}.deleted_at is null",
        LifecycleView.DeletedOnly => $"{table}.deleted_at is not null",
        _ => "1 = 1",
    };
}
