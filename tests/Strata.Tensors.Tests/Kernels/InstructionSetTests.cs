using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Strata.Tensors.Tests.Kernels;

/// <summary>Runs all other tests of kernels as if the processor had fewer vector instructions.</summary>
public class InstructionSetTests
{
    [Theory]
    [InlineData("EnableAVX512")]
    [InlineData("EnableAVX2")]
    public async Task Kernels_hold_without(string instructions)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["-noColor", "-noLogo", "-namespace", "Strata.Tensors.Tests.Kernels*", "-namespace", "Strata.Tensors.Tests.Backends*", "-class-", typeof(InstructionSetTests).FullName!]) { RedirectStandardOutput = true };
        start.Environment[$"DOTNET_{instructions}"] = "0";
        using Process tests = Process.Start(start)!;
        string output = await tests.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await tests.WaitForExitAsync(TestContext.Current.CancellationToken);
        tests.ExitCode.ShouldBe(0, output);
        output.ShouldContain("Failed: 0");
    }
}
