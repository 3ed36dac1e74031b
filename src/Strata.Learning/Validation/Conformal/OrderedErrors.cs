namespace Strata.Learning.Validation.Conformal;

/// <summary>The errors that one model made on rows it had not seen, ascending.</summary>
internal sealed class OrderedErrors
{
    private readonly double[] errors;

    public OrderedErrors(IEnumerable<double> errors) => this.errors = [.. errors.Order()];

    public double[] Values => errors;

    public int Count => errors.Length;

    public double Largest => errors.Length == 0 ? 0 : errors[^1];

    /// <summary>How many are below the value.</summary>
    public int CountBelow(double value)
    {
        int low = 0, high = errors.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = errors[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>How many are at most the value.</summary>
    public int CountUpTo(double value)
    {
        int low = 0, high = errors.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = errors[middle] <= value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
