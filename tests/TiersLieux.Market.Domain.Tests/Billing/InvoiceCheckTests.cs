using System.Reflection;

using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;

using Xunit;

namespace TiersLieux.Market.Domain.Tests.Billing;

/// <summary>Each fault is made by hand on a sound series, then found where it is.</summary>
public sealed class InvoiceCheckTests
{
    private readonly Sample sample = new();
    private readonly List<Invoice> invoices = [];

    public InvoiceCheckTests()
    {
        for (var i = 1; i <= 4; i++) invoices.Add(sample.Issue(Documents.Sale(Sample.Sale, [Sample.Goods(i, 12.34m), Sample.Service(1, 5)])));
        invoices.Add(sample.Issue(Documents.SelfBilled(Sample.Purchase, [Sample.Goods(1, 1)])));
    }

    [Fact]
    public void Sound_series_have_no_fault_whatever_the_order_they_are_read_in()
    {
        Assert.Empty(InvoiceCheck.Run(invoices.AsEnumerable().Reverse(), sample.Counters));
        Assert.Equal(invoices[1].Seal, invoices[2].PreviousSeal);
        Assert.Equal("", invoices[0].PreviousSeal);
    }

    [Fact]
    public void Changed_amount_is_found_at_its_document()
    {
        Set(invoices[2].Lines[0], nameof(InvoiceLine.UnitPrice), 12.35m);

        AssertFault(InvoiceFaultKind.Altered, "F-2026-000003");
    }

    [Fact]
    public void Changed_customer_address_is_found()
    {
        Set(invoices[1], nameof(Invoice.Buyer), invoices[1].Buyer with { Address = invoices[1].Buyer.Address with { City = "Ailleurs" } });

        AssertFault(InvoiceFaultKind.Altered, "F-2026-000002");
    }

    [Fact]
    public void Changed_rate_is_found()
    {
        Set(invoices[1].VatRows[0], nameof(InvoiceVat.Vat), VatTreatment.Standard(10));

        AssertFault(InvoiceFaultKind.Altered, "F-2026-000002");
    }

    [Fact]
    public void Forged_seal_breaks_the_chain_at_the_next_document()
    {
        Set(invoices[1], nameof(Invoice.OrderReference), "CMD-2026-000008");
        Set(invoices[1], nameof(Invoice.Seal), InvoiceSeal.Compute(invoices[1]));

        AssertFault(InvoiceFaultKind.BrokenChain, "F-2026-000003");
    }

    [Fact]
    public void Missing_document_is_a_gap()
    {
        invoices.RemoveAt(1);

        AssertFault(InvoiceFaultKind.Gap, "F-2026-000003");
    }

    [Fact]
    public void Missing_last_document_leaves_the_counter_ahead()
    {
        invoices.RemoveAt(3);

        AssertFault(InvoiceFaultKind.CounterOff, "F-2026-000003");
    }

    [Fact]
    public void Number_given_twice_is_found()
    {
        Set(invoices[3], nameof(Invoice.Sequence), 3);

        AssertFault(InvoiceFaultKind.Duplicate, invoices[3].Number, invoices[2].Number);
    }

    [Fact]
    public void Every_value_a_document_holds_is_under_its_seal()
    {
        var invoice = invoices[0];
        var sealed1 = InvoiceSeal.CanonicalText(invoice);
        foreach (var property in typeof(Invoice).GetProperties().Where(p => p.SetMethod is not null && p.Name is not (nameof(Invoice.Id) or nameof(Invoice.Version)
                     or nameof(Invoice.Seal) or nameof(Invoice.PreviousSeal))))
        {
            var before = property.GetValue(invoice);
            property.SetValue(invoice, Other(property.PropertyType, before));
            Assert.True(sealed1 != InvoiceSeal.CanonicalText(invoice), property.Name + " is not sealed.");
            property.SetValue(invoice, before);
        }

        Assert.Equal(sealed1, InvoiceSeal.CanonicalText(invoice));
    }

    private static object Other(Type type, object? value) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => value + "x",
        var t when t == typeof(int) => (int)value! + 1,
        var t when t == typeof(bool) => !(bool)value!,
        var t when t == typeof(Guid) => Guid.NewGuid(),
        var t when t == typeof(DateOnly) => ((DateOnly?)value ?? Sample.Day).AddDays(1),
        var t when t == typeof(DateTime) => ((DateTime)value!).AddMicroseconds(1),
        var t when t == typeof(Money) => (Money)value! + new Money(1),
        var t when t == typeof(DocumentKind) => DocumentKind.Corrective,
        var t when t == typeof(Party) => (Party)value! with { Name = "Autre" },
        var t when t == typeof(PostalAddress) => new PostalAddress { Street = "a", PostalCode = "b", City = "c" },
        var t when t == typeof(PayeeAccount) => new PayeeAccount { Holder = "a", Iban = "b" },
        var t => throw new NotSupportedException(t.Name),
    };

    private static void Set(object target, string property, object value) =>
        target.GetType().GetProperty(property, BindingFlags.Public | BindingFlags.Instance)!.SetValue(target, value);

    private void AssertFault(InvoiceFaultKind kind, params string[] numbers)
    {
        var fault = Assert.Single(InvoiceCheck.Run(invoices, sample.Counters));
        Assert.Equal(kind, fault.Kind);
        Assert.Contains(fault.Number, numbers);
    }
}
