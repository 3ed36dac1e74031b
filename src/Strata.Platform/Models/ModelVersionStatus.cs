namespace Strata.Platform.Models;

/// <summary>Where a model version is in its life.</summary>
public enum ModelVersionStatus
{
    /// <summary>Registered, and not yet meant for anything.</summary>
    Training,

    /// <summary>Under trial.</summary>
    Staged,

    /// <summary>In use.</summary>
    Production,

    /// <summary>No longer in use.</summary>
    Archived,
}
