namespace Strata.Tensors.Backends;

public abstract unsafe partial class Backend<T>
{
    /// <summary>Numbers of memory that an attention needs on the way forward.</summary>
    public abstract long AttendMemory(in Attention<T> attention);

    /// <summary>Numbers of memory that it needs besides on the way back.</summary>
    public abstract long AttendBackMemory(in Attention<T> attention);

    /// <summary>All heads of all rows.</summary>
    public abstract void Attend(in Attention<T> attention);

    /// <summary>The gradients of an attention that has kept its memory.</summary>
    public abstract void AttendBack(in Attention<T> attention, in AttentionGradients<T> gradients);
}
