using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;

using Xunit;

namespace TiersLieux.Market.Domain.Tests.Billing;

/// <summary>Documents whose amounts were worked out by hand, in cents.</summary>
public sealed class ScenarioInvoiceTests
{
    private readonly Sample sample = new();

    public static TheoryData<string, string, long, long, long, string> Scenarios => new()
    {
        // name, lines as "kind quantity price rate discount", excl, tax, incl, frame
        { "one rate", "G 10 100 20 0", 1000_00, 200_00, 1200_00, "B1" },
        { "services", "S 8 45 20 0", 360_00, 72_00, 432_00, "S1" },
        { "goods and services", "G 2 150 20 0|S 3 40 20 0", 420_00, 84_00, 504_00, "M1" },
        { "all four rates", "G 1 100 20 0|G 1 100 10 0|G 1 100 5.5 0|G 1 100 2.1 0", 400_00, 37_60, 437_60, "B1" },
        // 3 × 33.333 = 99.999 → 100.00
        { "line rounded up", "G 3 33.333 20 0", 100_00, 20_00, 120_00, "B1" },
        // 0.125 × 1 → 0.13 (half away from zero), twice: 0.26, VAT 0.052 → 0.05
        { "half a cent away from zero", "G 1 0.125 20 0|G 1 0.125 20 0", 26, 5, 31, "B1" },
        // three lines of 0.42 at 20 %: by line 0.08 × 3 = 0.24, on the sum 1.26 × 20 % = 0.252 → 0.25
        { "VAT on the sum, not by line", "G 1 0.42 20 0|G 1 0.42 20 0|G 1 0.42 20 0", 1_26, 25, 1_51, "B1" },
        // 9.09 at 5.5 % = 0.49995 → 0.50
        { "VAT just under half a cent", "G 1 9.09 5.5 0", 9_09, 50, 9_59, "B1" },
        { "line discount", "G 40 62.50 20 12500", 2375_00, 475_00, 2850_00, "B1" },
        { "discount of the whole line", "G 1 80 20 8000|G 1 20 20 0", 20_00, 4_00, 24_00, "B1" },
        // 1.75 h × 38 = 66.50; 2.25 h × 41.40 = 93.15; 159.65 × 20 % = 31.93
        { "quarter hours", "S 1.75 38 20 0|S 2.25 41.40 20 0", 159_65, 31_93, 191_58, "S1" },
        // 2 000 × 1.2345 = 2 469.00; 10 % = 246.90
        { "four-decimal price", "G 2000 1.2345 10 0", 2469_00, 246_90, 2715_90, "B1" },
        // 7 × 14.29 = 100.03 at 20 % = 20.006 → 20.01; 100.03 at 5.5 % = 5.50165 → 5.50
        { "same amount at two rates", "G 7 14.29 20 0|G 7 14.29 5.5 0", 200_06, 25_51, 225_57, "B1" },
        { "free of charge", "G 1 0 20 0", 0, 0, 0, "B1" },
        { "large order", "G 2000 349.99 20 0", 699980_00, 139996_00, 839976_00, "B1" },
        { "press at 2.1", "G 333 2.99 2.1 0", 995_67, 20_91, 1016_58, "B1" },
    };

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Amounts_are_those_worked_out_by_hand(string name, string lines, long excl, long tax, long incl, string frame)
    {
        var invoice = sample.Issue(Documents.Sale(Sample.Sale, [.. lines.Split('|').Select(Line)]));

        Assert.True(invoice.ExclTax.Cents == excl, name);
        Assert.Equal(tax, invoice.Tax.Cents);
        Assert.Equal(incl, invoice.InclTax.Cents);
        Assert.Equal(incl, invoice.Payable.Cents);
        Assert.Equal(frame, invoice.Frame);
    }

    [Fact]
    public void Goods_and_services_share_the_tax_of_their_rate_to_the_cent()
    {
        // 0.52 + 0.51 = 1.03 at 20 % = 0.206 → 0.21; shares 0.106 and 0.104 → 0.11 and 0.10.
        var invoice = sample.Issue(Documents.Sale(Sample.Sale, [Sample.Goods(1, 0.52m), Sample.Service(1, 0.51m)]));

        var printed = Assert.Single(invoice.VatBreakdown);
        Assert.Equal((103, 21), (printed.Basis.Cents, printed.Tax.Cents));
        Assert.Equal([(SupplyKind.Goods, 52L, 11L), (SupplyKind.Services, 51L, 10L)], invoice.VatRows.Select(r => (r.Supply, r.Basis.Cents, r.Tax.Cents)));
    }

    [Fact]
    public void Final_invoice_shows_the_whole_supply_and_takes_off_the_deposit_with_its_tax()
    {
        DraftLine[] lines = [Sample.Goods(10, 100)];
        var deposit = sample.Deposit(Sample.Sale, lines, 30);
        var final = sample.Issue(Documents.Sale(Sample.Sale with { SupplyDate = Sample.Day }, lines, [deposit]));

        Assert.Equal((DocumentKind.Deposit, "AC-2026-000001", "B1"), (deposit.Kind, deposit.Number, deposit.Frame));
        Assert.Equal((300_00, 60_00, 360_00), (deposit.ExclTax.Cents, deposit.Tax.Cents, deposit.Payable.Cents));
        Assert.Equal(("F-2026-000001", "B4"), (final.Number, final.Frame));
        Assert.Equal((1000_00, 200_00, 1200_00), (final.ExclTax.Cents, final.Tax.Cents, final.InclTax.Cents));
        Assert.Equal((360_00, 840_00), (final.Prepaid.Cents, final.Payable.Cents));
        var taken = Assert.Single(final.Deposits);
        Assert.Equal(("AC-2026-000001", 300_00, 60_00), (taken.Number, taken.Basis.Cents, taken.Tax.Cents));
    }

    [Fact]
    public void Deposit_of_several_rates_and_kinds_has_a_line_for_each()
    {
        // 33 % of 100.01 = 33.0033 → 33.00, of 50.05 = 16.5165 → 16.52, of 10.10 = 3.333 → 3.33
        // 20 % of 33.00 + 3.33 = 36.33 → 7.266 → 7.27 ; 10 % of 16.52 → 1.652 → 1.65
        var deposit = sample.Deposit(Sample.Sale, [Sample.Goods(1, 100.01m), Sample.Goods(1, 50.05m, 10), Sample.Service(1, 10.10m)], 33);

        Assert.Equal([33_00L, 3_33L, 16_52L], deposit.Lines.Select(l => l.Net.Cents));
        Assert.Equal((52_85, 8_92, 61_77), (deposit.ExclTax.Cents, deposit.Tax.Cents, deposit.InclTax.Cents));
        Assert.Equal("M1", deposit.Frame);
    }

    [Fact]
    public void Workshop_under_franchise_bears_no_tax_and_says_why()
    {
        var header = Sample.Purchase with { Seller = Sample.Workshop with { Regime = VatRegime.Franchise, VatNumber = null } };
        var invoice = sample.Issue(Documents.SelfBilled(header, [Documents.LineForTotal("Assemblage", 12, new Money(700_00), SupplyKind.Services, 20)]));

        Assert.Equal((700_00, 0, 700_00), (invoice.ExclTax.Cents, invoice.Tax.Cents, invoice.InclTax.Cents));
        var vat = Assert.Single(invoice.VatBreakdown).Vat;
        Assert.Equal(("E", "VATEX-FR-FRANCHISE", "TVA non applicable, art. 293 B du CGI"), (vat.Category, vat.ExemptionCode, vat.Mention));
        Assert.Equal("AF-000000001-2026-000001", invoice.Number);
        Assert.Contains(invoice.Mentions, m => m.Text.StartsWith("Autofacturation", StringComparison.Ordinal));
    }

    [Fact]
    public void Association_and_certified_training_are_exempt_each_on_its_own_ground()
    {
        var exempt = sample.Issue(Documents.Sale(Sample.Sale with { Seller = Sample.Consortium with { Regime = VatRegime.ExemptAssociation } }, [Sample.Service(1, 50)]));
        var training = sample.Issue(Documents.Sale(Sample.Sale,
            [Sample.Service(1, 50) with { Supply = SupplyKind.CertifiedTraining }, Sample.Goods(1, 10)]));

        Assert.Equal("VATEX-FR-CGI261-7", Assert.Single(exempt.VatBreakdown).Vat.ExemptionCode);
        Assert.Equal(["S", "E"], training.VatBreakdown.Select(v => v.Vat.Category));
        Assert.Equal((60_00, 2_00), (training.ExclTax.Cents, training.Tax.Cents));
    }

    [Fact]
    public void Booking_paid_on_the_spot_is_already_paid_and_owes_nothing()
    {
        var invoice = sample.Issue(Documents.Sale(Sample.Sale, [Sample.Service(2, 15)], alreadyPaid: new Money(36_00)));

        Assert.Equal(("S2", 36_00, 0), (invoice.Frame, invoice.Prepaid.Cents, invoice.Payable.Cents));
    }

    [Fact]
    public void Credit_note_of_a_deposit_repeats_it_and_names_it()
    {
        var deposit = sample.Deposit(Sample.Sale, [Sample.Goods(10, 100)], 30);
        var credit = sample.Issue(Documents.Credit(deposit, Sample.Day));

        Assert.Equal((DocumentKind.DepositCreditNote, "AV-2026-000001", deposit.Number), (credit.Kind, credit.Number, credit.CorrectsNumber));
        Assert.Equal((300_00, 60_00, 360_00), (credit.ExclTax.Cents, credit.Tax.Cents, credit.InclTax.Cents));
    }

    [Fact]
    public void Consumers_read_neither_penalties_nor_the_forty_euros()
    {
        var consumer = Sample.Customer with { Kind = PartyKind.Consumer, Siren = null };
        var toConsumer = sample.Issue(Documents.Sale(Sample.Sale with { Buyer = consumer }, [Sample.Goods(1, 10)]));
        var toPublicBody = sample.Issue(Documents.Sale(Sample.Sale with { Buyer = Sample.Customer with { Kind = PartyKind.PublicBody } }, [Sample.Goods(1, 10)]));

        Assert.DoesNotContain(toConsumer.Mentions, m => m.Subject is "PMT" or "PMD");
        Assert.Contains(toPublicBody.Mentions, m => m.Subject == "PMD" && m.Text.Contains("8 points", StringComparison.Ordinal));
        Assert.Single(toPublicBody.Mentions, m => m.Subject == "PMT");
    }

    [Fact]
    public void Transfer_reference_is_derived_from_the_number_when_a_bank_account_is_given()
    {
        var header = Sample.Sale with { Payee = new PayeeAccount { Holder = "Consortium d'essai", Iban = "FR7630006000011234567890189" } };
        var invoice = sample.Issue(Documents.Sale(header, [Sample.Goods(1, 10)]));

        Assert.True(CreditorReference.IsValid(invoice.PaymentReference!));
        Assert.EndsWith("F2026000001", invoice.PaymentReference, StringComparison.Ordinal);
    }

    [Fact]
    public void Amount_known_beforehand_is_kept_to_the_cent_whatever_the_quantity()
    {
        var even = Documents.LineForTotal("Pieds", 12, new Money(100_00), SupplyKind.Goods, 20);
        var odd = Documents.LineForTotal("Pieds", 700_001, new Money(100_00), SupplyKind.Goods, 20);

        Assert.Equal((12m, 8.3333m, 100_00), (even.Quantity, even.UnitPrice, InvoiceTotals.NetOf(even).Cents));
        Assert.Equal((1m, 100m, "Lot de 700\u202f001 pièces"), (odd.Quantity, odd.UnitPrice, odd.Detail));
    }

    private static DraftLine Line(string text)
    {
        var cells = text.Split(' ');
        decimal Number(int i) => decimal.Parse(cells[i], System.Globalization.CultureInfo.InvariantCulture);
        var discount = (long)Number(4);
        return cells[0] == "G" ? Sample.Goods(Number(1), Number(2), Number(3), discount) : Sample.Service(Number(1), Number(2), Number(3), discount);
    }
}
