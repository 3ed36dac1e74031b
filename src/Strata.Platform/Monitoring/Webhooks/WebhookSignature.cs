using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Platform.Monitoring.Webhooks;

/// <summary>
/// How a receiver can tell that a message is this server's: by the headers of the "Standard Webhooks" convention, whose signature is an HMAC-SHA256 over id, time and body. A webhook's secret comes
/// from the server's own key, so that none is stored.
/// </summary>
internal static class WebhookSignature
{
    public const string KeyName = "webhooks";

    private const string Mark = "whsec_";

    /// <summary>What the receiver gets to check with.</summary>
    public static string SecretOf(byte[] serverKey, string webhookId) => Mark + Convert.ToBase64String(KeyOf(serverKey, webhookId));

    public static void Sign(HttpRequestMessage request, byte[] serverKey, Delivery delivery, DateTimeOffset now)
    {
        string time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signature = HMACSHA256.HashData(KeyOf(serverKey, delivery.WebhookId), Encoding.UTF8.GetBytes($"{delivery.Id}.{time}.{delivery.Body}"));
        request.Headers.Add("webhook-id", delivery.Id);
        request.Headers.Add("webhook-timestamp", time);
        request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(signature)}");
    }

    private static byte[] KeyOf(byte[] serverKey, string webhookId) => HMACSHA256.HashData(serverKey, Encoding.UTF8.GetBytes($"webhook/{webhookId}"));
}
