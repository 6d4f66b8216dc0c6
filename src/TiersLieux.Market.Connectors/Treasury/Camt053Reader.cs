using System.Xml;
using System.Xml.Linq;

using TiersLieux.Market.Domain.Billing;
using TiersLieux.Market.Domain.Common;
using TiersLieux.Market.Domain.Treasury;

namespace TiersLieux.Market.Connectors.Treasury;

/// <summary>
/// Reads ISO 20022 CAMT.053 statements of any version, with or without their namespace. One entry is in memory at a
/// time; document types and outside entities are refused; the file is taken whole or refused whole, and taken only
/// when opening balance + movements = closing balance, to the cent.
/// </summary>
public sealed class Camt053Reader(long maxBytes = Camt053Reader.DefaultMaxBytes) : IStatementReader
{
    public const long DefaultMaxBytes = 64L << 20;

    private const string NamespaceStart = "urn:iso:std:iso:20022:tech:xsd:camt.053.";

    public string Format => "camt.053";

    public StatementReading Read(Stream file, CancellationToken cancellation = default)
    {
        using var bounded = new BoundedStream(file, maxBytes);
        try
        {
            using var reader = XmlReader.Create(bounded, new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersFromEntities = 1024,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                IgnoreWhitespace = true,
            });
            return new StatementReading.Read(ReadDocument(reader, cancellation));
        }
        catch (StatementFault fault)
        {
            return new StatementReading.Refused(fault.Reason, fault.Line);
        }
        catch (XmlException fault)
        {
            return new StatementReading.Refused(NotXml(fault, bounded.IsTooLong), fault.LineNumber);
        }
    }

    private static List<StatementData> ReadDocument(XmlReader reader, CancellationToken cancellation)
    {
        if (reader.MoveToContent() != XmlNodeType.Element || !IsCamt053(reader)) throw NotCamt053(reader);
        if (reader.LocalName == "Document")
        {
            reader.ReadStartElement();
            if (reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != "BkToCstmrStmt") throw NotCamt053(reader);
        }

        var statements = new List<StatementData>();
        reader.ReadStartElement();
        while (reader.MoveToContent() == XmlNodeType.Element)
        {
            if (reader.LocalName == "Stmt") statements.Add(ReadStatement(reader, cancellation));
            else reader.Skip();
        }

        // Read to the end, so that a file cut short or with something after its last tag is not taken for a whole one.
        while (reader.Read())
        {
        }

        return statements.Count > 0
            ? statements
            : throw new StatementFault(0, "statement-empty", "Le fichier ne contient aucun relevé.", "The file holds no statement.");
    }

    private static StatementData ReadStatement(XmlReader reader, CancellationToken cancellation)
    {
        var line = Line(reader);
        var reference = "";
        string? account = null;
        var balances = new List<CamtBalance>();
        var lines = new List<StatementLine>();
        if (reader.IsEmptyElement) throw MissingAccount(line);
        reader.ReadStartElement();
        while (reader.MoveToContent() == XmlNodeType.Element)
        {
            cancellation.ThrowIfCancellationRequested();
            if (reader.LocalName is not ("Id" or "Acct" or "Bal" or "Ntry"))
            {
                reader.Skip();
                continue;
            }

            var element = Load(reader);
            switch (element.Name.LocalName)
            {
                case "Id": reference = element.Value.Trim(); break;
                case "Acct": account = CamtEntry.AccountOf(element); break;
                case "Bal": balances.Add(CamtBalance.Of(element)); break;
                default: lines.AddRange(CamtEntry.Lines(element)); break;
            }
        }

        reader.ReadEndElement();
        var opening = CamtBalance.Opening(balances) ?? throw new StatementFault(line, "statement-opening-missing",
            "Le solde d'ouverture (OPBD ou PRCD) manque.", "The opening balance (OPBD or PRCD) is missing.");
        var closing = CamtBalance.Closing(balances) ?? throw new StatementFault(line, "statement-closing-missing",
            "Le solde de clôture (CLBD) manque.", "The closing balance (CLBD) is missing.");
        var movements = new Money(lines.Sum(l => l.Amount.Cents));
        if (opening.Amount + movements != closing.Amount)
            throw new StatementFault(line, "statement-balance",
                $"Relevé {reference} : ouverture {BillingText.Amount(opening.Amount)} + mouvements {BillingText.Amount(movements)} ne font pas la clôture {BillingText.Amount(closing.Amount)}. Demandez un nouveau fichier à la banque.",
                $"Statement {reference}: opening {BillingText.Amount(opening.Amount)} + movements {BillingText.Amount(movements)} is not closing {BillingText.Amount(closing.Amount)}. Ask the bank for a new file.");
        return new StatementData(account ?? throw MissingAccount(line), reference, opening.Date, opening.Amount, closing.Date, closing.Amount, lines);
    }

    private static XElement Load(XmlReader reader)
    {
        XElement element;
        using (var inner = reader.ReadSubtree()) element = XElement.Load(inner, LoadOptions.SetLineInfo);
        reader.Read();
        return element;
    }

    private static bool IsCamt053(XmlReader reader) =>
        reader.LocalName is "Document" or "BkToCstmrStmt"
        && (reader.NamespaceURI.Length == 0 || reader.NamespaceURI.StartsWith(NamespaceStart, StringComparison.Ordinal));

    private static int Line(XmlReader reader) => ((IXmlLineInfo)reader).LineNumber;

    private static StatementFault NotCamt053(XmlReader reader) => new(Line(reader), "statement-not-camt053",
        "Ce fichier XML n'est pas un relevé CAMT.053. Demandez à la banque un relevé de compte camt.053.",
        "This XML file is not a CAMT.053 statement. Ask the bank for a camt.053 account statement.");

    private static StatementFault MissingAccount(int line) => new(line, "statement-account-missing",
        "Le relevé ne dit pas de quel compte il s'agit (IBAN).", "The statement does not say which account it is for (IBAN).");

    private static Reason NotXml(XmlException fault, bool isTooLong) => isTooLong
        ? new Reason("statement-too-large", "Le fichier est trop gros. Découpez-le par mois.", "The file is too large. Split it by month.")
        : fault.Message.Contains("DTD", StringComparison.Ordinal)
            ? new Reason("statement-dtd", "Le fichier contient une déclaration DOCTYPE, ce qu'aucun relevé ne doit faire.", "The file holds a DOCTYPE declaration, which no statement may.")
            : new Reason("statement-not-xml", "Le fichier n'est pas un document XML entier et lisible. Téléchargez-le de nouveau.", "The file is not a whole, readable XML document. Download it again.");
}
