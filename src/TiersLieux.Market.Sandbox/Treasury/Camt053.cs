using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace TiersLieux.Market.Sandbox.Treasury;

/// <summary>Writes a statement as ISO 20022 camt.053.001.08, one entry per line with its transaction.</summary>
internal static class Camt053
{
    private static readonly XNamespace s_ns = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    public static byte[] Write(BankStatement statement)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"BAS-{statement.From:yyyyMMdd}-{statement.To:yyyyMMdd}");
        var made = statement.Made.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var document = new XDocument(
            new XDeclaration("1.0", "UTF-8", null),
            E("Document", E("BkToCstmrStmt",
                E("GrpHdr", E("MsgId", id), E("CreDtTm", made)),
                E("Stmt",
                    E("Id", id),
                    E("ElctrncSeqNb", "1"),
                    E("CreDtTm", made),
                    E("FrToDt", E("FrDtTm", Iso(statement.From) + "T00:00:00"), E("ToDtTm", Iso(statement.To) + "T23:59:59")),
                    E("Acct", E("Id", E("IBAN", Bank.Iban)), E("Ccy", "EUR"), E("Ownr", E("Nm", Bank.Holder)), E("Svcr", E("FinInstnId", E("BICFI", Bank.Bic)))),
                    Balance("OPBD", statement.Opening, statement.From),
                    Balance("CLBD", statement.Closing, statement.To),
                    statement.Lines.Select(Entry)))));
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true }))
            document.Save(writer);
        return stream.ToArray();
    }

    private static XElement Balance(string code, long amount, DateOnly day) =>
        E("Bal", E("Tp", E("CdOrPrtry", E("Cd", code))), Amount(amount), Sign(amount), E("Dt", E("Dt", Iso(day))));

    private static XElement Entry(BankLine line) =>
        E("Ntry",
            E("NtryRef", line.Number.ToString(CultureInfo.InvariantCulture)),
            Amount(line.Amount),
            Sign(line.Amount),
            E("Sts", E("Cd", "BOOK")),
            E("BookgDt", E("Dt", Iso(line.Booked))),
            E("ValDt", E("Dt", Iso(line.Booked))),
            E("AcctSvcrRef", line.BankReference),
            Code(line),
            E("NtryDtls",
                E("TxDtls",
                    E("Refs", E("AcctSvcrRef", line.BankReference), E("EndToEndId", line.EndToEnd ?? "NOTPROVIDED")),
                    Amount(line.Amount),
                    Sign(line.Amount),
                    Parties(line),
                    E("RmtInf",
                        line.Text.Length > 0 ? E("Ustrd", line.Text) : null,
                        line.Reference is null ? null : E("Strd", E("CdtrRefInf", E("Tp", E("CdOrPrtry", E("Cd", "SCOR"))), E("Ref", line.Reference)))))),
            line.Text.Length > 0 ? E("AddtlNtryInf", line.Text) : null);

    private static XElement? Parties(BankLine line)
    {
        if (line.Name is null)
            return null;
        var (party, account) = line.Amount > 0 ? ("Dbtr", "DbtrAcct") : ("Cdtr", "CdtrAcct");
        return E("RltdPties", E(party, E("Pty", E("Nm", line.Name))), E(account, E("Id", E("IBAN", line.Iban!))));
    }

    private static XElement Code(BankLine line)
    {
        var (family, sub) = line.Kind switch
        {
            BankLine.Fee => ("MDOP", "CHRG"),
            BankLine.Return => ("RCDT", "RPCR"),
            _ => (line.Amount > 0 ? "RCDT" : "ICDT", "ESCT"),
        };
        return E("BkTxCd", E("Domn", E("Cd", line.Kind == BankLine.Fee ? "ACMT" : "PMNT"), E("Fmly", E("Cd", family), E("SubFmlyCd", sub))));
    }

    private static XElement Amount(long cents) => new(
        s_ns + "Amt", new XAttribute("Ccy", "EUR"), (Math.Abs(cents) / 100m).ToString("0.00", CultureInfo.InvariantCulture));

    private static XElement Sign(long amount) => E("CdtDbtInd", amount < 0 ? "DBIT" : "CRDT");

    private static XElement E(string name, params object?[] content) => new(s_ns + name, content);

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
