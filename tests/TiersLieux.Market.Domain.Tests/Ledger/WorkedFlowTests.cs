using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Ledger;
using TiersLieux.Market.Domain.Network;
using TiersLieux.Market.Domain.Tests.Billing;

using Xunit;

namespace TiersLieux.Market.Domain.Tests.Ledger;

/// <summary>
/// The consortium sells an order of 1 000 + 200 VAT with a deposit of 30 %, and buys 700 + 140 from a workshop:
/// each entry to the cent, for goods and for services.
/// </summary>
public sealed class WorkedFlowTests
{
    private readonly Sample sample = new();
    private readonly Books books = new();

    [Fact]
    public void Goods()
    {
        DraftLine[] lines = [Sample.Goods(10, 100)];
        var deposit = sample.Deposit(Sample.Sale, lines, 30);
        AssertPosts("D 411 36000 / C 4191 30000 / C 44574 6000", PostingEvents.Document(deposit));
        AssertPosts("D 5171 36000 / C 411 36000 / D 44574 6000 / C 44571 6000", PostingEvents.Payment(deposit, Moved(360_00), Money.Zero));

        var final = sample.Issue(Documents.Sale(Sample.Sale, lines, [deposit]));
        AssertPosts("D 411 84000 / D 4191 30000 / C 707 100000 / C 44571 14000", PostingEvents.Document(final));
        AssertPosts("D 5171 84000 / C 411 84000", PostingEvents.Payment(final, Moved(840_00), Money.Zero));

        AssertPosts("D 627 1825 / C 5171 1825", PostingEvents.StripeFee(Sample.ConsortiumId, Moved(18_25), Money.Zero));
        AssertPosts("D 58 34175 / C 5171 34175", PostingEvents.PayoutLeft(Sample.ConsortiumId, Moved(341_75)));
        AssertPosts("D 5121 34175 / C 58 34175", PostingEvents.PayoutArrived(Sample.ConsortiumId, Moved(341_75)));

        var bought = sample.Issue(Documents.SelfBilled(Sample.Purchase, [Sample.Goods(7, 100)]));
        AssertPosts("D 607 70000 / D 44566 14000 / C 401 84000", PostingEvents.Document(bought));
        AssertPosts("D 401 84000 / C 5171 84000", PostingEvents.Transfer(bought, Moved(840_00), Money.Zero));

        Assert.Equal(0, books.Balance("411"));
        Assert.Equal(0, books.Balance("401"));
        Assert.Equal(0, books.Balance("4191"));
        Assert.Equal(0, books.Balance("44574"));
        Assert.Equal(0, books.Balance("58"));
        Assert.Equal(-200_00, books.Balance("44571"));
        // 360 + 840 − 18.25 − 341.75 − 840
        Assert.Equal(0, books.Balance("5171"));
        Assert.Equal(341_75, books.Balance("5121"));
    }

    [Fact]
    public void Services_wait_for_their_payment()
    {
        DraftLine[] lines = [Sample.Service(10, 100)];
        var deposit = sample.Deposit(Sample.Sale, lines, 30);
        AssertPosts("D 411 36000 / C 4191 30000 / C 44574 6000", PostingEvents.Document(deposit));
        AssertPosts("D 5171 36000 / C 411 36000 / D 44574 6000 / C 44571 6000", PostingEvents.Payment(deposit, Moved(360_00), Money.Zero));

        var final = sample.Issue(Documents.Sale(Sample.Sale, lines, [deposit]));
        AssertPosts("D 411 84000 / D 4191 30000 / C 706 100000 / C 44574 14000", PostingEvents.Document(final));
        AssertPosts("D 5171 84000 / C 411 84000 / D 44574 14000 / C 44571 14000", PostingEvents.Payment(final, Moved(840_00), Money.Zero));

        var bought = sample.Issue(Documents.SelfBilled(Sample.Purchase, [Sample.Service(7, 100)]));
        AssertPosts("D 604 70000 / D 44564 14000 / C 401 84000", PostingEvents.Document(bought));
        AssertPosts("D 401 84000 / C 5171 84000 / D 44566 14000 / C 44564 14000", PostingEvents.Transfer(bought, Moved(840_00), Money.Zero));
    }

    [Fact]
    public void Services_on_debits_fall_due_with_the_invoice()
    {
        var header = Sample.Sale with { Seller = Sample.Consortium with { Regime = VatRegime.NormalOnDebits } };
        var final = sample.Issue(Documents.Sale(header, [Sample.Service(10, 100)]));

        AssertPosts("D 411 120000 / C 706 100000 / C 44571 20000", PostingEvents.Document(final));
        AssertPosts("D 5171 120000 / C 411 120000", PostingEvents.Payment(final, Moved(1200_00), Money.Zero));
    }

    [Fact]
    public void Franchise_workshop_has_no_tax_line()
    {
        var header = Sample.Purchase with { Seller = Sample.Workshop with { Regime = VatRegime.Franchise, VatNumber = null } };
        var bought = sample.Issue(Documents.SelfBilled(header, [Sample.Service(7, 100)]));

        AssertPosts("D 604 70000 / C 401 70000", PostingEvents.Document(bought));
        AssertPosts("D 401 70000 / C 5171 70000", PostingEvents.Transfer(bought, Moved(700_00), Money.Zero));
    }

    [Fact]
    public void Refund_of_a_deposit()
    {
        var deposit = sample.Deposit(Sample.Sale, [Sample.Goods(10, 100)], 30);
        books.Post(PostingEvents.Document(deposit));
        books.Post(PostingEvents.Payment(deposit, Moved(360_00), Money.Zero));
        var credit = sample.Issue(Documents.Credit(deposit, Sample.Day));

        AssertPosts("D 4191 30000 / D 44571 6000 / C 411 36000", PostingEvents.Document(credit, originalPaid: true));
        AssertPosts("D 411 36000 / C 5171 36000", PostingEvents.Refund(credit, Moved(360_00)));
        Assert.All(new[] { "411", "4191", "44571", "44574", "5171" }, account => Assert.Equal(0, books.Balance(account)));
    }

    [Fact]
    public void Unpaid_deposit_is_taken_back_from_the_waiting_account()
    {
        var deposit = sample.Deposit(Sample.Sale, [Sample.Goods(10, 100)], 30);
        books.Post(PostingEvents.Document(deposit));

        AssertPosts("D 4191 30000 / D 44574 6000 / C 411 36000", PostingEvents.Document(sample.Issue(Documents.Credit(deposit, Sample.Day))));
        Assert.All(new[] { "411", "4191", "44571", "44574" }, account => Assert.Equal(0, books.Balance(account)));
    }

    [Fact]
    public void Transfer_that_comes_back()
    {
        var bought = sample.Issue(Documents.SelfBilled(Sample.Purchase, [Sample.Goods(7, 100)]));

        AssertPosts("D 5171 10000 / C 401 10000", PostingEvents.TransferReversal(bought, Moved(100_00)));
    }

    [Fact]
    public void Place_sells_a_booking_paid_by_card_and_cancels_it()
    {
        var booking = sample.Issue(Documents.Sale(Sample.Sale, [Sample.Service(2, 15)]));
        AssertPosts("D 411 3600 / C 706 3000 / C 44574 600", PostingEvents.Document(booking, isBooking: true));
        AssertPosts("D 5171 3600 / C 411 3600 / D 44574 600 / C 44571 600", PostingEvents.Payment(booking, Moved(36_00), Money.Zero));

        var credit = sample.Issue(Documents.Credit(booking, Sample.Day));
        AssertPosts("D 706 3000 / D 44571 600 / C 411 3600", PostingEvents.Document(credit, originalPaid: true));
        AssertPosts("D 411 3600 / C 5171 3600", PostingEvents.Refund(credit, Moved(36_00)));
        Assert.All(new[] { "411", "706", "44571", "44574", "5171" }, account => Assert.Equal(0, books.Balance(account)));
    }

    [Fact]
    public void Bank_movements_and_reverse_charge()
    {
        var invoice = sample.Issue(Documents.Sale(Sample.Sale, [Sample.Goods(1, 100)]));
        var bought = sample.Issue(Documents.SelfBilled(Sample.Purchase, [Sample.Goods(1, 50)]));

        AssertPosts("D 5121 12000 / C 411 12000", PostingEvents.Payment(invoice, Moved(120_00, MoneyRoute.Bank), Money.Zero));
        AssertPosts("D 401 6000 / C 5121 6000", PostingEvents.Transfer(bought, Moved(60_00, MoneyRoute.Bank), Money.Zero));
        AssertPosts("D 627 450 / C 5121 450", PostingEvents.BankFee(Sample.ConsortiumId, Moved(4_50)));
        AssertPosts("D 627 1000 / C 5171 1000 / D 44566 200 / C 4452 200", PostingEvents.StripeFee(Sample.ConsortiumId, Moved(10_00), new Money(2_00)));
    }

    [Fact]
    public void Tax_on_services_paid_in_parts_moves_in_parts_that_add_up()
    {
        // VAT 33.33 over 199.99 incl. paid in three parts, the last one more than is owed.
        var invoice = sample.Issue(Documents.Sale(Sample.Sale, [Sample.Service(1, 166.66m)]));
        Assert.Equal((33_33, 199_99), (invoice.Tax.Cents, invoice.InclTax.Cents));

        AssertPosts("D 5171 6666 / C 411 6666 / D 44574 1111 / C 44571 1111", PostingEvents.Payment(invoice, Moved(66_66), Money.Zero));
        AssertPosts("D 5171 6667 / C 411 6667 / D 44574 1111 / C 44571 1111", PostingEvents.Payment(invoice, Moved(66_67), new Money(66_66)));
        AssertPosts("D 5171 7000 / C 411 7000 / D 44574 1111 / C 44571 1111", PostingEvents.Payment(invoice, Moved(70_00), new Money(133_33)));
    }

    [Fact]
    public void Goods_and_services_of_two_rates_on_one_invoice()
    {
        var invoice = sample.Issue(Documents.Sale(Sample.Sale, [Sample.Goods(1, 100), Sample.Goods(1, 50, 5.5m), Sample.Service(1, 40)]));
        var entry = books.Post(PostingEvents.Document(invoice));

        Assert.Equal("D 411 22075 / C 707 10000 / C 707 5000 / C 706 4000 / C 44571 2000 / C 44571 275 / C 44574 800", Books.Shown(entry));
        Assert.Equal([null, 20m, 5.5m, 20m, 20m, 5.5m, 20m], entry.Lines.Select(l => l.VatRate));
    }

    [Fact]
    public void Entries_carry_their_document_party_and_axes_and_are_numbered_by_journal()
    {
        var axes = new Axes { CircleId = Guid.NewGuid(), PlaceId = Guid.NewGuid() };
        var invoice = sample.Issue(Documents.Sale(Sample.Sale, [Sample.Goods(1, 100)]));
        var first = books.Post(PostingEvents.Document(invoice, axes: axes));
        var second = books.Post(PostingEvents.Document(sample.Issue(Documents.Sale(Sample.Sale, [Sample.Goods(1, 1)]))));
        var fee = books.Post(PostingEvents.StripeFee(Sample.ConsortiumId, Moved(1), Money.Zero));

        Assert.Equal(("VE", 2026, 1), (first.Journal, first.Year, first.Number));
        Assert.Equal((2, "ST", 1), (second.Number, fee.Journal, fee.Number));
        Assert.Equal((invoice.Number, invoice.Id, Sample.Day), (first.DocumentReference, first.DocumentId, first.DocumentDate));
        Assert.Equal(("411", "Clients", "000000002", Sample.Customer.Name),
            (first.Lines[0].Account, first.Lines[0].AccountLabel, first.Lines[0].AuxiliaryCode, first.Lines[0].AuxiliaryName));
        Assert.All(first.Lines, l => Assert.Equal(axes, l.Axes));
        Assert.Equal($"Facture {invoice.Number} {Sample.Customer.Name}", first.Lines[0].Label);
        Assert.False(first.Posted);
        first.MarkPosted();
        Assert.True(first.Posted);
    }

    private static Movement Moved(long cents, MoneyRoute route = MoneyRoute.Stripe) => new(new Money(cents), Sample.Day, "py_1", Guid.NewGuid(), route);

    private void AssertPosts(string expected, PostingEvent source) => Assert.Equal(expected, Books.Shown(books.Post(source)));
}
