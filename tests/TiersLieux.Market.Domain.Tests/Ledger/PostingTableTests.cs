using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Ledger;
using TiersLieux.Market.Domain.Tests.Billing;

using Xunit;

namespace TiersLieux.Market.Domain.Tests.Ledger;

public sealed class PostingTableTests
{
    [Fact]
    public void Shipped_table_knows_every_event_of_the_code()
    {
        var codes = typeof(EventCode).GetFields().Select(f => (string)f.GetRawConstantValue()!);

        Assert.Equal(codes.Order(StringComparer.Ordinal), Books.Table.Events.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("compte", "999", "posting-account")]
    [InlineData("montant", "total", "posting-amount")]
    [InlineData("condition", "mardi", "posting-condition")]
    [InlineData("sens", "X", "posting-side")]
    [InlineData("ordre", "1er", "posting-order")]
    [InlineData("journal", "XX", "posting-journal")]
    [InlineData("journal", "OD", "posting-journal")]
    [InlineData("auxiliaire", "voisin", "posting-auxiliary")]
    [InlineData("auxiliaire", "client", "posting-auxiliary")]
    [InlineData("libelle", "", "posting-label")]
    [InlineData("evenement", "", "posting-event")]
    [InlineData("ordre", "10", "posting-order")]
    [InlineData("montant", "ht", "posting-unbalanced")]
    [InlineData("condition", "services", "posting-unbalanced")]
    public void Broken_row_is_refused_with_file_line_and_reason(string column, string value, string code)
    {
        var rows = Books.Rows("posting-table.csv");
        // The VAT row of the deposit invoice, line 4 of the file.
        rows[2] = With(rows[2], column, value);

        var refused = Assert.IsType<TableResult<PostingTable>.Refused>(PostingTable.Parse(rows, Books.Chart));

        Assert.Equal(("posting-table.csv", 4, code), (refused.File, refused.Line, refused.Reason.Code));
    }

    [Fact]
    public void Account_can_be_changed_in_the_table_alone()
    {
        var rows = Books.Rows("posting-table.csv");
        var index = rows.FindIndex(r => r["evenement"] == EventCode.BookingInvoice && r["compte"] == "706");
        rows[index] = With(rows[index], "compte", "7083");
        var table = Assert.IsType<TableResult<PostingTable>.Loaded>(PostingTable.Parse(rows, Books.Chart)).Value;
        var booking = new Sample().Issue(Domain.Billing.Documents.Sale(Sample.Sale, [Sample.Service(1, 10)]));

        var posted = Posting.Post(table, PostingEvents.Document(booking, isBooking: true), JournalSequence.Open(Sample.ConsortiumId, "VE", 2026), Sample.Now);

        Assert.Equal("D 411 1200 / C 7083 1000 / C 44574 200", Books.Shown(Assert.IsType<PostingResult.Posted>(posted).Entry));
    }

    [Theory]
    [InlineData("compte", "4A", "account-malformed")]
    [InlineData("compte", "9", "account-malformed")]
    [InlineData("compte", "401", "account-twice")]
    [InlineData("libelle", " ", "account-label-missing")]
    [InlineData("auxiliaire", "peut-être", "account-auxiliary")]
    public void Broken_account_is_refused_with_its_line(string column, string value, string code)
    {
        var rows = Books.Rows("accounts.csv");
        rows[3] = With(rows[3], column, value);

        var refused = Assert.IsType<TableResult<ChartOfAccounts>.Refused>(ChartOfAccounts.Parse(rows));

        Assert.Equal((5, code), (refused.Line, refused.Reason.Code));
    }

    [Fact]
    public void Event_without_rows_party_amount_or_open_period_is_refused_and_takes_no_number()
    {
        var fee = PostingEvents.BankFee(Sample.ConsortiumId, new Movement(new Money(100), Sample.Day, "r", null));
        var sequence = JournalSequence.Open(Sample.ConsortiumId, "BQ", 2026);
        string Refusal(PostingEvent source, DateOnly? closed = null) =>
            Assert.IsType<PostingResult.Refused>(Posting.Post(Books.Table, source, sequence, Sample.Now, closed)).Reason.Code;

        Assert.Equal("posting-event-unknown", Refusal(fee with { Code = "nothing" }));
        Assert.Equal("posting-empty", Refusal(fee with { Amount = Money.Zero }));
        Assert.Equal("period-closed", Refusal(fee, Sample.Day));
        Assert.Equal("posting-sequence", Refusal(fee with { EntityId = Sample.WorkshopId }));
        Assert.Equal("posting-sequence", Refusal(fee with { Date = Sample.Day.AddYears(1) }));
        Assert.Equal("posting-party-missing", Refusal(fee with { Code = EventCode.RefundByBank }));
        Assert.Equal(1, sequence.NextNumber);
    }

    [Fact]
    public void Negative_amount_goes_to_the_other_side()
    {
        var entry = new Books().Post(PostingEvents.BankFee(Sample.ConsortiumId, new Movement(new Money(-100), Sample.Day, "r", null)));

        Assert.Equal("C 627 100 / D 5121 100", Books.Shown(entry));
    }

    private static TableRow With(TableRow row, string column, string value) =>
        row with { Cells = new Dictionary<string, string>(row.Cells, StringComparer.Ordinal) { [column] = value } };
}
