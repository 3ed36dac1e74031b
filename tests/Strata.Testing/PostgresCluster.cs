using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Xunit;

namespace Strata.Testing;

/// <summary>
/// A PostgreSQL of the tests' own, started when the first test asks for a database and stopped with the test assembly. It listens on a socket in a
/// temporary folder only. Tests that need it are skipped where PostgreSQL is not installed.
/// </summary>
public sealed class PostgresCluster : IDisposable
{
    private const string User = "strata";

    private readonly Lock gate = new();
    private readonly HashSet<string> databases = [];
    private string? programs;
    private bool isStarted;

    /// <summary>The cluster's folder: short, because the path of a socket may not be long.</summary>
    public string Folder { get; } = Path.Join(Path.GetTempPath(), $"strata-pg-{Guid.NewGuid():N}"[..20]);

    /// <summary>The connection string of an empty database of that name; one that a test before has used is emptied.</summary>
    public string EmptyDatabase(string name)
    {
        Start();
        bool isNew;
        lock (gate)
        {
            isNew = databases.Add(name);
        }

        if (isNew)
        {
            Execute("postgres", $"create database \"{name}\"");
        }
        else
        {
            Execute(name, "drop schema public cascade; create schema public");
        }

        return ConnectionString(name);
    }

    /// <summary>Kills the whole cluster as a power cut would, and starts it again when the pause is over.</summary>
    public void KillAndRestart(TimeSpan pause)
    {
        Kill();
        Thread.Sleep(pause);
        Restart();
    }

    /// <summary>Kills every process of the cluster.</summary>
    public void Kill()
    {
        int master = int.Parse(File.ReadLines(Path.Join(Folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        int[] children = [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).Where(id => ParentOf(id) == master)];
        foreach (int id in (int[])[master, .. children])
        {
            try
            {
                using Process process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
            {
                // It went with the others.
            }
        }
    }

    public void Restart()
    {
        // A killed postmaster may stay a zombie for a while, and its files would count as held.
        foreach (string left in Directory.EnumerateFiles(Folder, ".s.PGSQL.*").Append(Path.Join(Folder, "data", "postmaster.pid")))
        {
            File.Delete(left);
        }

        Run("pg_ctl", "start");
    }

    public void Dispose()
    {
        if (isStarted)
        {
            Run("pg_ctl", "-m", "immediate", "stop");
            Directory.Delete(Folder, recursive: true);
        }
    }

    private void Execute(string database, string statement)
    {
        using var connection = new NpgsqlConnection(ConnectionString(database));
        connection.Open();
        using var command = new NpgsqlCommand(statement, connection);
        command.ExecuteNonQuery();
    }

    private string ConnectionString(string database) => $"Host={Folder};Username={User};Database={database};Pooling=false";

    private void Start()
    {
        lock (gate)
        {
            programs ??= FindPrograms();
            Assert.SkipWhen(programs is null, "PostgreSQL (initdb, pg_ctl) is not installed.");
            if (!isStarted)
            {
                Directory.CreateDirectory(Folder);
                if (Environment.IsPrivilegedProcess)
                {
                    Check(Process.Start(new ProcessStartInfo("chown", [Account(), Folder]))!, "chown");
                }

                Run("initdb", "-U", User, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
                Run("pg_ctl", "start");
                isStarted = true;
            }
        }
    }

    private void Run(string program, params string[] arguments)
    {
        string[] all = [
            Path.Join(programs, program), "-D", Path.Join(Folder, "data"),
            .. program == "pg_ctl" ? (string[])["-w", "-t", "60", "-l", Path.Join(Folder, "log"), "-o", $"-k {Folder} -c listen_addresses= -c fsync=off -c shared_buffers=16MB -c max_connections=100"] : [],
            .. arguments];

        // PostgreSQL refuses to run as an administrator.
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", Account(), "--", .. all] : all;
        Check(Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, WorkingDirectory = Folder })!, program);
    }

    private static void Check(Process process, string what)
    {
        using (process)
        {
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"'{what}' of the PostgreSQL for tests ended with {process.ExitCode}.");
            }
        }
    }

    private static string Account() => File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private static string? FindPrograms()
    {
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        if (Directory.Exists("/usr/lib/postgresql"))
        {
            folders = folders.Concat(Directory.EnumerateDirectories("/usr/lib/postgresql").OrderByDescending(version => version, StringComparer.Ordinal).Select(version => Path.Join(version, "bin")));
        }

        return OperatingSystem.IsWindows() ? null : folders.FirstOrDefault(folder => File.Exists(Path.Join(folder, "initdb")) && File.Exists(Path.Join(folder, "pg_ctl")));
    }

    private static int? ParentOf(int process)
    {
        try
        {
            // "12 (postgres) S 7 ...": the name may hold anything, so count from its last bracket.
            string text = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
