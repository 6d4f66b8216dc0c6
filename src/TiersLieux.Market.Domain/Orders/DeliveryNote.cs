namespace TiersLieux.Market.Domain.Orders;

public sealed record DeliveryNoteLine(string Title, decimal Quantity, string Unit, string Workshop);

/// <summary>What leaves for the customer, and its signed receipt (the date of supply).</summary>
public sealed class DeliveryNote
{
    private DeliveryNote() { }

    public DeliveryNote(Guid id, Guid orderId, string number, DateTime createdAt, IReadOnlyList<DeliveryNoteLine> lines)
    {
        Id = id;
        OrderId = orderId;
        Number = number;
        CreatedAt = createdAt;
        Lines = lines;
    }

    public Guid Id { get; private set; }

    public Guid OrderId { get; private set; }

    /// <summary>BL-2026-000123.</summary>
    public string Number { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    public IReadOnlyList<DeliveryNoteLine> Lines { get; private set; } = [];
}
