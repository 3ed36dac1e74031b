using Strata.Platform.Accounts;
using Strata.Platform.TestWorker;

namespace Strata.Platform.Tests.Accounts;

/// <summary>A platform with quick password hashes and a clock that a test moves, in a folder of its own.</summary>
public sealed class AccountFolder : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";

    private readonly TemporaryFolder folder = new();

    public AccountFolder() => Platform = Open();

    public MovableClock Clock { get; } = new();

    public AccountSettings Settings { get; } = new() { PasswordRounds = 1000 };

    public StrataPlatform Platform { get; private set; }

    public string DatabasePath => folder.At("strata.db");

    public Task<User> Administrator() => Platform.Users.CreateFirstAsync(Actor.LocalOwner, "root", Password);

    public Task<User> Person(string name) => Platform.Users.CreateAsync(Actor.LocalOwner, name, Password, isAdmin: false);

    /// <summary>As a server that is stopped and started again.</summary>
    public async Task Restart(AccountSettings? settings = null, Action? meanwhile = null)
    {
        await Platform.DisposeAsync();
        meanwhile?.Invoke();
        Platform = Open(settings);
    }

    public async ValueTask DisposeAsync()
    {
        await Platform.DisposeAsync();
        folder.Dispose();
    }

    private StrataPlatform Open(AccountSettings? settings = null) =>
        StrataPlatform.Open(TestPlatform.OptionsFor(folder.Root) with { Accounts = settings ?? Settings }, TestPlatform.LoadModel, Clock);
}
