using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Shouldly;
using Strata.Platform.Accounts;
using Strata.Server.Safety;
using Xunit;

namespace Strata.Server.Tests.Accounts;

public abstract class PolicyContract(ServerWithAccounts accounts)
{
    /// <summary>What everybody may call without an account; a route that comes onto this list is thought over.</summary>
    private static readonly string[] Open = ["get_health", "get_liveness", "get_readiness", "get_session", "log_in", "set_up", "refresh_session", "/openapi/{documentName}.json", "/version"];

    private static int disabled;

    [Fact]
    public void Every_route_says_whom_it_is_for()
    {
        Routes().Where(route => route.Metadata.GetMetadata<Policy>() is null).Select(NameOf).ShouldBeEmpty();
        Routes().Count.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Only_the_routes_on_the_short_list_are_open() =>
        Routes().Where(route => route.Metadata.GetMetadata<Policy>()!.IsOpen).Select(NameOf).ShouldBe(Open, ignoreOrder: true);

    [Fact]
    public void Every_id_in_an_address_is_checked_against_its_project_or_for_administrators_only()
    {
        string[] ownNames = ["get_algorithm", "get_algorithm_schema", "get_step", "get_step_schema", "fetch_source", "revoke_token", "end_own_session", "register_model_version", "/openapi/{documentName}.json", "/api/2.0/mlflow-artifacts/mpu/{step}/{**path}", "/ajax-api/2.0/mlflow-artifacts/mpu/{step}/{**path}"];
        Routes().Where(route => route.RoutePattern.Parameters.Count > 0)
            .Where(route => route.Metadata.GetMetadata<Policy>() is { Thing: null, IsForAdmins: false })
            .Select(NameOf).Except(ownNames).ShouldBeEmpty();
    }

    [Fact]
    public void A_policy_names_a_part_of_its_address()
    {
        foreach (RouteEndpoint route in Routes().Where(route => route.Metadata.GetMetadata<Policy>()!.Thing is not null))
        {
            route.RoutePattern.Parameters.Select(parameter => parameter.Name).ShouldContain(route.Metadata.GetMetadata<Policy>()!.IdName, NameOf(route));
        }
    }

    /// <summary>Each route, each caller: the refusal that the policy says, or none.</summary>
    [Fact]
    public async Task Each_caller_gets_from_each_route_what_the_policy_says()
    {
        var callers = new (string Name, HttpClient Client, Role? Role, bool IsAdmin)[]
        {
            ("nobody", accounts.Running.NewClient(), null, false),
            ("a revoked token", accounts.With(await Revoked()), null, false),
            ("a disabled user", accounts.With(await Disabled()), null, false),
            ("viewer", accounts.With((await accounts.TokenOf("viewer")).Secret), Role.Viewer, false),
            ("trainer", accounts.With((await accounts.TokenOf("trainer")).Secret), Role.Trainer, false),
            ("deployer", accounts.With((await accounts.TokenOf("deployer")).Secret), Role.Deployer, false),
            ("admin", accounts.With((await accounts.TokenOf("admin")).Secret), Role.Admin, false),
            ("a trainer's token for looking", accounts.With((await accounts.TokenOf("trainer", Role.Viewer)).Secret), Role.Viewer, false),
            ("root", accounts.With((await accounts.TokenOf("root")).Secret), Role.Admin, true),
        };
        var differences = new List<string>();
        int cells = 0;
        foreach (RouteEndpoint route in Routes())
        {
            foreach ((string name, HttpClient client, Role? role, bool isAdmin) in callers)
            {
                foreach (string method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
                {
                    cells++;
                    using var request = new HttpRequestMessage(new HttpMethod(method), PathOf(route));
                    using HttpResponseMessage answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                    HttpStatusCode? expected = Refusal(route, role, isAdmin);
                    bool isRefusal = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests;
                    if (expected is null ? isRefusal && NameOf(route) is not ("log_in" or "set_up" or "refresh_session") : answer.StatusCode != expected)
                    {
                        differences.Add($"{name}, {method} {NameOf(route)}: {(int)answer.StatusCode}, expected {(expected is null ? "no refusal" : ((int)expected).ToString(System.Globalization.CultureInfo.InvariantCulture))}");
                    }
                }
            }
        }

        differences.ShouldBeEmpty();
        cells.ShouldBeGreaterThan(400);
    }

    /// <summary>The same for things that are there: each caller who may not do what a route does, each kind of thing. Only refusals are asked for, so that the things stay.</summary>
    [Fact]
    public async Task Whoever_may_not_is_refused_the_thing_itself_and_whoever_sees_none_of_its_project_is_told_that_there_is_none()
    {
        IReadOnlyDictionary<Thing, string> things = await ExampleThings.MakeAsync(accounts.Platform, accounts.Ours);
        var callers = new (string Name, HttpClient Client, Role? Role, bool IsMember)[]
        {
            ("nobody", accounts.Running.NewClient(), null, false),
            ("a revoked token", accounts.With(await Revoked()), null, false),
            ("a disabled user", accounts.With(await Disabled()), null, false),
            ("viewer", accounts.With((await accounts.TokenOf("viewer")).Secret), Role.Viewer, true),
            ("trainer", accounts.With((await accounts.TokenOf("trainer")).Secret), Role.Trainer, true),
            ("deployer", accounts.With((await accounts.TokenOf("deployer")).Secret), Role.Deployer, true),
            ("an admin's token for looking", accounts.With((await accounts.TokenOf("admin", Role.Viewer)).Secret), Role.Viewer, true),
            ("an admin's token for another project", accounts.With((await accounts.TokenOf("admin", Role.Admin, accounts.Theirs.Id)).Secret), Role.Admin, false),
            ("other", accounts.With((await accounts.TokenOf("other")).Secret), Role.Admin, false),
        };
        var differences = new List<string>();
        int cells = 0;
        foreach (RouteEndpoint route in Routes())
        {
            Policy policy = route.Metadata.GetMetadata<Policy>()!;
            if (policy.Thing is not Thing thing || !things.TryGetValue(thing, out string? id))
            {
                continue;
            }

            foreach ((string name, HttpClient client, Role? role, bool isMember) in callers.Where(caller => caller.Role is null || !caller.IsMember || caller.Role < policy.Role))
            {
                HttpStatusCode expected = role is null ? HttpStatusCode.Unauthorized : isMember ? HttpStatusCode.Forbidden : HttpStatusCode.NotFound;
                foreach (string method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
                {
                    cells++;
                    using var request = new HttpRequestMessage(new HttpMethod(method), PathOf(route, id));
                    using HttpResponseMessage answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                    if (answer.StatusCode != expected)
                    {
                        differences.Add($"{name}, {method} {NameOf(route)}: {(int)answer.StatusCode}, expected {(int)expected}");
                    }
                }
            }
        }

        differences.ShouldBeEmpty();
        cells.ShouldBeGreaterThan(300);
    }

    /// <summary>What the policy says of a caller who shows a token; null when they may.</summary>
    private static HttpStatusCode? Refusal(RouteEndpoint route, Role? role, bool isAdmin)
    {
        Policy policy = route.Metadata.GetMetadata<Policy>()!;
        return policy switch
        {
            { IsOpen: true } => null,
            _ when role is null => HttpStatusCode.Unauthorized,
            { IsForAdmins: true } when !isAdmin => HttpStatusCode.Forbidden,
            { Role: Role needed } when role < needed && policy.Thing is null or Thing.Project => HttpStatusCode.Forbidden,
            { Thing: not null and not Thing.Project } => HttpStatusCode.NotFound,
            _ => Unconfirmed(route),
        };
    }

    private static HttpStatusCode? Unconfirmed(RouteEndpoint route) => route.Metadata.GetMetadata<NeedsConfirmation>() is null ? null : HttpStatusCode.Forbidden;

    /// <summary>Its project is one that the callers are members of; other ids name nothing.</summary>
    private string PathOf(RouteEndpoint route, string? id = null)
    {
        Policy policy = route.Metadata.GetMetadata<Policy>()!;
        string path = route.RoutePattern.RawText!;
        foreach (RoutePatternParameterPart parameter in route.RoutePattern.Parameters)
        {
            string value = parameter.Name == policy.IdName && id is not null ? id
                : policy.Thing == Thing.Project && parameter.Name == policy.IdName ? accounts.Ours.Id
                : parameter.Name == "documentName" ? "v1" : "none";
            path = path.Replace(parameter.IsCatchAll ? $"{{**{parameter.Name}}}" : $"{{{parameter.Name}}}", value, StringComparison.Ordinal);
        }

        // Its name counts within a project, which the query says.
        return policy.Thing == Thing.RegisteredModel && id is not null ? $"{path}?project={accounts.Ours.Id}" : path;
    }

    private async Task<string> Revoked()
    {
        (ApiToken token, string secret) = await accounts.TokenOf("trainer");
        await accounts.Platform.Tokens.RevokeAsync(Actor.LocalOwner, token.Id);
        return secret;
    }

    private async Task<string> Disabled()
    {
        User user = await accounts.Member($"disabled{Interlocked.Increment(ref disabled)}", accounts.Ours, Role.Admin);
        (_, string secret) = await accounts.TokenOf(user.Name);
        await accounts.Platform.Users.SetDisabledAsync(Actor.LocalOwner, user.Id, true);
        return secret;
    }

    private static string NameOf(RouteEndpoint route) => route.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? route.RoutePattern.RawText!;

    private IReadOnlyList<RouteEndpoint> Routes() => [.. accounts.Running.Endpoints.OfType<RouteEndpoint>()];
}

public sealed class PolicyTests(ServerWithAccounts accounts) : PolicyContract(accounts), IClassFixture<ServerWithAccounts>;

public sealed class PolicyOnPostgresTests(PostgresServerWithAccounts accounts) : PolicyContract(accounts), IClassFixture<PostgresServerWithAccounts>;
