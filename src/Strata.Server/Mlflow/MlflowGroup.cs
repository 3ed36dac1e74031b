namespace Strata.Server.Mlflow;

/// <summary>A group of MLflow's routes: each reads one request record and answers with what its function gives.</summary>
internal sealed class MlflowGroup(IEndpointRouteBuilder routes)
{
    public static object Nothing { get; } = new { };

    public IEndpointConventionBuilder Get<TRequest>(string path, Func<TRequest, MlflowCall, object> answer)
        where TRequest : class, new() => Map("GET", path, (TRequest request, MlflowCall call) => Task.FromResult(answer(request, call)));

    public IEndpointConventionBuilder Post<TRequest>(string path, Func<TRequest, MlflowCall, Task<object>> answer)
        where TRequest : class, new() => Map("POST", path, answer);

    public IEndpointConventionBuilder Patch<TRequest>(string path, Func<TRequest, MlflowCall, Task<object>> answer)
        where TRequest : class, new() => Map("PATCH", path, answer);

    public IEndpointConventionBuilder Delete<TRequest>(string path, Func<TRequest, MlflowCall, Task<object>> answer)
        where TRequest : class, new() => Map("DELETE", path, answer);

    /// <summary>A search that asks by a body, since its filter may be long.</summary>
    public IEndpointConventionBuilder Search<TRequest>(string path, Func<TRequest, MlflowCall, object> answer)
        where TRequest : class, new() => Map("POST", path, (TRequest request, MlflowCall call) => Task.FromResult(answer(request, call)));

    private IEndpointConventionBuilder Map<TRequest>(string method, string path, Func<TRequest, MlflowCall, Task<object>> answer)
        where TRequest : class, new() => routes.MapMethods(path, [method], async context =>
        {
            TRequest request = await MlflowJson.Read<TRequest>(context).ConfigureAwait(false);
            await MlflowJson.Write(context, await answer(request, MlflowCall.Of(context)).ConfigureAwait(false)).ConfigureAwait(false);
        });
}
