using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Strata.Platform;
using Strata.Platform.Monitoring;

namespace Strata.Server.Monitoring;

/// <summary>
/// Sends metrics and traces to an OpenTelemetry collector by OTLP over HTTP while the server runs: the platform's own, those of requests, of outgoing requests and of .NET. Headers, such as a
/// collector's token, are read from OTEL_EXPORTER_OTLP_HEADERS.
/// </summary>
internal sealed class TelemetryExport(Uri collector, TimeSpan every, StrataPlatform platform) : IHostedService, IDisposable
{
    private static readonly string[] Meters = [Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];
    private static readonly string[] Sources = [Telemetry.Name, "Microsoft.AspNetCore", "System.Net.Http"];

    private PlatformMeter? meter;
    private MeterProvider? metrics;
    private TracerProvider? traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        meter = new PlatformMeter(platform);
        metrics = Sdk.CreateMeterProviderBuilder().ConfigureResource(Name).AddMeter(Meters).AddOtlpExporter((options, reader) =>
        {
            To(options, "v1/metrics");
            reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)every.TotalMilliseconds;
        }).Build();
        traces = Sdk.CreateTracerProviderBuilder().ConfigureResource(Name).AddSource(Sources).AddOtlpExporter(options =>
        {
            To(options, "v1/traces");
            options.BatchExportProcessorOptions.ScheduledDelayMilliseconds = (int)Math.Min(every.TotalMilliseconds, 5000);
        }).Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>What is not sent yet is sent now, for a moment at the most.</summary>
    public void Dispose()
    {
        metrics?.Dispose();
        traces?.Dispose();
        meter?.Dispose();
        (metrics, traces, meter) = (null, null, null);
    }

    private void To(OtlpExporterOptions options, string path)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri($"{collector.AbsoluteUri.TrimEnd('/')}/{path}");
        options.TimeoutMilliseconds = 5000;
    }

    private static void Name(ResourceBuilder resource) => resource.AddService("strata", serviceVersion: typeof(TelemetryExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);
}
