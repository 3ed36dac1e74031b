using System.Runtime.InteropServices;

namespace Strata.Learning.Data.Reading;

/// <summary>The values of one column while several threads fill them, kept at one address until disposed.</summary>
internal sealed class ColumnBuffer : IDisposable
{
    private GCHandle pin;

    public ColumnBuffer(FieldKind kind, long rows)
    {
        Kind = kind;
        int count = checked((int)rows);
        Values = kind switch
        {
            FieldKind.Real => GC.AllocateUninitializedArray<double>(count),
            FieldKind.Whole => GC.AllocateUninitializedArray<long>(count),
            FieldKind.Text => GC.AllocateUninitializedArray<int>(count),
            _ => Array.Empty<int>(),
        };
        pin = GCHandle.Alloc(Values, GCHandleType.Pinned);
        Address = pin.AddrOfPinnedObject();
    }

    public FieldKind Kind { get; }

    public Array Values { get; }

    public nint Address { get; }

    public void Dispose()
    {
        if (pin.IsAllocated)
        {
            pin.Free();
        }
    }
}
