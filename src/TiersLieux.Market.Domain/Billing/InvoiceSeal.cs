using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using TiersLieux.Market.Domain.Common;

namespace TiersLieux.Market.Domain.Billing;

/// <summary>
/// The seal of a document: SHA-256 over the seal before it in its series and a canonical text of everything the
/// document says. The text depends on stored values alone, so anybody can compute it again from the archive.
/// </summary>
public static class InvoiceSeal
{
    private const string Format = "tlm-invoice-1";

    public static string Compute(Invoice invoice) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(invoice.PreviousSeal + "\n" + CanonicalText(invoice))));

    /// <summary>One "key=value" a line, in a fixed order; absent values are left out, so absent and empty differ.</summary>
    public static string CanonicalText(Invoice invoice)
    {
        var text = new StringBuilder().Append(Format).Append('\n');

        void Put(string key, string? value)
        {
            if (value is null) return;
            text.Append(key).Append('=')
                .Append(value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\r", @"\r", StringComparison.Ordinal)
                    .Replace("\n", @"\n", StringComparison.Ordinal))
                .Append('\n');
        }

        void PutAddress(string key, PostalAddress? a)
        {
            if (a is null) return;
            Put(key + ".street", a.Street);
            Put(key + ".complement", a.Complement);
            Put(key + ".postalCode", a.PostalCode);
            Put(key + ".city", a.City);
            Put(key + ".country", a.CountryCode);
        }

        void PutParty(string key, Guid id, Party p)
        {
            Put(key + ".id", id.ToString("D"));
            Put(key + ".name", p.Name);
            Put(key + ".kind", Number((int)p.Kind));
            Put(key + ".legalForm", p.LegalForm);
            Put(key + ".capital", p.ShareCapital);
            Put(key + ".registration", p.Registration);
            Put(key + ".siren", p.Siren);
            Put(key + ".siret", p.Siret);
            Put(key + ".vat", p.VatNumber);
            Put(key + ".regime", Number((int)p.Regime));
            Put(key + ".email", p.Email);
            PutAddress(key, p.Address);
        }

        void PutVat(string key, VatTreatment v)
        {
            Put(key + ".category", v.Category);
            Put(key + ".rate", Number(v.RatePercent));
            Put(key + ".exemption", v.ExemptionCode);
            Put(key + ".mention", v.Mention);
        }

        Put("kind", Number((int)invoice.Kind));
        Put("series", invoice.Series);
        Put("year", Number(invoice.Year));
        Put("sequence", Number(invoice.Sequence));
        Put("number", invoice.Number);
        Put("issued", Date(invoice.IssueDate));
        Put("issuedAt", invoice.IssuedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        Put("supplied", invoice.SupplyDate is { } s ? Date(s) : null);
        Put("due", invoice.DueDate is { } d ? Date(d) : null);
        Put("frame", invoice.Frame);
        Put("language", invoice.Language);
        PutParty("seller", invoice.SellerId, invoice.Seller);
        PutParty("buyer", invoice.BuyerId, invoice.Buyer);
        Put("order.id", invoice.OrderId?.ToString("D"));
        Put("order", invoice.OrderReference);
        PutAddress("delivery", invoice.DeliveryAddress);
        Put("corrects.id", invoice.CorrectsId?.ToString("D"));
        Put("corrects", invoice.CorrectsNumber);
        Put("corrects.issued", invoice.CorrectsIssueDate is { } c ? Date(c) : null);
        Put("vatOnDebits", invoice.VatOnDebits ? "1" : "0");
        Put("payee.holder", invoice.Payee?.Holder);
        Put("payee.iban", invoice.Payee?.Iban);
        Put("payee.bic", invoice.Payee?.Bic);
        Put("payment", invoice.PaymentReference);

        foreach (var line in invoice.Lines.OrderBy(l => l.Order))
        {
            var key = "line." + Number(line.Order);
            Put(key, line.Description);
            Put(key + ".detail", line.Detail);
            Put(key + ".quantity", Number(line.Quantity));
            Put(key + ".unit", line.Unit);
            Put(key + ".price", Number(line.UnitPrice));
            Put(key + ".discount", Cents(line.Discount));
            Put(key + ".supply", Number((int)line.Supply));
            PutVat(key + ".vat", line.Vat);
            Put(key + ".net", Cents(line.Net));
        }

        foreach (var row in invoice.VatRows.OrderBy(r => r.Order))
        {
            var key = "vat." + Number(row.Order);
            PutVat(key, row.Vat);
            Put(key + ".supply", Number((int)row.Supply));
            Put(key + ".basis", Cents(row.Basis));
            Put(key + ".tax", Cents(row.Tax));
        }

        foreach (var deposit in invoice.Deposits.OrderBy(x => x.Order))
        {
            var key = "deposit." + Number(deposit.Order);
            Put(key, deposit.Number);
            Put(key + ".id", deposit.DepositInvoiceId.ToString("D"));
            Put(key + ".issued", Date(deposit.IssueDate));
            PutVat(key, deposit.Vat);
            Put(key + ".supply", Number((int)deposit.Supply));
            Put(key + ".basis", Cents(deposit.Basis));
            Put(key + ".tax", Cents(deposit.Tax));
        }

        foreach (var mention in invoice.Mentions.OrderBy(m => m.Order))
            Put("mention." + Number(mention.Order) + "." + mention.Subject, mention.Text);

        Put("exclTax", Cents(invoice.ExclTax));
        Put("tax", Cents(invoice.Tax));
        Put("inclTax", Cents(invoice.InclTax));
        Put("prepaid", Cents(invoice.Prepaid));
        Put("payable", Cents(invoice.Payable));
        return text.ToString();
    }

    private static string Number(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    private static string Cents(Money money) => Number(money.Cents) + " " + money.Currency;

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
