namespace Strata.Platform.Accounts;

/// <summary>What a member may do in a project; each may do what the ones before it may.</summary>
public enum Role
{
    /// <summary>Look, and ask models for predictions.</summary>
    Viewer,

    /// <summary>Bring data, train, compare, delete what was made.</summary>
    Trainer,

    /// <summary>Put models into production and take them back.</summary>
    Deployer,

    /// <summary>Say who may do what in the project.</summary>
    Admin,
}
