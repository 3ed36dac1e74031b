using System.Text.Json;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Search;

/// <summary>
/// A study on disk: a header line and a line for every start and end of a trial, appended as it happens. Each line is handed to the system whole before the search goes on, so that
/// the end of the process loses none; a line that a crash tore is cut off when the file is opened again.
/// </summary>
internal sealed class StudyFile : IDisposable
{
    private const byte LineEnd = (byte)'\n';

    private readonly string path;
    private readonly FileStream file;

    private StudyFile(string path, FileStream file, IReadOnlyList<StudyLine> lines) => (this.path, this.file, Lines) = (path, file, lines);

    /// <summary>The lines that were there when the file was opened.</summary>
    public IReadOnlyList<StudyLine> Lines { get; }

    /// <summary>Opens the study or begins it. Only one process can have it open.</summary>
    /// <exception cref="DataException">The file is no study, is one of something else, or another process has it.</exception>
    public static StudyFile Open(string path, StudyHeader header)
    {
        FileStream file = OpenAlone(path);
        try
        {
            (StudyHeader? found, List<StudyLine> lines, long whole) = Read(path, file);
            if (found is not null)
            {
                CheckSame(path, found, header);
            }

            // Behind the last whole line a crash may have left a part of one.
            file.SetLength(whole);
            file.Position = whole;
            var study = new StudyFile(path, file, lines);
            if (found is null)
            {
                study.Append(header);
            }

            return study;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>What a file holds.</summary>
    /// <exception cref="DataException">The file is no study, or a search has it.</exception>
    public static (StudyHeader Header, IReadOnlyList<StudyLine> Lines) Read(string path)
    {
        using FileStream file = OpenShared(path);
        (StudyHeader? header, List<StudyLine> lines, _) = Read(path, file);
        return (header ?? throw NoStudy(path, 1), lines);
    }

    public void Append(StudyLine line) => Append<StudyLine>(line);

    public byte[] Snapshot()
    {
        var bytes = new byte[file.Position];
        int read = RandomAccess.Read(file.SafeFileHandle, bytes, 0);
        return bytes[..read];
    }

    public void Dispose() => file.Dispose();

    private void Append<T>(T record)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(record, ModelFileJson.Options), LineEnd];
        long before = file.Position;
        try
        {
            file.Write(line);
            file.Flush();
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }
        catch (IOException e)
        {
            file.Position = before;
            throw new IOException($"The study '{path}' could not be written: {e.Message}", e);
        }
    }

    private static FileStream OpenAlone(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw InUse(path, e);
        }
    }

    private static FileStream OpenShared(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw InUse(path, e);
        }
    }

    private static DataException InUse(string path, IOException e) => new($"The study '{path}' is in use by another search: {e.Message}", e);

    private static (StudyHeader? Header, List<StudyLine> Lines, long Whole) Read(string path, FileStream file)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        StudyHeader? header = null;
        var lines = new List<StudyLine>();
        int start = 0;
        for (int number = 1; bytes.AsSpan(start).IndexOf(LineEnd) is >= 0 and int length; number++)
        {
            ReadOnlySpan<byte> line = bytes.AsSpan(start, length);
            try
            {
                if (header is null)
                {
                    header = JsonSerializer.Deserialize<StudyHeader>(line, ModelFileJson.Options) is { StrataStudy: StudyHeader.Version } read ? read : throw NoStudy(path, number);
                }
                else
                {
                    lines.Add(JsonSerializer.Deserialize<StudyLine>(line, ModelFileJson.Options) ?? throw NoStudy(path, number));
                }
            }
            catch (JsonException e)
            {
                throw NoStudy(path, number, e);
            }

            start += length + 1;
        }

        return header is null && bytes.Length > 0 && bytes[0] != (byte)'{' ? throw NoStudy(path, 1) : (header, lines, start);
    }

    private static void CheckSame(string path, StudyHeader found, StudyHeader wanted)
    {
        var problems = new List<string>();
        if (!found.Space.SequenceEqual(wanted.Space) || !found.Integers.SequenceEqual(wanted.Integers))
        {
            problems.Add($"The study '{path}' searches {string.Join("  ", found.Space)}, not {string.Join("  ", wanted.Space)}; use another file for another search.");
        }

        if (found.Direction != wanted.Direction || found.Sampler != wanted.Sampler || found.Seed != wanted.Seed)
        {
            problems.Add($"The study '{path}' searches by {found.Sampler} from seed {found.Seed} to {found.Direction}, not by {wanted.Sampler} from seed {wanted.Seed} to {wanted.Direction}; use another file for another search.");
        }

        if (!System.Text.Json.Nodes.JsonNode.DeepEquals(found.Subject, wanted.Subject))
        {
            problems.Add($"The study '{path}' is of {found.Subject?.ToJsonString() ?? "nothing named"}, not of {wanted.Subject?.ToJsonString() ?? "nothing named"}; use another file for another search.");
        }

        DataException.ThrowIfAny(problems);
    }

    private static DataException NoStudy(string path, int line, Exception? inner = null)
    {
        string message = $"Line {line} of '{path}' is not what a study has there; is it another file?";
        return inner is null ? new DataException(message) : new DataException(message, inner);
    }
}
