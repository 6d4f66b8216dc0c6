using Microsoft.EntityFrameworkCore;
using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Bookings;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Orders;
using TiersLieux.Market.Grains.Common;
using TiersLieux.Market.Storage;

namespace TiersLieux.Market.Grains.Mail.Templates;

/// <summary>An issued document as a PDF: to the buyer, or, where the buyer made it under mandate, to the workshop that sold.</summary>
internal sealed class InvoiceMail(IInvoiceRenderer renderer) : IMailTemplate
{
    public string Name => "invoice";

    public async Task<IReadOnlyList<Letter>> WriteAsync(MarketDbContext db, MailNotice notice, CancellationToken cancellation)
    {
        if (await db.Set<Invoice>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == notice.SubjectId, cancellation) is not { } invoice) return [];
        var (readers, path) = await ReadersAsync(db, invoice, cancellation);
        if (readers.Count == 0) return [];

        var (title, total) = (Title(invoice.Kind), MailWording.Of(invoice.InclTax));
        var subject = new Text($"{title.French} {invoice.Number}", $"{title.English} {invoice.Number}");
        var about = invoice.OrderReference is { } reference ? new Text($" ({reference})", $" ({reference})") : new Text("", "");
        var happened = new Text(
            $"Voici le document {invoice.Number}{about.French} : {title.French.ToLowerInvariant()}, {total.French} toutes taxes comprises.",
            $"Here is document {invoice.Number}{about.English}: {title.English.ToLowerInvariant()}, {total.English} including VAT.");
        var attachment = new MailAttachment($"{invoice.Number}.pdf", "application/pdf", renderer.Render(invoice));
        return [.. readers.Select(reader => new Letter(reader, subject, happened, Next(invoice), path) { Attachments = [attachment] })];
    }

    private static async Task<(IReadOnlyList<Recipient> Readers, string Path)> ReadersAsync(MarketDbContext db, Invoice invoice, CancellationToken cancellation)
    {
        if (invoice.IsSelfBilled) return (await MailReaders.ArtisansAsync(db, invoice.SellerId, cancellation), "/atelier");
        var order = await db.Set<Order>().AsNoTracking().Where(o => o.Id == invoice.OrderId).Select(o => new { o.PersonId, o.Number }).FirstOrDefaultAsync(cancellation);
        var booking = await db.Set<Booking>().AsNoTracking().Where(b => b.InvoiceId == invoice.Id).Select(b => new { b.PersonId, b.Reference }).FirstOrDefaultAsync(cancellation);
        var path = order is not null ? $"/commandes/{order.Number}" : booking is not null ? $"/reservations/{booking.Reference}" : "/";
        return (order?.PersonId ?? booking?.PersonId) is { } personId && await MailReaders.PersonAsync(db, personId, cancellation) is { } reader
            ? ([reader], path)
            : (await MailReaders.OrganisationAsync(db, invoice.BuyerId, cancellation), path);
    }

    private static Text Title(DocumentKind kind) => kind switch
    {
        DocumentKind.Deposit => new Text("Facture d'acompte", "Deposit invoice"),
        DocumentKind.DepositCreditNote => new Text("Avoir sur acompte", "Deposit credit note"),
        DocumentKind.CreditNote => new Text("Avoir", "Credit note"),
        DocumentKind.Corrective => new Text("Facture rectificative", "Corrective invoice"),
        DocumentKind.SelfBilled => new Text("Facture établie pour votre compte", "Invoice made on your behalf"),
        DocumentKind.SelfBilledCreditNote => new Text("Avoir établi pour votre compte", "Credit note made on your behalf"),
        _ => new Text("Facture", "Invoice"),
    };

    private static Text Next(Invoice invoice)
    {
        if (invoice.IsSelfBilled)
            return new Text(
                "Relisez ce document : il est établi en votre nom, selon votre mandat. Signalez une erreur au consortium dès que vous la voyez.",
                "Please check this document: it is made in your name under your mandate. Tell the consortium of any error as soon as you see it.");
        if (invoice.Kind.IsCredit() || invoice.Payable <= Money.Zero)
            return new Text("Vous n'avez rien à payer. Gardez ce document avec vos comptes.", "There is nothing to pay. Keep this document with your accounts.");
        // A deposit invoice is issued when its payment has arrived.
        if (invoice.Kind == DocumentKind.Deposit)
            return new Text("Votre acompte est payé, vous n'avez rien à faire : les ateliers reçoivent le travail.", "Your deposit is paid and there is nothing to do: the workshops get the work.");
        var payable = MailWording.Of(invoice.Payable);
        var (by, until) = invoice.DueDate is { } due ? ($", au plus tard le {MailWording.Of(due).French}", $", by {MailWording.Of(due).English}") : ("", "");
        return new Text(
            $"Reste à payer : {payable.French}{by}, par la page ci-dessous ou par virement (références sur la facture).",
            $"To pay: {payable.English}{until}, on the page below or by bank transfer (references on the invoice).");
    }
}
