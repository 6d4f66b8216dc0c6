using System.Text;

using TiersLieux.Market.Connectors.Treasury;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Treasury;

using Xunit;

namespace TiersLieux.Market.Connectors.Tests.Treasury;

public sealed class Camt053ReaderTests
{
    private static readonly DateOnly Day = new(2026, 11, 25);

    [Fact]
    public void Version_02_with_batch_reversal_fee_and_pending_entry()
    {
        var statement = Assert.Single(Read(Fixture("camt053-v02.xml")));

        Assert.Equal(("FR7610000000000000000000001", "2026-231"), (statement.AccountIban, statement.Reference));
        Assert.Equal((1000_00, 1497_25), (statement.Opening.Cents, statement.Closing.Cents));
        Assert.Equal([341_75L, 120_00L, 80_00L, -4_50L, -40_00L], statement.Lines.Select(l => l.Amount.Cents));
        Assert.All(statement.Lines, l => Assert.Equal(Day, l.BookingDate));

        var payout = statement.Lines[0];
        Assert.Equal(("STRIPE PAYOUT po_1QabcDEF234567", "STRIPE", "IE00STRI00000000000001", "BQ0001", null, Day.AddDays(1)),
            (payout.Text, payout.CounterpartyName, payout.CounterpartyIban, payout.BankReference, payout.EndToEndId, payout.ValueDate));
        Assert.Equal(("RF18539007547034", "E2E-1", "Café Imaginaire", "BQ0002-1"),
            (statement.Lines[1].StructuredReference, statement.Lines[1].EndToEndId, statement.Lines[1].CounterpartyName, statement.Lines[1].BankReference));
        Assert.Equal("F-2026-000012", statement.Lines[2].Text);
        Assert.Equal("FRAIS DE TENUE DE COMPTE", statement.Lines[3].Text);
        Assert.Equal((true, "Client revenu impayé"), (statement.Lines[4].IsReversal, statement.Lines[4].CounterpartyName));
    }

    [Fact]
    public void Version_08_with_a_prefix_two_statements_and_transactions_both_ways()
    {
        var statements = Read(Fixture("camt053-v08-two-statements.xml"));

        Assert.Equal(["A-1", "B-1"], statements.Select(s => s.Reference));
        Assert.Equal((-50_00, 25_50, new DateOnly(2026, 11, 26)), (statements[0].Opening.Cents, statements[0].Closing.Cents, statements[0].ClosingDate));
        Assert.Equal([(100_00L, "Société Élan"), (-24_50L, "Fournisseur Fictif")], statements[0].Lines.Select(l => (l.Amount.Cents, l.CounterpartyName!)));
        Assert.Equal("00012345678", statements[1].AccountIban);
        Assert.Empty(statements[1].Lines);
    }

    [Theory]
    [InlineData("camt.053.001.02", "camt.053.001.04")]
    [InlineData("camt.053.001.02", "camt.053.001.13")]
    [InlineData(" xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"", "")]
    public void Other_versions_and_no_namespace_read_alike(string from, string to)
    {
        var text = Fixture("camt053-v02.xml");

        Assert.Equal(Read(text)[0].Lines, Read(Changed(text, from, to))[0].Lines);
    }

    [Theory]
    [InlineData("utf-8 with a mark")]
    [InlineData("utf-16")]
    [InlineData("iso-8859-15")]
    public void Encodings_that_banks_use(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = Fixture("camt053-v02.xml");
        byte[] bytes = name switch
        {
            "utf-16" => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Changed(text, "UTF-8", "UTF-16"))],
            "iso-8859-15" => Encoding.GetEncoding("iso-8859-15").GetBytes(Changed(text, "UTF-8", "ISO-8859-15")),
            _ => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)],
        };

        Assert.Equal(Read(text)[0].Lines, Assert.IsType<StatementReading.Read>(Reading(bytes)).Statements[0].Lines);
    }

    [Fact]
    public void Batch_net_of_charges_stays_one_movement_of_the_entry()
    {
        var text = Changed(Fixture("camt053-v02.xml"), "<AmtDtls><TxAmt><Amt Ccy=\"EUR\">80.00</Amt></TxAmt></AmtDtls>",
            "<AmtDtls><TxAmt><Amt Ccy=\"EUR\">81.00</Amt></TxAmt></AmtDtls><Chrgs><TtlChrgsAndTaxAmt Ccy=\"EUR\">1.00</TtlChrgsAndTaxAmt></Chrgs>");
        text = Changed(text, "<TtlAmt Ccy=\"EUR\">200.00</TtlAmt>", "<TtlAmt Ccy=\"EUR\">201.00</TtlAmt>");

        Assert.Equal([341_75L, 200_00L, -4_50L, -40_00L], Read(text)[0].Lines.Select(l => l.Amount.Cents));
    }

    [Theory]
    [InlineData("<Amt Ccy=\"EUR\">1497.25</Amt>", "<Amt Ccy=\"EUR\">1497.26</Amt>", "statement-balance", 5)]
    [InlineData("<Cd>OPBD</Cd>", "<Cd>XXXX</Cd>", "statement-opening-missing", 5)]
    [InlineData("<Cd>CLBD</Cd>", "<Cd>XXXX</Cd>", "statement-closing-missing", 5)]
    [InlineData("<IBAN>FR76 1000 0000 0000 0000 0000 001</IBAN>", "", "statement-account-missing", 5)]
    [InlineData("<Amt Ccy=\"EUR\">341.75</Amt>", "<Amt Ccy=\"USD\">341.75</Amt>", "statement-currency", 12)]
    [InlineData("<Amt Ccy=\"EUR\">341.75</Amt>", "<Amt>341.75</Amt>", "statement-currency", 12)]
    [InlineData("<Amt Ccy=\"EUR\">341.75</Amt>", "<Amt Ccy=\"EUR\">341.75001</Amt>", "statement-amount-decimals", 12)]
    [InlineData("<Amt Ccy=\"EUR\">341.75</Amt>", "<Amt Ccy=\"EUR\">341,75</Amt>", "statement-amount", 12)]
    [InlineData("<Amt Ccy=\"EUR\">341.75</Amt>", "<Amt Ccy=\"EUR\">-341.75</Amt>", "statement-amount", 12)]
    [InlineData("<Amt Ccy=\"EUR\">341.75</Amt>", "<Amt Ccy=\"EUR\">3e9</Amt>", "statement-amount", 12)]
    [InlineData("<Amt Ccy=\"EUR\">341.75</Amt>", "<Amt Ccy=\"EUR\">99999999999999999999</Amt>", "statement-amount", 12)]
    [InlineData("<Amt Ccy=\"EUR\">341.75</Amt>", "", "statement-amount", 11)]
    [InlineData("<CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>\n        <BookgDt><Dt>2026-11-25</Dt></BookgDt><ValDt><Dt>2026-11-26", "<CdtDbtInd>PLUS</CdtDbtInd><Sts>BOOK</Sts>\n        <BookgDt><Dt>2026-11-25</Dt></BookgDt><ValDt><Dt>2026-11-26", "statement-direction", 11)]
    [InlineData("<BookgDt><Dt>2026-11-25</Dt></BookgDt><ValDt><Dt>2026-11-26</Dt></ValDt>", "", "statement-date", 11)]
    [InlineData("<ValDt><Dt>2026-11-26</Dt></ValDt>", "<ValDt><Dt>2026-11-31</Dt></ValDt>", "statement-date", 13)]
    [InlineData("<NbOfTxs>2</NbOfTxs>", "<NbOfTxs>3</NbOfTxs>", "statement-batch", 26)]
    [InlineData("<TtlAmt Ccy=\"EUR\">200.00</TtlAmt>", "<TtlAmt Ccy=\"EUR\">201.00</TtlAmt>", "statement-batch", 26)]
    [InlineData("<TtlAmt Ccy=\"EUR\">200.00</TtlAmt><CdtDbtInd>CRDT</CdtDbtInd></Btch>", "</Btch>", null, 0)]
    [InlineData("camt.053.001.02", "camt.052.001.02", "statement-not-camt053", 2)]
    [InlineData("BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn", "statement-not-camt053", 3)]
    [InlineData("<Stmt>", "<Rpt>", "statement-not-xml", 57)]
    [InlineData("<Ntry>", "<Ntry", "statement-not-xml", 12)]
    [InlineData("</Document>", "", "statement-not-xml", 60)]
    [InlineData("</Document>", "</Document><x/>", "statement-not-xml", 59)]
    [InlineData("<Document", "<!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><Document", "statement-dtd", 0)]
    [InlineData("<Id>2026-231</Id>", "<Id>&x;</Id>", "statement-not-xml", 6)]
    public void Fault_refuses_the_whole_file_with_line_and_reason(string from, string to, string? code, int line)
    {
        var reading = Reading(Encoding.UTF8.GetBytes(Changed(Fixture("camt053-v02.xml"), from, to)));

        if (code is null)
        {
            Assert.IsType<StatementReading.Read>(reading);
            return;
        }

        var refused = Assert.IsType<StatementReading.Refused>(reading);
        Assert.Equal((code, line), (refused.Reason.Code, refused.Line));
        Assert.NotEmpty(refused.Reason.French);
    }

    [Fact]
    public void Batch_that_does_not_make_its_entry_is_refused()
    {
        var text = Changed(Fixture("camt053-v02.xml"), "<AmtDtls><TxAmt><Amt Ccy=\"EUR\">80.00</Amt></TxAmt></AmtDtls>", "<AmtDtls><TxAmt><Amt Ccy=\"EUR\">81.00</Amt></TxAmt></AmtDtls>");
        text = Changed(text, "<Btch><NbOfTxs>2</NbOfTxs><TtlAmt Ccy=\"EUR\">200.00</TtlAmt><CdtDbtInd>CRDT</CdtDbtInd></Btch>", "");

        Assert.Equal("statement-batch", Assert.IsType<StatementReading.Refused>(Reading(Encoding.UTF8.GetBytes(text))).Reason.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Date;Libellé;Montant\n25/11/2026;VIR;12,00")]
    [InlineData("<Document/>")]
    [InlineData("<BkToCstmrStmt/>")]
    [InlineData("<BkToCstmrStmt><Stmt/></BkToCstmrStmt>")]
    public void Something_else_is_refused(string text) => Assert.IsType<StatementReading.Refused>(Reading(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void File_beyond_the_bound_is_refused_without_being_read_further()
    {
        using var endless = new RepeatingStream("<BkToCstmrStmt><!-- ", "so it goes ");

        var refused = Assert.IsType<StatementReading.Refused>(new Camt053Reader(maxBytes: 1 << 20).Read(endless, TestContext.Current.CancellationToken));

        Assert.Equal("statement-too-large", refused.Reason.Code);
        Assert.InRange(endless.Given, 1 << 20, (1 << 20) + 1);
    }

    [Fact]
    public void What_was_read_is_what_reconciliation_settles()
    {
        var data = Read(Fixture("camt053-v02.xml"));
        var none = new HashSet<string>(StringComparer.Ordinal);
        var lines = StatementImport.Merge(Guid.NewGuid(), data, none, none, "camt.053", "f.xml", DateTime.UnixEpoch).Statements[0].Lines;
        MatchCandidate[] candidates =
        [
            new(Guid.NewGuid(), CandidateKind.Payout, new Money(341_75), ["po_1QabcDEF234567"], null, null, Day),
            new(Guid.NewGuid(), CandidateKind.Invoice, new Money(120_00), ["F-2026-000011", "RF18539007547034"], null, null, Day),
            new(Guid.NewGuid(), CandidateKind.Invoice, new Money(80_00), ["F-2026-000012"], null, null, Day),
        ];

        Assert.Equal([candidates[0].Id, candidates[1].Id, candidates[2].Id, null, null],
            Reconciliation.Propose(lines, candidates).Select(p => p.Certain?.Candidate.Id));
    }

    private static StatementReading Reading(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return new Camt053Reader().Read(stream, TestContext.Current.CancellationToken);
    }

    private static IReadOnlyList<StatementData> Read(string text)
    {
        var reading = Reading(Encoding.UTF8.GetBytes(text));
        Assert.True(reading is StatementReading.Read, (reading as StatementReading.Refused)?.Reason.English);
        return ((StatementReading.Read)reading).Statements;
    }

    /// <summary>The first occurrence changed; a fixture that no longer holds it fails the test.</summary>
    private static string Changed(string text, string from, string to)
    {
        var at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, from);
        return text[..at] + to + text[(at + from.Length)..];
    }

    private static string Fixture(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Treasury", "Fixtures", name));

    private sealed class RepeatingStream(string start, string rest) : Stream
    {
        private readonly byte[] start = Encoding.ASCII.GetBytes(start);
        private readonly byte[] rest = Encoding.ASCII.GetBytes(rest);

        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (var i = 0; i < count; i++, Given++)
                buffer[offset + i] = Given < start.Length ? start[Given] : rest[(Given - start.Length) % rest.Length];
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
