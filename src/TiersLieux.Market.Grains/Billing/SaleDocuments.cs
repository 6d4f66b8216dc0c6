using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Billing;

/// <summary>Drafts of the documents that orders and bookings lead to, from the rows as they stand.</summary>
public sealed class SaleDocuments
{
    /// <summary>Part of an order that is paid before work begins.</summary>
    public const decimal DepositPercent = 30m;

    private const int PaymentDays = 30;

    private Guid? _lead;

    /// <summary>The consortium's lead: the seller of distributed production.</summary>
    public async Task<Guid> LeadIdAsync(MarketDbContext db, CancellationToken cancellation = default) =>
        _lead ??= await db.Set<Organisation>().Where(o => o.IsConsortiumLead).Select(o => o.Id).FirstAsync(cancellation);

    public static Task<Invoice?> FinalInvoiceAsync(MarketDbContext db, Guid orderId, CancellationToken cancellation = default) =>
        db.Set<Invoice>().AsNoTracking().FirstOrDefaultAsync(i => i.OrderId == orderId && i.Kind == DocumentKind.Invoice, cancellation);

    /// <summary>What the deposit invoice of an order will come to, incl. VAT.</summary>
    public async Task<Money> DepositAsync(MarketDbContext db, Organisation buyer, IReadOnlyList<OrderLine> lines, DateOnly today, CancellationToken cancellation)
    {
        var header = await HeaderAsync(db, buyer, null, today, cancellation);
        var (draft, refusal) = Documents.Deposit(header, Lines(lines), DepositPercent, VatTable.French);
        var (totals, wrong) = draft is null ? (null, refusal) : Invoicing.Preview(draft, VatTable.French);
        return totals?.InclTax ?? throw new InvalidOperationException($"The deposit of an order cannot be computed: {wrong?.English}");
    }

    public async Task<InvoiceDraft> DepositDraftAsync(MarketDbContext db, Order order, DateOnly today, CancellationToken cancellation)
    {
        var (draft, refusal) = Documents.Deposit(await HeaderAsync(db, await BuyerAsync(db, order, cancellation), order, today, cancellation), Lines(order.Lines), DepositPercent, VatTable.French);
        return draft ?? throw new InvalidOperationException(refusal!.English);
    }

    public async Task<InvoiceDraft> FinalDraftAsync(MarketDbContext db, Order order, DateOnly today, CancellationToken cancellation)
    {
        var deposits = await db.Set<Invoice>().AsNoTracking().Where(i => i.OrderId == order.Id && i.Kind == DocumentKind.Deposit).ToListAsync(cancellation);
        var creditedIds = await db.Set<Invoice>().AsNoTracking().Where(i => i.OrderId == order.Id && i.Kind == DocumentKind.DepositCreditNote).Select(i => i.CorrectsId).ToListAsync(cancellation);
        var buyer = await BuyerAsync(db, order, cancellation);
        var header = await HeaderAsync(db, buyer, order, today, cancellation) with
        {
            SupplyDate = order.ReceivedOn,
            DueDate = today.AddDays(buyer.HasApprovedTerms ? PaymentDays : 0),
        };
        return Documents.Sale(header, Lines(order.Lines), deposits.Where(d => !creditedIds.Contains(d.Id)));
    }

    public async Task<InvoiceDraft> SelfBilledDraftAsync(MarketDbContext db, Order order, WorkOrder work, DateOnly today, CancellationToken cancellation)
    {
        var workshop = await db.Set<Organisation>().AsNoTracking().FirstAsync(o => o.Id == work.WorkshopOrganisationId, cancellation);
        var lead = await LeadAsync(db, cancellation);
        var titles = work.Operations.Select(o => o.Line).Distinct().Select(l => order.Lines.First(x => x.Line == l)).ToList();
        var header = new SaleHeader
        {
            SellerId = workshop.Id,
            Seller = PartyOf(workshop),
            BuyerId = lead.Id,
            Buyer = PartyOf(lead),
            IssueDate = today,
            SupplyDate = order.ReceivedOn,
            DueDate = today.AddDays(PaymentDays),
            OrderId = order.Id,
            OrderReference = work.Number,
        };
        var isService = titles.TrueForAll(t => t.IsService);
        // One rate for the share: a workshop's work on several products at several rates is rare, and then the first line's rate would be wrong.
        var rates = titles.Select(t => t.VatRate).Distinct().ToList();
        var shares = rates.Count == 1
            ? [(Rate: rates[0], Amount: work.Share, Titles: titles)]
            : SplitByRate(work, titles);
        return Documents.SelfBilled(header,
        [
            .. shares.Select(s => Documents.LineForTotal(
                $"{string.Join(", ", s.Titles.Select(t => t.Title))} ({work.Number})", work.Quantity, s.Amount, isService ? SupplyKind.Services : SupplyKind.Goods, s.Rate)),
        ]);
    }

    public async Task<InvoiceDraft> BookingDraftAsync(MarketDbContext db, Booking booking, string resource, bool paid, DateOnly today, CancellationToken cancellation)
    {
        var lead = await LeadAsync(db, cancellation);
        var buyer = await db.Set<Organisation>().AsNoTracking().FirstAsync(o => o.Id == booking.OrganisationId, cancellation);
        var header = new SaleHeader
        {
            SellerId = lead.Id,
            Seller = PartyOf(lead),
            BuyerId = buyer.Id,
            Buyer = PartyOf(buyer),
            IssueDate = today,
            SupplyDate = ParisTime.DateOf(booking.End),
            DueDate = today.AddDays(paid ? 0 : PaymentDays),
            OrderReference = booking.Reference,
            Payee = paid ? null : PayeeOf(lead),
        };
        var start = ParisTime.ToLocal(booking.Start);
        var line = Documents.LineForTotal(
            FormattableString.Invariant($"Réservation {resource}, {start:dd/MM/yyyy HH:mm} à {ParisTime.ToLocal(booking.End):HH:mm}"), 1, booking.ExclTax, SupplyKind.Services, booking.VatRate);
        return Documents.Sale(header, [line]);
    }

    private static List<(decimal Rate, Money Amount, List<OrderLine> Titles)> SplitByRate(WorkOrder work, List<OrderLine> titles)
    {
        var groups = titles.GroupBy(t => t.VatRate).Select(g => (Rate: g.Key, Titles: g.ToList())).ToList();
        var weights = groups.Select(g => g.Titles.Sum(t => (decimal)t.ExclTax.Cents)).ToList();
        var parts = Rounding.Allocate(work.Share.Cents, weights);
        return [.. groups.Select((g, i) => (g.Rate, new Money(parts[i]), g.Titles))];
    }

    private async Task<SaleHeader> HeaderAsync(MarketDbContext db, Organisation buyer, Order? order, DateOnly today, CancellationToken cancellation)
    {
        var lead = await LeadAsync(db, cancellation);
        return new SaleHeader
        {
            SellerId = lead.Id,
            Seller = PartyOf(lead),
            BuyerId = buyer.Id,
            Buyer = PartyOf(buyer),
            IssueDate = today,
            OrderId = order?.Id,
            OrderReference = order?.Number,
            DeliveryAddress = order is null || order.DeliverTo == buyer.Address ? null : AddressOf(order.DeliverTo),
            Payee = PayeeOf(lead),
        };
    }

    private async Task<Organisation> LeadAsync(MarketDbContext db, CancellationToken cancellation)
    {
        var id = await LeadIdAsync(db, cancellation);
        return await db.Set<Organisation>().AsNoTracking().FirstAsync(o => o.Id == id, cancellation);
    }

    private static Task<Organisation> BuyerAsync(MarketDbContext db, Order order, CancellationToken cancellation) =>
        db.Set<Organisation>().AsNoTracking().FirstAsync(o => o.Id == order.OrganisationId, cancellation);

    private static List<DraftLine> Lines(IReadOnlyList<OrderLine> lines) =>
        [.. lines.Select(l => Documents.LineForTotal(l.Title, l.Quantity, l.ExclTax, l.IsService ? SupplyKind.Services : SupplyKind.Goods, l.VatRate))];

    internal static Party PartyOf(Organisation organisation) => new()
    {
        Name = organisation.Name,
        Kind = organisation.Kind switch
        {
            OrganisationKind.PublicBody => PartyKind.PublicBody,
            OrganisationKind.Person => PartyKind.Consumer,
            _ => PartyKind.Business,
        },
        LegalForm = Filled(organisation.LegalForm),
        ShareCapital = organisation.Capital,
        Registration = organisation.TradeRegister,
        Siren = organisation.Siren,
        Siret = organisation.Siret,
        VatNumber = organisation.VatNumber,
        Address = AddressOf(organisation.Address),
        Regime = organisation.VatRegime,
        Email = organisation.Email,
    };

    private static PostalAddress AddressOf(Address address) =>
        new() { Street = address.Street, PostalCode = address.PostalCode, City = address.City, CountryCode = address.Country };

    private static PayeeAccount? PayeeOf(Organisation organisation) => organisation.Iban is { } iban ? new PayeeAccount { Holder = organisation.Name, Iban = iban } : null;

    private static string? Filled(string text) => text.Length == 0 ? null : text;
}
