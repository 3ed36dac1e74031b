using Shouldly;
using Strata.Tensors.Kernels;
using Xunit;

namespace Strata.Tensors.Tests.Kernels;

public sealed unsafe class AlignedBufferTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(3, false)]
    [InlineData(1 << 20, true)]
    public void Memory_is_zeroed_and_starts_on_a_cache_line(int length, bool hugePages)
    {
        using var buffer = new AlignedBuffer<double>(length, hugePages);
        ((nint)buffer.Pointer % 64).ShouldBe(0);
        buffer.Length.ShouldBe(length);
        buffer.Span.IndexOfAnyExcept(0.0).ShouldBe(-1);
        buffer.Span.Fill(1);
    }

    [Fact]
    public void Disposed_memory_cannot_be_reached()
    {
        var buffer = new AlignedBuffer<int>(4);
        buffer.Dispose();
        buffer.Dispose();
        Should.Throw<ObjectDisposedException>(() => buffer.Span.Length);
    }
}
