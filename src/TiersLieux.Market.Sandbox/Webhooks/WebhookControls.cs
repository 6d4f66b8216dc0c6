using System.Globalization;
using TiersLieux.Market.Sandbox.Common;

namespace TiersLieux.Market.Sandbox.Webhooks;

/// <summary>How deliveries misbehave when asked to.</summary>
/// <param name="Hold">Nothing leaves until released.</param>
/// <param name="Reverse">Newest first.</param>
/// <param name="Lose">So many of the next deliveries never leave.</param>
/// <param name="Duplicate">So many of the next deliveries leave twice.</param>
internal sealed record WebhookControls(bool Hold, bool Reverse, long Lose, long Duplicate)
{
    public static WebhookControls Read(Work work) => new(
        work.Setting("webhooks_hold") == "1",
        work.Setting("webhooks_reverse") == "1",
        Count(work, "webhooks_lose"),
        Count(work, "webhooks_duplicate"));

    public void Write(Work work)
    {
        work.Set("webhooks_hold", Hold ? "1" : "0");
        work.Set("webhooks_reverse", Reverse ? "1" : "0");
        work.Set("webhooks_lose", Lose.ToString(CultureInfo.InvariantCulture));
        work.Set("webhooks_duplicate", Duplicate.ToString(CultureInfo.InvariantCulture));
    }

    private static long Count(Work work, string name) => long.Parse(work.Setting(name) ?? "0", CultureInfo.InvariantCulture);
}
