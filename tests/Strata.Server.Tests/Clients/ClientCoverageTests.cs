using System.Collections;
using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;
using Strata.Client;
using Xunit;

namespace Strata.Server.Tests.Clients;

/// <summary>Calls every method of the typed client, and compares what it asks for with what the server offers.</summary>
public sealed partial class ClientCoverageTests
{
    private const string Name = "some-name";

    [Fact]
    public async Task Every_route_but_MLflows_has_a_method_and_every_method_a_route()
    {
        HashSet<string> offered = await Offered();
        HashSet<string> asked = await Asked(offered);

        offered.Except(asked).Order(StringComparer.Ordinal).ShouldBeEmpty("routes without a method of StrataClient");
        asked.Except(offered).Order(StringComparer.Ordinal).ShouldBeEmpty("methods of StrataClient without a route");
        offered.Count.ShouldBeGreaterThan(80);
    }

    [GeneratedRegex(@"\\\{[^}]*}")]
    private static partial Regex Variable();

    /// <summary>Method and template of every route of the document; programs that watch a server read the probes by themselves.</summary>
    private static async Task<HashSet<string>> Offered()
    {
        using var document = new MemoryStream();
        await StrataServer.WriteOpenApi(document, TestContext.Current.CancellationToken);
        JsonObject paths = JsonNode.Parse(document.ToArray())!["paths"]!.AsObject();
        return [.. from path in paths
                   where path.Key.StartsWith("/api/", StringComparison.Ordinal) && !path.Key.Contains("/mlflow", StringComparison.Ordinal)
                   from operation in path.Value!.AsObject()
                   select $"{operation.Key.ToUpperInvariant()} {path.Key.TrimEnd('/')}"];
    }

    private static async Task<HashSet<string>> Asked(HashSet<string> offered)
    {
        var listener = new Listener();
        using var http = new HttpClient(listener) { BaseAddress = new Uri("http://127.0.0.1/") };
        var client = new StrataClient(http);
        foreach (MethodInfo method in typeof(StrataClient).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            // Where an address depends on a choice, every choice is taken.
            ParameterInfo? choice = method.GetParameters().FirstOrDefault(parameter => parameter.ParameterType.IsEnum);
            foreach (object? chosen in choice is null ? [null] : Enum.GetValues(choice.ParameterType).Cast<object?>())
            {
                await Call(client, method, chosen);
            }
        }

        // A template without a variable part goes before one with.
        (string Route, Regex Pattern)[] templates = [.. offered.OrderBy(route => route.Count(letter => letter == '{')).Select(route => (route, new Regex($"^{Variable().Replace(Regex.Escape(route), "[^/]+")}$")))];
        return [.. listener.Requests.Select(request => templates.FirstOrDefault(template => template.Pattern.IsMatch(request)).Route ?? request)];
    }

    private static async Task Call(StrataClient client, MethodInfo method, object? chosen)
    {
        object? answer = method.Invoke(client, [.. method.GetParameters().Select(parameter => parameter.ParameterType.IsEnum ? chosen : Value(parameter.ParameterType))]);
        try
        {
            switch (answer)
            {
                case Task task:
                    await task;
                    break;
                case IAsyncEnumerable<JobHappening> happenings:
                    _ = await happenings.CountAsync(TestContext.Current.CancellationToken);
                    break;
                default:
                    throw new InvalidOperationException($"{method.Name} answers a {answer?.GetType().Name}; this test does not know how to wait for it.");
            }
        }
        catch (RefusedException)
        {
            // The listener refuses everything.
        }
    }

    /// <summary>Some value of a type that can be sent.</summary>
    private static object? Value(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is not null || type == typeof(CancellationToken) || type.Name.StartsWith("IProgress", StringComparison.Ordinal))
        {
            return type == typeof(CancellationToken) ? TestContext.Current.CancellationToken : null;
        }

        if (type == typeof(string))
        {
            return Name;
        }

        if (type == typeof(Stream))
        {
            return new MemoryStream();
        }

        if (type.IsValueType)
        {
            return Activator.CreateInstance(type);
        }

        if (typeof(IEnumerable).IsAssignableFrom(type))
        {
            Type[] items = type.GetGenericArguments();
            return items.Length == 2 ? Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(items)) : Array.CreateInstance(items[0], 0);
        }

        ConstructorInfo made = type.GetConstructors().OrderBy(one => one.GetParameters().Length).First(one => one.GetParameters() is not [{ ParameterType: var only }] || only != type);
        object value = made.Invoke([.. made.GetParameters().Select(parameter => Value(parameter.ParameterType))]);
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite && property.PropertyType == typeof(string) && property.GetValue(value) is null))
        {
            property.SetValue(value, Name);
        }

        return value;
    }

    /// <summary>Notes each request and refuses it.</summary>
    private sealed class Listener : HttpMessageHandler
    {
        public List<string> Requests { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add($"{request.Method} {request.RequestUri!.AbsolutePath.TrimEnd('/')}");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
        }
    }
}
