using TiersLieux.Market.Sandbox.Common;

namespace TiersLieux.Market.Sandbox.Webhooks;

internal sealed record WebhookDelivery(long Id, string Event, string Type, string Endpoint, string State, long Attempts, string? Answer, long At);

internal static class Deliveries
{
    public static List<WebhookDelivery> Recent(Work work, int count) => work.Rows(
        """
        SELECT d.id, d.event, json_extract(o.body, '$.type'), d.endpoint, d.state, d.attempts, d.answer, d.at
        FROM deliveries d JOIN objects o ON o.id = d.event ORDER BY d.id DESC LIMIT $a
        """,
        r => new WebhookDelivery(
            r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt64(5), r.IsDBNull(6) ? null : r.GetString(6), r.GetInt64(7)),
        count);
}
