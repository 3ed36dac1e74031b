namespace Strata.Tensors.Backends;

public abstract unsafe partial class Backend<T>
{
    /// <summary>Numbers of memory that a recurrent layer needs on the way forward.</summary>
    public abstract long RecurMemory(in Recurrence<T> layer);

    /// <summary>Numbers of memory that it needs besides on the way back.</summary>
    public abstract long RecurBackMemory(in Recurrence<T> layer);

    /// <summary>All steps of a recurrent layer.</summary>
    public abstract void Recur(in Recurrence<T> layer);

    /// <summary>Adds the gradients of a layer that has kept its memory.</summary>
    public abstract void RecurBack(in Recurrence<T> layer, in RecurrenceGradients<T> gradients);
}
