using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Orders;

/// <summary>One line of an order's story, append-only: what the customer reads on the timeline.</summary>
public sealed class OrderEvent
{
    private OrderEvent() { }

    public OrderEvent(Guid id, Guid orderId, DateTime at, string kind, Text text, string by)
    {
        Id = id;
        OrderId = orderId;
        At = at;
        Kind = kind;
        Text = text;
        By = by;
    }

    public Guid Id { get; private set; }

    public Guid OrderId { get; private set; }

    public DateTime At { get; private set; }

    /// <summary>Stable: accepted, held, deposit-paid, confirmed, work-order-accepted, delivered…</summary>
    public string Kind { get; private set; } = "";

    public Text Text { get; private set; } = null!;

    /// <summary>Who did it, as shown.</summary>
    public string By { get; private set; } = "";
}
