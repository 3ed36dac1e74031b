using Shouldly;

namespace Strata.Server.Tests.Safety;

/// <summary>Stands between every test and the server: no refusal may tell of the inside, and no answer may hold a stack trace.</summary>
internal sealed class AnswerGuard(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly string[] Traces = ["   at Strata.", "   at System.", "   at Microsoft.", ".cs:line"];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
        if (answer.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json" or "text/plain" or "text/html" && answer.Content.Headers.ContentLength is not > 1_000_000)
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            string text = await answer.Content.ReadAsStringAsync(cancellationToken);
            (answer.IsSuccessStatusCode ? Traces.FirstOrDefault(sign => text.Contains(sign, StringComparison.Ordinal)) : Answers.Leaks(text))
                .ShouldBeNull($"{request.Method} {request.RequestUri} answered {(int)answer.StatusCode} {text}");
        }

        return answer;
    }
}
