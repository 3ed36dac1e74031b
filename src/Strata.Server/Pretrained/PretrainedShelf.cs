using Strata.Platform;
using Strata.Platform.Models;
using Strata.Solutions;

namespace Strata.Server.Pretrained;

/// <summary>Puts the shipped models among the stored ones when the server starts; the same file is never there twice.</summary>
internal sealed class PretrainedShelf(StrataPlatform platform) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (PretrainedModel model in Solution.All.SelectMany(solution => solution.Pretrained))
        {
            Stream file = model.Open();
            await using (file.ConfigureAwait(false))
            {
                var entry = new ModelEntry(model.Card.Name) { Origin = ModelOrigin.Pretrained, Metrics = model.Card.Metrics };
                await platform.Models.ImportAsync(file, entry, cancellation: cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
