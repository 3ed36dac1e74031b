using Shouldly;
using Strata.Learning.Data;
using Strata.Platform.Accounts;
using Strata.Platform.Datasets;
using Strata.Platform.Storage;
using Xunit;

namespace Strata.Platform.Tests.Accounts;

public sealed class AccountTests : IAsyncLifetime
{
    private readonly AccountFolder folder = new();
    private User root = null!;

    private StrataPlatform Platform => folder.Platform;

    public async ValueTask InitializeAsync()
    {
        Platform.Users.HasUsers().ShouldBeFalse();
        root = await folder.Administrator();
    }

    public ValueTask DisposeAsync() => folder.DisposeAsync();

    [Fact]
    public async Task The_first_user_is_made_once()
    {
        Platform.Users.HasUsers().ShouldBeTrue();
        root.IsAdmin.ShouldBeTrue();
        await Should.ThrowAsync<ConflictException>(() => Platform.Users.CreateFirstAsync(Actor.LocalOwner, "second", AccountFolder.Password));
    }

    [Fact]
    public async Task Nobody_locks_everybody_out()
    {
        foreach (Func<Task> act in new Func<Task>[]
        {
            () => Platform.Users.DeleteAsync(Actor.LocalOwner, root.Id),
            () => Platform.Users.SetDisabledAsync(Actor.LocalOwner, root.Id, true),
            () => Platform.Users.SetAdminAsync(Actor.LocalOwner, root.Id, false),
        })
        {
            (await Should.ThrowAsync<ConflictException>(act)).Message.ShouldContain("must be an administrator");
        }

        User other = await Platform.Users.CreateAsync(Actor.LocalOwner, "other", AccountFolder.Password, isAdmin: true);
        await Platform.Users.DeleteAsync(Actor.LocalOwner, root.Id);
        Platform.Users.List().Items.Select(user => user.Id).ShouldBe([other.Id]);
    }

    [Fact]
    public async Task A_role_comes_from_oneself_or_a_team_and_the_higher_one_counts()
    {
        User ann = await folder.Person("ann");
        Project project = await Platform.Projects.CreateAsync(Actor.LocalOwner, "stars", string.Empty);
        Team team = await Platform.Users.CreateTeamAsync(Actor.LocalOwner, "astronomers");
        RolesOf(ann).ShouldBeEmpty();

        await Platform.Projects.SetMemberAsync(Actor.LocalOwner, project.Id, MemberKind.User, ann.Id, Role.Trainer);
        await Platform.Projects.SetMemberAsync(Actor.LocalOwner, project.Id, MemberKind.Team, team.Id, Role.Viewer);
        await Platform.Users.AddToTeamAsync(Actor.LocalOwner, team.Id, ann.Id);
        RolesOf(ann)[project.Id].ShouldBe(Role.Trainer);

        await Platform.Projects.SetMemberAsync(Actor.LocalOwner, project.Id, MemberKind.Team, team.Id, Role.Admin);
        RolesOf(ann)[project.Id].ShouldBe(Role.Admin);
        Platform.Projects.Members(project.Id).Select(member => (member.MemberName, member.Role)).ShouldBe([("astronomers", Role.Admin), ("ann", Role.Trainer)], ignoreOrder: true);

        await Platform.Users.RemoveFromTeamAsync(Actor.LocalOwner, team.Id, ann.Id);
        RolesOf(ann)[project.Id].ShouldBe(Role.Trainer);
        await Platform.Projects.RemoveMemberAsync(Actor.LocalOwner, project.Id, MemberKind.User, ann.Id);
        RolesOf(ann).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_is_deleted_leaves_no_role_no_session_and_no_token_behind()
    {
        User ann = await folder.Person("ann");
        Project project = await Platform.Projects.CreateAsync(Actor.LocalOwner, "stars", string.Empty);
        await Platform.Projects.SetMemberAsync(Actor.LocalOwner, project.Id, MemberKind.User, ann.Id, Role.Trainer);
        (_, string cookie) = await Platform.LogIns.OpenAsync(ann, null);
        (_, string token) = await Platform.Tokens.CreateAsync(Actor.LocalOwner, ann.Id, "t", Role.Viewer, null, TimeSpan.FromDays(1));
        await Platform.Users.DeleteAsync(Actor.LocalOwner, ann.Id);
        Platform.LogIns.OfCookie(cookie).ShouldBeNull();
        Platform.Tokens.IdentityOf(token).ShouldBeNull();
        Platform.Projects.Members(project.Id).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_project_that_holds_something_is_not_deleted()
    {
        Project project = await Platform.Projects.CreateAsync(Actor.LocalOwner, "stars", string.Empty);
        await Platform.Datasets.UploadAsync(new MemoryStream("a\n1\n"u8.ToArray()), new DatasetUpload("t.csv") { Project = project.Id }, TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<ConflictException>(() => Platform.Projects.DeleteAsync(Actor.LocalOwner, project.Id))).Message.ShouldContain("things belong to");
        Project empty = await Platform.Projects.CreateAsync(Actor.LocalOwner, "empty", string.Empty);
        await Platform.Projects.DeleteAsync(Actor.LocalOwner, empty.Id);
        Platform.Projects.List().Select(known => known.Id).ShouldBe([ProjectScope.Usual, project.Id], ignoreOrder: true);
        await Should.ThrowAsync<ConflictException>(() => Platform.Projects.DeleteAsync(Actor.LocalOwner, ProjectScope.Usual));
    }

    [Fact]
    public async Task Lists_show_the_things_of_the_projects_that_are_asked_for()
    {
        Project project = await Platform.Projects.CreateAsync(Actor.LocalOwner, "stars", string.Empty);
        await Platform.Datasets.UploadAsync(new MemoryStream("a\n1\n"u8.ToArray()), new DatasetUpload("t.csv") { Project = project.Id }, TestContext.Current.CancellationToken);
        await Platform.Datasets.UploadAsync(new MemoryStream("a\n1\n"u8.ToArray()), new DatasetUpload("t.csv"), TestContext.Current.CancellationToken);
        Platform.Datasets.List().Total.ShouldBe(2);
        Platform.Datasets.List(projects: [project.Id]).Items.Select(dataset => (dataset.Project, dataset.Version)).ShouldBe([(project.Id, 1)]);
        Platform.Jobs.List(projects: [project.Id]).Total.ShouldBe(1);
        Platform.Datasets.List(projects: [project.Id, ProjectScope.Usual]).Total.ShouldBe(2);
        Platform.Datasets.List(projects: []).Total.ShouldBe(0);
        Platform.Datasets.List(projects: [project.Id[..5]]).Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_token_does_what_its_scope_and_its_user_allow_until_it_ends()
    {
        User ann = await folder.Person("ann");
        Project stars = await Platform.Projects.CreateAsync(Actor.LocalOwner, "stars", string.Empty), moons = await Platform.Projects.CreateAsync(Actor.LocalOwner, "moons", string.Empty);
        await Platform.Projects.SetMemberAsync(Actor.LocalOwner, stars.Id, MemberKind.User, ann.Id, Role.Deployer);
        await Platform.Projects.SetMemberAsync(Actor.LocalOwner, moons.Id, MemberKind.User, ann.Id, Role.Viewer);
        (ApiToken token, string secret) = await Platform.Tokens.CreateAsync(Actor.LocalOwner, ann.Id, "t", Role.Trainer, null, TimeSpan.FromDays(2));
        Platform.Tokens.IdentityOf(secret)!.Roles.ShouldBe(new Dictionary<string, Role> { [stars.Id] = Role.Trainer, [moons.Id] = Role.Viewer }, ignoreOrder: true);

        (_, string narrow) = await Platform.Tokens.CreateAsync(Actor.LocalOwner, ann.Id, "t", Role.Admin, moons.Id, TimeSpan.FromDays(2));
        Platform.Tokens.IdentityOf(narrow)!.Roles.ShouldBe(new Dictionary<string, Role> { [moons.Id] = Role.Viewer });

        foreach (string wrong in new[] { secret[..^1], secret + "x", secret[..^1] + (secret[^1] == 'a' ? 'b' : 'a'), token.Prefix, string.Empty })
        {
            Platform.Tokens.IdentityOf(wrong).ShouldBeNull();
        }

        folder.Clock.Move(TimeSpan.FromDays(2.1));
        Platform.Tokens.IdentityOf(secret).ShouldBeNull();
        Platform.Tokens.IdentityOf(narrow).ShouldBeNull();
    }

    [Fact]
    public async Task An_administrators_narrow_token_does_not_administer()
    {
        (_, string narrow) = await Platform.Tokens.CreateAsync(Actor.LocalOwner, root.Id, "t", Role.Viewer, null, TimeSpan.FromDays(1));
        Identity identity = Platform.Tokens.IdentityOf(narrow)!;
        identity.IsAdmin.ShouldBeFalse();
        identity.Everywhere.ShouldBe(Role.Viewer);
        (_, string one) = await Platform.Tokens.CreateAsync(Actor.LocalOwner, root.Id, "t", Role.Admin, ProjectScope.Usual, TimeSpan.FromDays(1));
        identity = Platform.Tokens.IdentityOf(one)!;
        identity.IsAdmin.ShouldBeFalse();
        identity.Everywhere.ShouldBeNull();
        identity.Roles.ShouldBe(new Dictionary<string, Role> { [ProjectScope.Usual] = Role.Admin });
    }

    [Fact]
    public async Task A_revoked_token_is_worthless_at_once_and_stays_in_the_list()
    {
        (ApiToken token, string secret) = await Platform.Tokens.CreateAsync(Actor.LocalOwner, root.Id, "t", Role.Admin, null, TimeSpan.FromDays(1));
        secret.Length.ShouldBe(ApiTokens.Mark.Length + 8 + 1 + 40);
        await Platform.Tokens.NoteUseAsync(token);
        await Platform.Tokens.RevokeAsync(Actor.LocalOwner, token.Id);
        Platform.Tokens.IdentityOf(secret).ShouldBeNull();
        ApiToken known = Platform.Tokens.Of(root.Id).Single();
        (known.RevokedAt, known.LastUsedAt).ShouldBe((folder.Clock.GetUtcNow(), folder.Clock.GetUtcNow()));
    }

    private IReadOnlyDictionary<string, Role> RolesOf(User user) => Platform.LogIns.OfUser(user.Id)!.Roles;

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(400)]
    public async Task A_token_lives_up_to_a_year(double days) =>
        await Should.ThrowAsync<DataException>(() => Platform.Tokens.CreateAsync(Actor.LocalOwner, root.Id, "t", Role.Admin, null, TimeSpan.FromDays(days)));
}
