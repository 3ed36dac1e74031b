namespace Strata.Learning.ModelFiles;

/// <summary>A model file cannot be read: damaged, too large, of a newer version, or not a model file at all.</summary>
public sealed class ModelFileException : Exception
{
    public ModelFileException(string message)
        : base(message)
    {
    }

    public ModelFileException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
