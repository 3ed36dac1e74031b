using System.Net;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Logging.Console;
using Microsoft.OpenApi;
using Strata.Client;
using Strata.Platform;
using Strata.Server.Forms;
using Strata.Server.Monitoring;
using Strata.Server.OpenApi;
using Strata.Server.Pretrained;
using Strata.Server.Repeats;
using Strata.Server.Safety;

namespace Strata.Server;

/// <summary>Puts the web server together: routes, safety, documents and the web page.</summary>
public static class StrataServer
{
    /// <summary>
    /// A server over an open platform, ready to be started; <c>app.Urls</c> holds the bound address afterwards. The platform stays the caller's, who starts it after
    /// this: it learns here what becomes of the house's jobs.
    /// </summary>
    /// <exception cref="ConflictException">The address is not a loopback one, and nobody can administer.</exception>
    public static WebApplication Build(ServerOptions options, StrataPlatform platform)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(platform);
        CheckAddress(options, platform);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = JsonBodies.MostBytes;
            kestrel.Listen(options.Address, options.Port, listen =>
            {
                if (options.Certificate is not null)
                {
                    listen.UseHttps(options.Certificate);
                }
            });
        });
        builder.Services.AddSingleton(platform);
        if (options.Collector is Uri collector)
        {
            builder.Services.AddHostedService(_ => new TelemetryExport(collector, options.CollectorEvery, platform));
        }

        HouseJobKinds.AddFinishes(platform);
        if (!platform.Options.IsReplica)
        {
            builder.Services.AddHostedService<PretrainedShelf>();
            platform.EmptyIncoming();
        }

        return Compose(builder, options);
    }

    /// <exception cref="ConflictException">The address is not a loopback one, and nobody can administer.</exception>
    internal static void CheckAddress(ServerOptions options, StrataPlatform platform)
    {
        if (!IPAddress.IsLoopback(options.Address) && options.SetUpToken is null && !platform.Users.HasAdmin())
        {
            throw new ConflictException(
                $"Without accounts the server listens on loopback addresses only, not on {options.Address}: whoever reaches it may do everything. "
                + "Make an administrator first ('strata admin create NAME'), or start it with '--set-up', which prints a token that makes one.");
        }
    }

    /// <summary>Writes the OpenAPI document of the routes, without listening anywhere.</summary>
    public static async Task WriteOpenApi(Stream destination, CancellationToken cancellation = default)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton<IServer, SilentServer>();
        builder.Services.AddSingleton<StrataPlatform>(_ => throw new InvalidOperationException("Routes are described without a platform."));
        await using WebApplication app = Compose(builder, new ServerOptions());
        await app.StartAsync(cancellation).ConfigureAwait(false);
        var provider = app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(ContractDocument.Name);
        OpenApiDocument document = await provider.GetOpenApiDocumentAsync(cancellation).ConfigureAwait(false);
        await document.SerializeAsJsonAsync(destination, OpenApiSpecVersion.OpenApi3_1, cancellation).ConfigureAwait(false);
        await app.StopAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>A setting of a request that is spelt wrong must not be left out in silence. Answers stay open: they may get further fields.</summary>
    private static void RefuseUnknownFields(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Object && type.Type.Name.EndsWith("Request", StringComparison.Ordinal))
        {
            type.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        }
    }

    private static WebApplication Compose(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new ServerStart(TimeProvider.System));
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            WireJson.Configure(json.SerializerOptions);
            json.SerializerOptions.TypeInfoResolver = json.SerializerOptions.TypeInfoResolver!.WithAddedModifier(RefuseUnknownFields);
        });
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddOpenApi(ContractDocument.Name, ContractDocument.Configure);
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.WithOrigins([.. options.CorsOrigins]).AllowAnyHeader().AllowAnyMethod()));
        builder.Logging.ClearProviders().AddFilter("Microsoft", LogLevel.Warning).AddSimpleConsole();

        // It logs nothing that anybody reads, but while it may, every request is given an activity of its own.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        WebApplication app = builder.Build();
        app.Use(SecurityHeaders.Set);
        app.Use(Errors.Answer);
        app.Use(new HostGuard(options.AllowedHosts).Check);
        app.Use(new OriginGuard(options.CorsOrigins).Check);
        app.UseRouting();
        app.UseCors();
        app.Use(new Gate(options, TimeProvider.System).Check);
        app.Use(new RepeatGuard(app.Services.GetRequiredService<StrataPlatform>).Check);
        app.UseWebPage(options.WebFolder);
        app.MapOpenApi().Open();
        app.UseSwaggerUI(docs =>
        {
            docs.RoutePrefix = "docs";
            docs.DocumentTitle = "Strata API";
            docs.SwaggerEndpoint($"/openapi/{ContractDocument.Name}.json", "Strata");
        });
        app.MapStrata();
        return app;
    }

    /// <summary>A server that serves nobody, so that routes can be described without listening.</summary>
    private sealed class SilentServer : IServer
    {
        public Microsoft.AspNetCore.Http.Features.IFeatureCollection Features { get; } = new Microsoft.AspNetCore.Http.Features.FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
