using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Network;

using Xunit;

namespace TiersLieux.Market.Domain.Tests.Billing;

public sealed class InvoiceRefusalTests
{
    private readonly Sample sample = new();

    public static TheoryData<string, string> Wrong => new()
    {
        { "siren-missing", "no buyer siren" },
        { "siren-malformed", "short siren" },
        { "siret-malformed", "siret of another" },
        { "party-name-missing", "no name" },
        { "party-address-missing", "no street" },
        { "vat-number-missing", "no vat number" },
        { "seller-not-a-business", "private seller" },
        { "due-before-issue", "due before" },
        { "no-lines", "no lines" },
        { "line-description-missing", "no description" },
        { "line-quantity", "no quantity" },
        { "line-price", "negative price" },
        { "line-price", "five decimals" },
        { "line-discount", "discount above line" },
        { "line-discount", "negative discount" },
        { "vat-rate-unknown", "rate of 19.6" },
        { "vat-case-impossible", "franchise with VAT" },
        { "deposit-misplaced", "deposit on a self-billed invoice" },
        { "corrected-missing", "credit of nothing" },
        { "negative-total", "paid above total" },
        { "issue-in-future", "tomorrow" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_draft_is_refused_with_its_reason_and_takes_no_number(string code, string what)
    {
        var draft = Broken(what, Documents.Sale(Sample.Sale, [Sample.Goods(10, 100)]));
        var series = sample.SeriesFor(draft);

        var refused = Assert.IsType<IssueResult.Refused>(sample.TryIssue(draft));

        Assert.Equal(code, refused.Reason.Code);
        Assert.NotEmpty(refused.Reason.French);
        Assert.NotEmpty(refused.Reason.English);
        Assert.Equal((1, ""), (series.NextNumber, series.LastSeal));
    }

    [Fact]
    public void Closed_period_takes_no_document()
    {
        var draft = Documents.Sale(Sample.Sale, [Sample.Goods(1, 1)]);

        Assert.Equal("period-closed", Assert.IsType<IssueResult.Refused>(sample.TryIssue(draft, Sample.Day)).Reason.Code);
        Assert.IsType<IssueResult.Issued>(sample.TryIssue(draft, Sample.Day.AddDays(-1)));
    }

    [Fact]
    public void Series_goes_forward_in_time_only()
    {
        sample.Issue(Documents.Sale(Sample.Sale, [Sample.Goods(1, 1)]));

        var earlier = sample.TryIssue(Documents.Sale(Sample.Sale with { IssueDate = Sample.Day.AddDays(-1) }, [Sample.Goods(1, 1)]));

        Assert.Equal("not-chronological", Assert.IsType<IssueResult.Refused>(earlier).Reason.Code);
    }

    [Fact]
    public void Series_takes_only_its_own_documents()
    {
        var selfBilled = Documents.SelfBilled(Sample.Purchase, [Sample.Goods(1, 1)]);
        var sale = Documents.Sale(Sample.Sale, [Sample.Goods(1, 1)]);

        Assert.Equal("wrong-series", In(selfBilled, Sample.WorkshopId, "AF-000000009", 2026));
        Assert.Equal("wrong-series", In(selfBilled, Sample.WorkshopId, NumberSeries.Invoices, 2026));
        Assert.Equal("wrong-series", In(sale, Sample.ConsortiumId, "AF", 2026));
        Assert.Equal("wrong-series", In(sale, Sample.ConsortiumId, NumberSeries.Invoices, 2025));
        Assert.Equal("wrong-series", In(sale, Sample.WorkshopId, NumberSeries.Invoices, 2026));
        Assert.Equal("siren-missing", Refusal(sample.TryIssue(selfBilled with
        {
            Buyer = selfBilled.Buyer with { Siren = null, Siret = null, Address = selfBilled.Buyer.Address with { CountryCode = "BE" } },
        })));
    }

    [Fact]
    public void Number_has_35_characters_at_most_and_only_those_allowed()
    {
        var sale = Documents.Sale(Sample.Sale, [Sample.Goods(1, 1)]);

        Assert.Equal("number-malformed", In(sale, Sample.ConsortiumId, new string('X', 24), 2026));
        Assert.Equal("number-malformed", In(sale, Sample.ConsortiumId, "F*", 2026));
        Assert.IsType<IssueResult.Issued>(Invoicing.Issue(sale, NumberSeries.Open(Sample.ConsortiumId, new string('X', 23), 2026), new IssueContext(Sample.Now)));
    }

    [Fact]
    public void Credit_stops_at_what_is_left_of_its_invoice()
    {
        var invoice = sample.Issue(Documents.Sale(Sample.Sale, [Sample.Goods(10, 100)]));

        Assert.Equal("credit-above-invoice", Refusal(sample.TryIssue(Documents.Credit(invoice, Sample.Day, new Money(1)))));
        Assert.Equal("before-corrected", Refusal(sample.TryIssue(Documents.Credit(invoice, Sample.Day.AddDays(-1)))));
        Assert.IsType<IssueResult.Issued>(sample.TryIssue(Documents.Credit(invoice, Sample.Day)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(100.01)]
    public void Deposit_lies_between_nothing_and_the_whole(double percent)
    {
        var (draft, refusal) = Documents.Deposit(Sample.Sale, [Sample.Goods(1, 1)], (decimal)percent, VatTable.French);

        Assert.Null(draft);
        Assert.Equal("deposit-percent", refusal!.Code);
    }

    private static string In(InvoiceDraft draft, Guid seller, string prefix, int year) =>
        Refusal(Invoicing.Issue(draft, NumberSeries.Open(seller, prefix, year), new IssueContext(Sample.Now)));

    private static string Refusal(IssueResult result) => Assert.IsType<IssueResult.Refused>(result).Reason.Code;

    private static InvoiceDraft Broken(string what, InvoiceDraft draft)
    {
        InvoiceDraft Line(Func<DraftLine, DraftLine> change) => draft with { Lines = [change(draft.Lines[0])] };
        return what switch
        {
            "no buyer siren" => draft with { Buyer = draft.Buyer with { Siren = null } },
            "short siren" => draft with { Buyer = draft.Buyer with { Siren = "12345678" } },
            "siret of another" => draft with { Buyer = draft.Buyer with { Siret = "00000000900011" } },
            "no name" => draft with { Buyer = draft.Buyer with { Name = " " } },
            "no street" => draft with { Buyer = draft.Buyer with { Address = draft.Buyer.Address with { Street = "" } } },
            "no vat number" => draft with { Seller = draft.Seller with { VatNumber = null } },
            "private seller" => draft with { Seller = draft.Seller with { Kind = PartyKind.Consumer } },
            "due before" => draft with { DueDate = draft.IssueDate.AddDays(-1) },
            "no lines" => draft with { Lines = [] },
            "no description" => Line(l => l with { Description = "" }),
            "no quantity" => Line(l => l with { Quantity = 0 }),
            "negative price" => Line(l => l with { UnitPrice = -1 }),
            "five decimals" => Line(l => l with { UnitPrice = 1.00001m }),
            "discount above line" => Line(l => l with { Discount = new Money(1000_01) }),
            "negative discount" => Line(l => l with { Discount = new Money(-1) }),
            "rate of 19.6" => Line(l => l with { RatePercent = 19.6m }),
            "franchise with VAT" => Line(l => l with { Vat = VatTreatment.Standard(20) }) with { Seller = draft.Seller with { Regime = VatRegime.Franchise } },
            "deposit on a self-billed invoice" => draft with
            {
                Kind = DocumentKind.SelfBilled,
                Deposits = [new DepositDeduction(Guid.NewGuid(), "AC-2026-000001", draft.IssueDate, VatTreatment.Standard(20), SupplyKind.Goods, new Money(1), new Money(0))],
            },
            "credit of nothing" => draft with { Kind = DocumentKind.CreditNote },
            "paid above total" => draft with { AlreadyPaid = new Money(1200_01) },
            "tomorrow" => draft with { IssueDate = Sample.Day.AddDays(1) },
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
        };
    }
}
