namespace Strata.Server.Repeats;

/// <summary>Marks a route that makes something: with an <c>Idempotency-Key</c> a request that is sent again makes nothing more.</summary>
internal sealed class MakesSomething
{
    private MakesSomething()
    {
    }

    public static MakesSomething Mark { get; } = new();
}

internal static class MakesSomethingRoutes
{
    /// <summary>The route makes something, so that requests to it may carry an <c>Idempotency-Key</c>.</summary>
    public static RouteHandlerBuilder Makes(this RouteHandlerBuilder route) => route.WithMetadata(MakesSomething.Mark);
}
