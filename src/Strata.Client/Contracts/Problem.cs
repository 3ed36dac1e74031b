namespace Strata.Client.Contracts;

/// <summary>Why a request was refused (RFC 9457, <c>application/problem+json</c>).</summary>
/// <param name="Title">The kind of problem, in few words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong and what to do about it.</param>
/// <param name="Problems">Every problem that was found; empty when <paramref name="Detail"/> says it all.</param>
public sealed record Problem(string Title, int Status, string Detail, IReadOnlyList<string> Problems);
