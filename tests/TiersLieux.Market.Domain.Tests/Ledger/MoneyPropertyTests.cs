using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Ledger;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Tests.Billing;

using Xunit;

namespace TiersLieux.Market.Domain.Tests.Ledger;

/// <summary>
/// Any mix of lines, rates, discounts, deposits and part payments: the document's totals are the sum of its lines and
/// of its VAT per rate, the ledger says the same to the cent, and once all is paid nothing waits.
/// TLM_CASES sets how many mixes (2 000 unless told; 100 000 for a full run); the seed is in the message.
/// </summary>
public sealed class MoneyPropertyTests
{
    private static readonly decimal[] Rates = [20m, 10m, 5.5m, 2.1m];

    [Fact]
    public void Totals_lines_tax_and_ledger_agree_to_the_cent()
    {
        var cases = int.TryParse(Environment.GetEnvironmentVariable("TLM_CASES"), out var asked) ? asked : 2_000;
        for (var seed = 1; seed <= cases; seed++)
        {
            try
            {
                Check(new Random(seed));
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Seed {seed}: {failure.Message}", failure);
            }
        }
    }

    private static void Check(Random random)
    {
        var sample = new Sample();
        var books = new Books();
        var regime = (VatRegime)random.Next(1, 5);
        var header = Sample.Sale with { Seller = Sample.Consortium with { Regime = regime } };
        DraftLine[] lines = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Line(random))];

        var deposits = new List<Invoice>();
        for (var i = random.Next(0, 3); i > 0; i--)
        {
            var (draft, _) = Documents.Deposit(header, lines, random.Next(1, 50), VatTable.French);
            if (sample.TryIssue(draft!) is not IssueResult.Issued issued) continue;
            deposits.Add(issued.Invoice);
            books.Post(PostingEvents.Document(issued.Invoice));
            books.Post(PostingEvents.Payment(issued.Invoice, Moved(issued.Invoice.Payable), Money.Zero));
        }

        var invoice = sample.Issue(Documents.Sale(header, lines, deposits));
        CheckDocument(invoice, lines, regime);
        foreach (var deposit in deposits) CheckDocument(deposit, null, regime);
        if (invoice.InclTax.IsZero) return;

        books.Post(PostingEvents.Document(invoice));
        CheckLedger(books, invoice);
        PayInParts(random, books, invoice);
        Assert.Equal(0, books.Balance("411"));
        Assert.Equal(0, books.Balance("4191"));
        Assert.Equal(0, books.Balance("44574"));
        Assert.Equal(-invoice.Tax.Cents, books.Balance("44571"));
        Assert.Equal(invoice.InclTax.Cents, books.Balance("5171"));
        Assert.Empty(InvoiceCheck.Run([invoice, .. deposits], sample.Counters));
    }

    private static void CheckDocument(Invoice invoice, DraftLine[]? lines, VatRegime regime)
    {
        if (lines is not null)
            Assert.Equal(lines.Sum(l => decimal.Round(l.Quantity * l.UnitPrice, 2, MidpointRounding.AwayFromZero) - l.Discount.Amount), invoice.ExclTax.Amount);
        Assert.Equal(invoice.Lines.Sum(l => l.Net.Cents), invoice.ExclTax.Cents);
        Assert.Equal(invoice.VatRows.Sum(r => r.Basis.Cents), invoice.ExclTax.Cents);
        Assert.Equal(invoice.VatRows.Sum(r => r.Tax.Cents), invoice.Tax.Cents);
        Assert.Equal(invoice.ExclTax + invoice.Tax, invoice.InclTax);
        Assert.Equal(invoice.InclTax - invoice.Prepaid, invoice.Payable);
        var taxable = regime is VatRegime.Normal or VatRegime.NormalOnDebits;
        foreach (var (vat, basis, tax) in invoice.VatBreakdown)
        {
            Assert.Equal(invoice.Lines.Where(l => l.Vat.RatePercent == vat.RatePercent).Sum(l => l.Net.Cents), basis.Cents);
            Assert.Equal(decimal.Round(basis.Amount * vat.RatePercent / 100m, 2, MidpointRounding.AwayFromZero), tax.Amount);
            Assert.Equal(taxable, vat.Category == "S");
        }
    }

    private static void CheckLedger(Books books, Invoice invoice)
    {
        Assert.Equal(-invoice.ExclTax.Cents, books.Balance("707") + books.Balance("706"));
        Assert.Equal(-invoice.Tax.Cents, books.Balance("44571") + books.Balance("44574"));
        Assert.Equal(invoice.Payable.Cents, books.Balance("411"));
        var sales = books.Entries[^1].Lines;
        foreach (var (vat, basis, tax) in invoice.VatBreakdown)
        {
            Assert.Equal(basis.Cents, sales.Where(l => l.Account.StartsWith('7') && l.VatRate == vat.RatePercent).Sum(l => -l.Balance.Cents));
            var deducted = invoice.Deposits.Where(d => d.Vat.RatePercent == vat.RatePercent).Sum(d => d.Tax.Cents);
            Assert.Equal(tax.Cents - deducted, sales.Where(l => l.Account.StartsWith("4457", StringComparison.Ordinal) && l.VatRate == vat.RatePercent).Sum(l => -l.Balance.Cents));
        }
    }

    private static void PayInParts(Random random, Books books, Invoice invoice)
    {
        var paid = Money.Zero;
        while (paid < invoice.Payable)
        {
            var left = invoice.Payable - paid;
            var part = random.Next(3) == 0 ? left : new Money(random.NextInt64(1, left.Cents + 1));
            books.Post(PostingEvents.Payment(invoice, Moved(part), paid));
            paid += part;
        }
    }

    private static DraftLine Line(Random random)
    {
        var quantity = random.Next(4) == 0 ? random.Next(1, 2000) : Math.Max(0.001m, decimal.Round((decimal)random.NextDouble() * 20m, 3));
        var price = decimal.Round((decimal)random.NextDouble() * (random.Next(5) == 0 ? 1m : 300m), random.Next(0, 5));
        var gross = Money.FromEuros(quantity * price);
        return new DraftLine
        {
            Description = "Pièce",
            Quantity = quantity,
            UnitPrice = price,
            Discount = random.Next(3) == 0 ? new Money(random.NextInt64(0, gross.Cents + 1)) : Money.Zero,
            Supply = (SupplyKind)random.Next(1, 3),
            RatePercent = Rates[random.Next(Rates.Length)],
        };
    }

    private static Movement Moved(Money amount) => new(amount, Sample.Day, "py_1", null);
}
